// What it costs to keep screens and history on the disk, in numbers: the table of docs/storage.md. Run it with bun.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHistoryBytes, defaultHistoryLines, printedHistoryLines } from '../src/base/limits.ts';
import { sessionLines } from '../src/cli/session-lines.ts';
import { Emulator } from '../src/emulator/emulator.ts';
import { restoredEmulator } from '../src/emulator/restored-emulator.ts';
import { systemClock } from '../src/platform/clock.ts';
import { type FileLayer, systemFiles } from '../src/platform/file-layer.ts';
import { openRecorder } from '../src/session/recorder.ts';
import { recover } from '../src/storage/recovery.ts';
import { benchResume } from './bench-resume.ts';

const historyBytes = defaultHistoryBytes;
const historyLines = defaultHistoryLines;
const quiet = { historyLines, onReply: () => {}, onFault: () => {} };
const encoder = new TextEncoder();
const turn = () => new Promise((resolve) => setImmediate(resolve));
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const onSynced = () => {};
const folder = mkdtempSync(join(tmpdir(), 'stay-bench-'));

/** Files that count what is written to them. */
function countedFiles(): { files: FileLayer; written(): number } {
  let written = 0;
  const create: FileLayer['create'] = async (path) => {
    const file = await systemFiles.create(path);
    return {
      ...file,
      write: (bytes) => {
        written += bytes.length;
        return file.write(bytes);
      },
    };
  };
  return { files: { ...systemFiles, create }, written: () => written };
}

function fill(emulator: Emulator, lineOf: (index: number) => string): void {
  for (let index = 0; index < historyLines + emulator.rows; index++) emulator.feed(encoder.encode(lineOf(index)));
}

const plain = (index: number) =>
  `${index} ${'the quick brown fox jumps over the lazy dog '.repeat(2).slice(0, 70)}\r\n`;
