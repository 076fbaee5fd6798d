// What happened in a session since somebody last saw it, in words: the most important thing first.

import { printable } from './display-width.ts';
import type { ListedSession } from './session-list.ts';

export interface News {
  /** In full, and shorter and shorter for narrower columns. */
  texts: readonly [string, ...string[]];
  /** Whether it went wrong, or asks for the person. */
  isUrgent: boolean;
}

/** Null when nothing happened that is worth a word, somebody is looking right now, or nobody can say. */
export function newsOf(session: ListedSession): News | null {
  if (!session.isAnswering) return null;
  if (session.state === 'exited') return endOf(session);
  if (session.state === 'stopped') return null;
  return progressOf(session) ?? (session.attached === null ? unseenOf(session) : null);
}

/** That its program has ended; how, its state says. */
function endOf({ activity, endedAt, exitCode, signal }: ListedSession): News | null {
  if (activity === undefined || !endedAt || endedAt <= activity.seenAt) return null;
  return signal === null && (exitCode ?? 0) === 0 ? quiet('new') : urgent('new');
}

/** Progress is news while it goes on, seen or not. */
function progressOf({ activity }: ListedSession): News | null {
  const progress = activity?.progress ?? null;
  if (progress === null) return null;
  const percent = progress.percent === null ? '' : `${Math.round(progress.percent)}%`;
  switch (progress.state) {
    case 'normal':
      return quiet(percent || 'working');
    case 'indeterminate':
      return quiet('working');
    case 'paused':
      return quiet(percent === '' ? 'paused' : `paused at ${percent}`, 'paused');
    case 'error':
      return urgent(percent === '' ? 'failed' : `failed at ${percent}`, 'failed');
  }
}

/** The newest of what nobody has seen, but output only when there is nothing else: it goes with everything. */
function unseenOf({ activity, lastOutputAt }: ListedSession): News | null {
  if (activity === undefined) return null;
  const { seenAt, notification, bellAt, command } = activity;
  const candidates: { at: number; news: News }[] = [];
  if (notification !== null) candidates.push({ at: notification.at, news: notificationNews(notification) });
  if (command !== null) candidates.push({ at: command.at, news: commandNews(command.exitCode) });
  if (bellAt !== null) candidates.push({ at: bellAt, news: urgent('bell') });
  const newest = candidates.filter(({ at }) => at > seenAt).sort((a, b) => b.at - a.at)[0];
  if (newest !== undefined) return newest.news;
  return lastOutputAt !== null && lastOutputAt > seenAt ? quiet('new output', 'new') : null;
}

function notificationNews({ title, text }: { title: string; text: string }): News {
  const both = [title, text].filter((part) => part !== '').join(': ');
  return both === '' ? urgent('notification', 'note') : urgent(printable(both), printable(text || title));
}

function commandNews(exitCode: number | null): News {
  if (exitCode === null || exitCode === 0) return quiet('command done', 'done');
  return urgent(`command failed ${exitCode}`, `failed ${exitCode}`);
}

function quiet(...texts: [string, ...string[]]): News {
  return { texts, isUrgent: false };
}

function urgent(...texts: [string, ...string[]]): News {
  return { texts, isUrgent: true };
}
