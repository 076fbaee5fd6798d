// Emulators for tests: any fault fails the test, replies are collected.

import { Emulator } from '../../src/emulator/emulator.ts';

export interface TestEmulator extends Emulator {
  readonly replies: string[];
}

export interface TestSize {
  cols: number;
  rows: number;
  historyLines?: number;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function newEmulator(size: TestSize = { cols: 80, rows: 24 }): TestEmulator {
  const replies: string[] = [];
  const emulator = new Emulator({
    cols: size.cols,
    rows: size.rows,
    historyLines: size.historyLines ?? 1000,
    onReply: (bytes) => replies.push(decoder.decode(bytes)),
    onFault: (error) => {
      throw error;
    },
  });
  return Object.assign(emulator, { replies });
}

/** Bytes that hold fewer lines than the smallest screen. */
const smallPiece = 8;

/** Feeds `bytes` in pieces so small that every line is printed on the screen. */
export function feedSlowly(emulator: Emulator, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += smallPiece) emulator.feed(bytes.subarray(at, at + smallPiece));
}

/** UTF-8 of `text`. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A new emulator made equal to `emulator` by a repaint. */
export function repainted(emulator: Emulator, size?: TestSize): TestEmulator {
  const copy = newEmulator(size ?? { cols: emulator.cols, rows: emulator.rows });
  copy.feed(emulator.repaint({ onto: 'fresh', historyLines: Number.MAX_SAFE_INTEGER }));
  return copy;
}