const coloured = (index: number) =>
  `${Array.from({ length: 10 }, (_, word) => `\x1b[${31 + ((index + word) % 7)}mword${word} \x1b[0m`).join('')}\r\n`;

function report(what: string, value: string): void {
  console.log(`${what.padEnd(58)} ${value}`);
}

/** The middle of five. */
async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

async function benchCheckpoint(kind: string, lineOf: (index: number) => string): Promise<void> {
  const emulator = new Emulator({ cols: 80, rows: 24, ...quiet });
  fill(emulator, lineOf);
  const recorder = await openRecorder({
    ...{ folder, files: systemFiles, clock: systemClock, emulator, historyLines, historyBytes },
    log: console.error,
    onSynced,
    onFailed: () => {},
    onRecovered: onSynced,
  });
  recorder.begin();
  await recorder.checkpoint();
  const painting = await median(() => emulator.repaint({ onto: 'fresh', historyLines }));
  const whole = await median(() => recorder.checkpoint());
  await recorder.abandon();
  const newest = readdirSync(folder).filter((name) => name.startsWith('screen.'));
  const size = Math.max(...newest.map((name) => statSync(join(folder, name)).size));
  report(`checkpoint of ${historyLines} ${kind} lines: on the event loop`, `${painting.toFixed(0)} ms`);
  report(`checkpoint of ${historyLines} ${kind} lines: until it is on the disk`, `${whole.toFixed(0)} ms`);
  report(`checkpoint of ${historyLines} ${kind} lines: size`, `${(size / 1024).toFixed(0)} KB`);
  const restoring = await median(async () => {
    const { screen, records } = await recover(folder);
    if (screen !== null) restoredEmulator({ screen, events: records }, quiet).dispose();
  });
  report(`restoring ${historyLines} ${kind} lines`, `${restoring.toFixed(0)} ms`);
}

interface Run {
  chunks: number;
  pauseMs: number;
  isRecorded: boolean;
  /** Pieces fed before the measuring begins. */
  chunksBefore?: number;
}

/** Feeds `chunks` pieces of output, with a pause after each, and says what that took and wrote. */
async function run(options: Run) {
  const emulator = new Emulator({ cols: 80, rows: 24, ...quiet });
  const { files, written } = countedFiles();
  const recorder = options.isRecorded
    ? await openRecorder({
        folder,
        files,
        clock: systemClock,
        emulator,
        historyLines,
        historyBytes,
        log: console.error,
        onSynced,
        onFailed: () => {},
        onRecovered: onSynced,
      })
    : null;
  recorder?.begin();
  const chunk = encoder.encode(Array.from({ length: 860 }, (_, index) => plain(index)).join(''));
  const feed = async (chunks: number) => {
    for (let count = 0; count < chunks; count++) {
      emulator.feed(chunk);
      recorder?.output(chunk);
      await (options.pauseMs > 0 ? pass(options.pauseMs) : turn());
    }
  };
  await feed(options.chunksBefore ?? 0);
  const before = written();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await feed(options.chunks);
  const used = process.cpuUsage(cpu);
  const result = {
    megabytes: (chunk.length * options.chunks) / 1e6,
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    written: written() - before,
  };
  await recorder?.abandon();
  emulator.dispose();
  return result;
}

async function benchFlood(): Promise<void> {
  // Behind the burst that is journaled whole.
  const flood = { chunks: 3_000, pauseMs: 0, chunksBefore: 400 };
  await run({ chunks: 300, pauseMs: 0, isRecorded: false });
  const bare = await run({ ...flood, isRecorded: false });
  const recorded = await run({ ...flood, isRecorded: true });
  const share = 1 - bare.cpuSeconds / bare.megabytes / (recorded.cpuSeconds / recorded.megabytes);
  report('a flood: speed with recording', `${(recorded.megabytes / recorded.seconds).toFixed(0)} MB/s`);
  report('a flood: share of the CPU that recording takes', `${(100 * share).toFixed(1)} %`);
  report('a flood: written', `${(recorded.written / 1e6 / recorded.seconds).toFixed(2)} MB/s`);
}

async function benchBurst(): Promise<void> {
  const burst = { chunks: 240, pauseMs: 0 };
  const bare = await run({ ...burst, isRecorded: false });
  const recorded = await run({ ...burst, isRecorded: true });
  const cost = 1000 * (recorded.cpuSeconds - bare.cpuSeconds);
  report(`a burst of ${recorded.megabytes.toFixed(0)} MB: CPU that recording takes`, `${cost.toFixed(0)} ms`);
}

/** What is read is what the steady output of `benchJournal` left. */
async function benchHistory(): Promise<void> {
  const sizes = new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]));
  const archived = [...sizes].filter(([name]) => name.startsWith('history.')).reduce((sum, [, size]) => sum + size, 0);
  report('the archive', `${(archived / 1024).toFixed(0)} KB`);
  for (const extent of [{ kind: 'all' }, { kind: 'last', count: printedHistoryLines }] as const) {
    let count = 0;
    const start = performance.now();
    for await (const lines of sessionLines(folder, { extent, isAnsi: false })) count += lines.length;
    report(`reading ${count} lines of the history`, `${(performance.now() - start).toFixed(0)} ms`);
  }
}

async function benchJournal(): Promise<void> {
  const steady = { chunks: 100, pauseMs: 65 };
  const bare = await run({ ...steady, isRecorded: false });
  const recorded = await run({ ...steady, isRecorded: true });
  const cost = (1000 * (recorded.cpuSeconds - bare.cpuSeconds)) / recorded.megabytes;
  report('steady output of 1 MB/s: CPU for each MB of it', `${cost.toFixed(0)} ms`);
  report('steady output of 1 MB/s: written', `${(recorded.written / 1e6 / recorded.seconds).toFixed(2)} MB/s`);
}

async function benchResumes(): Promise<void> {
  for (const [kind, lineOf] of [
    ['plain', plain],
    ['coloured', coloured],
  ] as const)
    report(
      `resuming ${historyLines} ${kind} lines, until the program runs`,
      `${(await benchResume(lineOf)).toFixed(0)} ms`,
    );
}

try {
  await benchCheckpoint('plain', plain);
  await benchCheckpoint('coloured', coloured);
  await benchResumes();
  await benchFlood();
  await benchBurst();
  await benchJournal();
  await benchHistory();
} finally {
  rmSync(folder, { recursive: true });
}
