// A terminal in memory: the list's streams on one side, a headless xterm that shows what a person would see on the other.

import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { Terminal } from '@xterm/headless';
import xterm from '@xterm/headless';
import type { ListClock, ListTerminal } from '../../src/ui/session-list.ts';

/** Milliseconds a wait for a screen may take before it fails: a bound for hangs, not for speed. */
const patienceMs = 30_000;

export interface FakeTerminal extends ListTerminal {
  stdin: PassThrough;
  stdout: Writable & { columns: number; rows: number };
  /** The rows of the screen, without blanks at their ends. */
  screen(): string[];
  text(): string;
  /** The row with the selection's mark, or ''. */
  selectedRow(): string;
  /** Resolves with the screen once `isRight` says so; on timeout the error shows the screen. */
  until(isRight: (text: string) => boolean): Promise<string>;
  type(text: string): void;
  resize(cols: number, rows: number): void;
  /** Everything that was written, as it was written. */
  raw(): string;
  forgetRaw(): void;
  emulator: Terminal;
  isCursorVisible(): boolean;
}

export function createFakeTerminal(cols = 80, rows = 24): FakeTerminal {
  // Raw mode leaves the translation of line ends on, as Node and Bun set it.
  const emulator = new xterm.Terminal({ cols, rows, allowProposedApi: true, convertEol: true, scrollback: 500 });
  const written = new EventEmitter();
  let raw = '';
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      raw += new TextDecoder().decode(chunk);
      emulator.write(chunk, () => {
        written.emit('written');
        done();
      });
    },
  });
  const stdout = Object.assign(output, { isTTY: true, columns: cols, rows });
  const stdin = new PassThrough();

  function screen(): string[] {
    const { active } = emulator.buffer;
    const lines = Array.from({ length: emulator.rows }, (_, row) => active.getLine(active.baseY + row));
    return lines.map((line) => line?.translateToString(false, 0, emulator.cols).trimEnd() ?? '');
  }

  const terminal: FakeTerminal = {
    stdin,
    stdout,
    emulator,
    screen,
    text: () => screen().join('\n'),
    selectedRow: () => screen().find((line) => line.startsWith('>')) ?? '',
    until: (isRight) => waitFor({ written, isRight, text: terminal.text }),
    type: (text) => void stdin.write(text),
    resize(newCols, newRows) {
      emulator.resize(newCols, newRows);
      Object.assign(stdout, { columns: newCols, rows: newRows });
      stdout.emit('resize');
    },
    raw: () => raw,
    forgetRaw: () => {
      raw = '';
    },
    // The one thing that the public interface does not tell.
    isCursorVisible: () =>
      !(emulator as unknown as { _core: { coreService: { isCursorHidden: boolean } } })._core.coreService
        .isCursorHidden,
  };
  return terminal;
}

interface Wait {
  written: EventEmitter;
  isRight(text: string): boolean;
  text(): string;
}

function waitFor({ written, isRight, text }: Wait): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const check = () => {
    if (isRight(text())) resolve(text());
  };
  const late = setTimeout(() => reject(new Error(`The screen is not as expected:\n${text()}`)), patienceMs);
  written.on('written', check);
  check();
  return promise.finally(() => {
    clearTimeout(late);
    written.off('written', check);
  });
}

export interface FakeClock extends ListClock {
  /** Lets that much time pass, and calls what is due. */
  pass(ms: number): void;
  /** Timers that were set and neither called nor disposed. */
  pending(): number;
}

export function createFakeClock(startsAt: number): FakeClock {
  let now = startsAt;
  const timers = new Map<object, { at: number; callback: () => void }>();
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.set(timer, timer);
      return { dispose: () => void timers.delete(timer) };
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers.values()].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
    pending: () => timers.size,
  };
}
