// Programs whose output is known byte for byte, and when they wrote each piece of it: so that one can tell of a screen which
// moment of the program it shows.

import { readFileSync, writeFileSync } from 'node:fs';
import { Emulator } from '../../../src/emulator/emulator.ts';
import { peek } from '../../../src/emulator/peek.ts';

const size = { cols: 80, rows: 24 };
const encoder = new TextEncoder();

export interface KnownProgram {
  name: string;
  /** What it writes before its first step. */
  beginning: string;
  /** What it writes in its step number `step`, in one go. The text of this function is run by the program, too. */
  stepText(step: number): string;
  /** Milliseconds between two steps; 0 for as fast as they are taken. */
  intervalMs: number;
  /** The number of the newest step that a row of the screen shows, of rows that are whole. */
  newestStep(rows: readonly string[]): number;
  /** Steps before the newest that the screen may still show something of; all of them where its history is compared, too. */
  remembers: number;
}

/** Prints one coloured line about every millisecond. */
export const steady: KnownProgram = {
  name: 'steady',
  beginning: '',
  stepText: (step) => `\x1b[3${step % 8}m${step}\x1b[0m is line \x1b[1;4m${(step * 7919) % 1000}\x1b[m\r\n`,
  intervalMs: 1,
  newestStep: (rows) => Math.max(-1, ...rows.flatMap((row) => /^(\d+) is line \d+$/.exec(row)?.[1] ?? []).map(Number)),
  remembers: Number.POSITIVE_INFINITY,
};

/** The same in pieces of a hundred lines, as fast as they are taken. */
export const flooding: KnownProgram = {
  name: 'flooding',
  beginning: '',
  stepText(step) {
    let text = '';
    for (let line = step * 100; line < step * 100 + 100; line++)
      text += `\x1b[3${line % 8}m${line}\x1b[0m is line \x1b[1;4m${(line * 7919) % 1000}\x1b[m\r\n`;
    return text;
  },
  intervalMs: 0,
  newestStep: (rows) => Math.floor(steady.newestStep(rows) / 100),
  remembers: 3,
};

/** Draws a full screen in place, over and over; the same number in its first and its last row. */
export const drawing: KnownProgram = {
  name: 'drawing',
  beginning: '\x1b[?1049h',
  stepText(step) {
    let text = `\x1b[?2026h\x1b[1;1H${step}`;
    for (let row = 2; row < 24; row++)
      text += `\x1b[${row};1H\x1b[3${(row + step) % 8}m${String.fromCharCode(97 + ((row + step) % 26)).repeat(80)}`;
    return `${text}\x1b[24;1H${step}\x1b[?2026l`;
  },
  intervalMs: 2,
  newestStep: (rows) => Number(rows[0]),
  remembers: 3,
};

/** The argv of a program that writes the time of each step into `timesFile` before it. Started again, it does nothing. */
export function commandOf(program: KnownProgram, { file, timesFile }: { file: string; timesFile: string }): string[] {
  writeFileSync(
    file,
    `const { existsSync, openSync, writeSync } = require('node:fs');
     const { stepText } = { ${methodText(program.stepText)} };
     const isAgain = existsSync(${JSON.stringify(timesFile)});
     const times = openSync(${JSON.stringify(timesFile)}, 'a');
     let step = 0;
     function next() {
       const text = stepText(step++);
       writeSync(times, new Float64Array([Date.now()]));
       for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(1, rest));
     }
     if (isAgain) setInterval(() => {}, 1e6);
     else {
       writeSync(1, ${JSON.stringify(program.beginning)});
       if (${program.intervalMs} > 0) setInterval(next, ${program.intervalMs});
       else for (;;) next();
     }`,
  );
  // Without it the terminal would make its own of the line ends.
  return ['/bin/bash', '-c', 'stty -opost -echo; exec "$@"', 'bash', process.execPath, file];
}

/** A function's text as a member of an object, however it was written. */
function methodText(member: KnownProgram['stepText']): string {
  const text = String(member);
  return text.startsWith('stepText') ? text : `stepText: ${text}`;
}

/** When each step was written, in milliseconds since 1970. */
export function timesIn(timesFile: string): Float64Array {
  const bytes = readFileSync(timesFile);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~7)));
}

/** What `stay peek --json --ansi --all` says of a screen. */
export interface SeenScreen {
  screen: string[];
  history: string[];
  cursor: { col: number; row: number; isVisible: boolean };
  alternateScreen: boolean;
}

export const withoutColours = (line: string) => line.replaceAll(/\x1b\[[\d;]*m/g, '');

/**
 * The first step that the screen does not show all of, when it is exactly one that a terminal had while the program wrote:
 * every cell, colour, and the cursor, and of a program that remembers all its history, too. Null when it is none.
 */
export function stepAfter(program: KnownProgram, seen: SeenScreen): number | null {
  const newest = program.newestStep(seen.screen.map(withoutColours));
  if (!(newest >= 0)) return null;
  const emulator = new Emulator({ ...size, historyLines: 10_000, onReply: () => {}, onFault: () => {} });
  try {
    const first = Math.max(0, newest - 1);
    emulator.feed(encoder.encode(program.beginning));
    for (let step = Math.max(0, first - program.remembers); step < first; step++)
      emulator.feed(encoder.encode(program.stepText(step)));
    let found: number | null = null;
    for (let step = first; step <= newest + 2; step++) {
      for (const byte of encoder.encode(program.stepText(step))) {
        if (isSame(emulator, { program, seen })) found = step;
        emulator.feed(Uint8Array.of(byte));
      }
    }
    return found;
  } finally {
    emulator.dispose();
  }
}

function isSame(emulator: Emulator, { program, seen }: { program: KnownProgram; seen: SeenScreen }): boolean {
  const { col, row } = emulator.cursor;
  if (col !== seen.cursor.col || row !== seen.cursor.row) return false;
  const isScreenSame = isEqual(peek(emulator, { historyLines: 0, isAnsi: true }).lines, seen.screen);
  if (!isScreenSame || emulator.isAlternateScreen !== seen.alternateScreen) return false;
  if (Number.isFinite(program.remembers)) return true;
  const { lines } = peek(emulator, { historyLines: 10_000, isAnsi: true });
  return isEqual(lines, [...seen.history, ...seen.screen]);
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
