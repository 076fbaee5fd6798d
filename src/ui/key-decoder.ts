// Bytes of a terminal to keys, pastes, and what the mouse and the terminal itself tell, across reads. It takes one at a
// time, so that whoever stops reading can give back the rest. Other complete sequences (a late reply) give nothing.

import { latin1 } from '../base/answer-pattern.ts';
import { escapeByte, pasteEnd, readToken } from '../base/input-tokens.ts';
import { decodeKeyEvent, pressOf } from '../base/key-events.ts';
import { keyName } from '../base/key-notation.ts';
import { capitalOf, type KeyPress, namedKeys, plainestPress, pressOfBytes } from '../base/key-press.ts';
import {
  type AttributesInput,
  type BackgroundInput,
  backgroundReport,
  type MouseInput,
  reportOf,
} from './terminal-reports.ts';

/** A key: its name (`a`, `enter`, `ctrl-u`, `shift-tab`, as `keyName` gives it) and the text it types, which is '' for most. */
export interface TypedKey {
  kind: 'key';
  name: string;
  text: string;
}

export type KeyInput = TypedKey | { kind: 'paste'; text: string } | MouseInput | BackgroundInput | AttributesInput;

export interface KeyDecoder {
  push(bytes: Uint8Array): void;
  /** The next input, or null when more bytes are needed for one. */
  next(): KeyInput | null;
  /** True while an escape may be a key of its own, one with alt, or the start of a sequence: only time can tell. */
  isUnsure(): boolean;
  /** Takes what was unsure for a key. What surely is a sequence waits for its rest, however late that comes. */
  settle(): KeyInput | null;
  /** Takes out the bytes that nothing was made of yet. */
  takeRest(): Uint8Array;
}

const bel = 0x07;
const backslash = 0x5c;

/** Characters of a paste that are kept: nothing here takes more. */
const maxPasteLength = 10_000;

/** Every control but escape is pressed with alt when it comes right behind an escape. */
const altControls = new Set(Array.from({ length: escapeByte }, (_, byte) => byte));

export function createKeyDecoder(): KeyDecoder {
  let pending: Uint8Array = new Uint8Array();
  let paste: { text: string; decoder: TextDecoder } | null = null;

  function next(): KeyInput | null {
    while (pending.length > 0) {
      if (paste !== null) return nextOfPaste(paste);
      const token = readToken(pending, 0, { isFinal: false, altControls });
      const end = token?.kind === 'string' ? stringEnd(pending, token.end) : token?.end;
      if (token === null || end === undefined) return null;
      const bytes = take(end);
      if (token.kind === 'paste') paste = { text: '', decoder: new TextDecoder() };
      const input = token.kind === 'key' ? inputOf(bytes) : token.kind === 'string' ? answerOf(bytes) : null;
      if (input !== null) return input;
    }
    return null;
  }

  function nextOfPaste(open: { text: string; decoder: TextDecoder }): KeyInput | null {
    const end = indexOf(pending, pasteEnd);
    // Without an end, what may be the start of it waits for the next read.
    const length = end >= 0 ? end : Math.max(0, pending.length - pasteEnd.length + 1);
    const text = open.decoder.decode(take(length), { stream: end < 0 });
    if (open.text.length < maxPasteLength) open.text += text;
    if (end < 0) return null;
    take(pasteEnd.length);
    paste = null;
    return { kind: 'paste', text: open.text };
  }

  function take(length: number): Uint8Array {
    const taken = pending.subarray(0, length);
    pending = pending.subarray(length);
    return taken;
  }

  function isUnsure(): boolean {
    return paste === null && pending[0] === escapeByte && pending.length <= 2;
  }

  return {
    push: (bytes) => {
      pending = pending.length === 0 ? bytes : concat(pending, bytes);
    },
    next,
    isUnsure,
    settle: () => (isUnsure() ? inputOf(take(pending.length)) : null),
    takeRest: () => take(pending.length),
  };
}

/** What a character or a whole sequence stands for, or null for nothing. */
function inputOf(bytes: Uint8Array): KeyInput | null {
  const text = latin1(bytes);
  const report = reportOf(text);
  if (report !== null) return report;
  const event = decodeKeyEvent(text);
  const press = event === null ? pressOfBytes(bytes) : pressOf(event);
  return press && { kind: 'key', name: keyName(press), text: textOf(plainestPress(press)) };
}

function textOf({ key, ctrl, alt, shift }: KeyPress): string {
  if (ctrl || alt || namedKeys.includes(key)) return '';
  return (shift ? capitalOf(key) : null) ?? key;
}

/** After the string that begins before `from`, or undefined when its end has yet to come. A control breaks it off. */
function stringEnd(bytes: Uint8Array, from: number): number | undefined {
  const end = bytes.subarray(from).findIndex((byte) => byte < 0x20) + from;
  if (end < from) return undefined;
  if (bytes[end] === bel) return end + 1;
  if (bytes[end] !== escapeByte) return end;
  const after = bytes[end + 1];
  return after === undefined ? undefined : after === backslash ? end + 2 : end;
}

function answerOf(bytes: Uint8Array): KeyInput | null {
  // Without the escape before it and what ends it.
  return backgroundReport(latin1(bytes.subarray(1)).replace(/\x07$|\x1b\\$/, ''));
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(escapeByte); at >= 0; at = bytes.indexOf(escapeByte, at + 1))
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
