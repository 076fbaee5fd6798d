// The words of a notification, fit to be shown in one line: whatever a program sends, it is short and acts on no terminal.

import { maxNotificationLength } from '../base/limits.ts';

export interface NotificationText {
  title: string;
  text: string;
}

// Controls, line and paragraph separators, and what turns the direction of the text around it (UAX #9).
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Null when there is nothing to show. */
export function notificationOf(title: string, text: string): NotificationText | null {
  const notification = {
    title: oneLine(title, maxNotificationLength.title),
    text: oneLine(text, maxNotificationLength.text),
  };
  return notification.title === '' && notification.text === '' ? null : notification;
}

function oneLine(text: string, maxLength: number): string {
  // Cut twice: first what would take long to look at, then to whole characters.
  const clean = text
    .slice(0, 4 * maxLength)
    .replace(unprintable, ' ')
    .trim();
  return Array.from(clean.toWellFormed()).slice(0, maxLength).join('');
}
