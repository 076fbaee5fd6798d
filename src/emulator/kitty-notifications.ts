// Kitty's notifications (OSC 99), which may come in pieces: `metadata ; payload`, see
// https://sw.kovidgoyal.net/kitty/desktop-notifications/. Icons, buttons, questions and closing are none of ours.

import { maxNotificationLength } from '../base/limits.ts';
import { type NotificationText, notificationOf } from './notification-text.ts';

interface Unfinished {
  id: string;
  title: Part;
  text: Part;
}

/** Bytes in pieces: a character may be cut between two of them. */
interface Part {
  pieces: Uint8Array[];
  length: number;
}

/** Bytes kept of a part: four for each character that is shown. */
const maxPartBytes = 4 * Math.max(maxNotificationLength.title, maxNotificationLength.text);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class KittyNotifications {
  /** Programs send one after the other: a piece of another one drops what was never finished. */
  #unfinished: Unfinished | null = null;

  /** The notification that this piece completes, or null. */
  take(data: string): NotificationText | null {
    const split = data.indexOf(';');
    if (split === -1) return null;
    const metadata = metadataOf(data.slice(0, split));
    const kind = metadata.get('p') ?? 'title';
    const notification = this.#notificationOf(metadata.get('i') ?? '');
    if (kind === 'title' || kind === 'body') {
      const bytes = payloadBytes(data.slice(split + 1), metadata.get('e') === '1');
      if (bytes === null) return null;
      add(kind === 'title' ? notification.title : notification.text, bytes);
    } else if (!partKinds.has(kind)) return null;
    if (metadata.get('d') === '0') {
      this.#unfinished = notification;
      return null;
    }
    this.#unfinished = null;
    return notificationOf(textOf(notification.title), textOf(notification.text));
  }

  #notificationOf(id: string): Unfinished {
    if (this.#unfinished?.id === id) return this.#unfinished;
    return { id, title: { pieces: [], length: 0 }, text: { pieces: [], length: 0 } };
  }
}

/** What else a notification is made of: such a piece may be its last. Any other is a question or an order. */
const partKinds = new Set(['icon', 'buttons']);

/** `i=1:d=0` and the like. Only one character is a key. */
function metadataOf(text: string): Map<string, string> {
  const pairs = text.split(':').filter((pair) => pair[1] === '=');
  return new Map(pairs.map((pair) => [pair[0] ?? '', pair.slice(2)]));
}

/** Null for what is no base64. */
function payloadBytes(payload: string, isBase64: boolean): Uint8Array | null {
  if (!isBase64) return encoder.encode(payload.slice(0, maxPartBytes));
  try {
    // A whole number of quads: a cut one would be no base64.
    const binary = atob(payload.slice(0, maxPartBytes));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    // InvalidCharacterError: the only thing that atob(3) throws.
    return null;
  }
}

function add(part: Part, bytes: Uint8Array): void {
  const kept = bytes.subarray(0, maxPartBytes - part.length);
  if (kept.length === 0) return;
  part.pieces.push(kept);
  part.length += kept.length;
}

function textOf({ pieces, length }: Part): string {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return decoder.decode(bytes);
}
