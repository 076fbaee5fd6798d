// A recorder with a small screen, a folder in memory, and a clock that the test moves.

import { zstdCompressSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { sessionLines } from '../../src/cli/session-lines.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { openRecorder } from '../../src/session/recorder.ts';
import { decodeJournal, type JournalRecord } from '../../src/storage/journal.ts';
import { recover } from '../../src/storage/recovery.ts';
import { differences } from '../emulator/differences.ts';
import { newEmulator } from '../emulator/new-emulator.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';

export const size = { cols: 20, rows: 5, historyLines: 100 };

export const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

export const lines = (from: number, to: number) =>
  numbered(from, to)
    .map((line) => `${line}\r\n`)
    .join('');

/** On this thread: nothing happens later than a test expects it. */
export const compress = async (bytes: Uint8Array) => zstdCompressSync(bytes);

/** Small, so that a flood is not much either. */
export const rate = { burstBytes: 128 * 1024, bytesPerMs: 2_048 };
/** Output that is too much to keep. */
export const flood = (mark: string) => `${'x'.repeat(rate.burstBytes)}\r\n${mark}\r\n${lines(1, 9)}`;

/** Lets everything happen that waits for nothing but the disk. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export interface RecordingOptions {
  /** One that was restored, for a session that is resumed. */
  emulator?: Emulator;
  historyLines?: number;
  historyBytes?: number;
}

export async function recording(files: MemoryFiles = memoryFiles(), options: RecordingOptions = {}) {
  const { historyLines = size.historyLines, historyBytes = 1_000_000 } = options;
  const { emulator = newEmulator({ ...size, historyLines }) } = options;
  const clock = fakeClock();
  let clockShiftMs = 0;
  const logged: string[] = [];
  let syncs = 0;
  let failures = 0;
  let recoveries = 0;
  const recorder = await openRecorder({
    ...{ folder: memoryFolder, files, emulator, historyLines, historyBytes, rate, compress },
    clock: { now: () => clock.now() + clockShiftMs, after: (ms, callback) => clock.after(ms, callback) },
    log: (sentence) => logged.push(sentence),
    onSynced: () => void syncs++,
    onFailed: () => void failures++,
    onRecovered: () => void recoveries++,
  });
  recorder.begin();
  await settled();
  onTestFinished(() => emulator.dispose());
  return {
    ...{ emulator, clock, logged, recorder, files },
    get syncs() {
      return syncs;
    },
    get failures() {
      return failures;
    },
    get recoveries() {
      return recoveries;
    },
    setClock(shiftMs: number): void {
      clockShiftMs = shiftMs;
    },
    print(text: string): void {
      emulator.feed(bytesOf(text));
      recorder.output(bytesOf(text));
    },
    resize(cols: number, rows: number): void {
      emulator.resize({ cols, rows });
      recorder.resize({ cols, rows });
    },
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 20) {
        clock.advance(Math.min(20, left));
        await settled();
      }
    },
  };
}

export async function restoredFrom(files: MemoryFiles, historyLines = size.historyLines): Promise<Emulator | null> {
  const { screen, records } = await recover(memoryFolder, files);
  if (screen === null) return null;
  const quiet = { historyLines, onReply: () => {}, onFault: () => {} };
  return restoredEmulator({ screen, events: records }, quiet);
}

export async function differencesFrom(emulator: Emulator, files: MemoryFiles): Promise<string[]> {
  const restored = await restoredFrom(files);
  return restored === null ? ['nothing was recovered'] : differences(emulator, restored);
}

export function recordsIn(files: MemoryFiles, name: string): JournalRecord[] {
  const read = decodeJournal(files.contents().get(name) ?? new Uint8Array());
  return read.kind === 'journal' ? read.records : [];
}

export const namesIn = (files: MemoryFiles) => [...files.contents().keys()].sort();

export function copyOf(files: MemoryFiles): MemoryFiles {
  return memoryFiles(files.contents());
}

/** What `stay history --all` would print. */
export async function historyIn(files: MemoryFiles): Promise<string[]> {
  const all: string[] = [];
  for await (const some of sessionLines(memoryFolder, { extent: { kind: 'all' }, isAnsi: false, files }))
    all.push(...some.map(({ text }) => text));
  return all;
}
