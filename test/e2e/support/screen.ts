// An independent terminal around a program: what a person in front of it sees and types.

import xterm from '@xterm/headless';
import { type PtyExit, type PtyOptions, startPty, type TestPty } from './pty.ts';
import { patienceMs, type WaitOptions, within } from './waiting.ts';

/** History lines that the terminal keeps; above what is ever replayed. */
const historyLines = 25_000;

/** Raw bytes remembered for error messages and for looking at sequences. */
const maxRememberedBytes = 1024 * 1024;

export interface Cursor {
  x: number;
  y: number;
  isVisible: boolean;
}

/** Everything that detaching and attaching must bring back. */
export interface ScreenSnapshot {
  lines: string[];
  cursor: Cursor;
  isAlternate: boolean;
  modes: Record<string, unknown>;
}

export interface TestTerminal {
  readonly pty: TestPty;
  /** The visible rows, trailing blanks and empty rows at the end left out. */
  text(): string;
  lines(): string[];
  /** All rows of the normal screen, those that scrolled out included, wrapped ones joined. */
  history(): string[];
  cursor(): Cursor;
  isAlternate(): boolean;
  snapshot(): ScreenSnapshot;
  /** The last raw bytes received, as latin1 text. */
  received(): string;
  type(data: string | Uint8Array): Promise<void>;
  resize(size: { cols: number; rows: number }): void;
  /** Resolves as soon as the screen is so; throws with the screen when it takes too long or the program ends before. */
  waitFor(what: RegExp | (() => boolean), options?: WaitOptions): Promise<void>;
  /** Resolves when the program has ended and its output is on the screen. */
  waitForExit(options?: WaitOptions): Promise<PtyExit>;
  close(): void;
}

/** Starts `command` in a terminal of its own, which answers questions as a real one would. */
export function openTerminal(command: readonly string[], options: PtyOptions): TestTerminal {
  const { cols = 80, rows = 24 } = options;
  const terminal = new xterm.Terminal({
    cols,
    rows,
    scrollback: historyLines,
    allowProposedApi: true,
    logLevel: 'off',
  });
  const pty = startPty(command, options);
  const watchers = new Set<() => void>();
  const remembered = rememberBytes();
  let isCursorVisible = true;
  let ended: PtyExit | undefined;

  const onCursorMode = (isVisible: boolean) => (params: (number | number[])[]) => {
    if (params.includes(25)) isCursorVisible = isVisible;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, onCursorMode(true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, onCursorMode(false));

  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  pty.onData((bytes) => {
    remembered.add(bytes);
    terminal.write(bytes, notify);
  });
  // A program that is gone needs no answer.
  const answer = (data: string | Uint8Array) => void pty.write(data).catch(() => {});
  terminal.onData((text) => answer(text));
  terminal.onBinary((text) => answer(Buffer.from(text, 'latin1')));
  const finished = pty.exited.then(
    (exit) =>
      new Promise<PtyExit>((resolve) => {
        terminal.write('', () => {
          ended = exit;
          notify();
          resolve(exit);
        });
      }),
  );

  const lines = () => rowsOf(terminal.buffer.active, terminal.buffer.active.baseY, terminal.rows);
  const text = () => lines().join('\n').trimEnd();
  const cursor = () => ({
    x: terminal.buffer.active.cursorX,
    y: terminal.buffer.active.cursorY,
    isVisible: isCursorVisible,
  });
  const isAlternate = () => terminal.buffer.active.type === 'alternate';
  const describe = () => {
    const state = ended === undefined ? 'running' : `ended with ${ended.signal ?? ended.code}`;
    const bar = '-'.repeat(terminal.cols);
    return `${command.join(' ')} (${state})\n${bar}\n${lines().join('\n')}\n${bar}\nlast bytes: ${JSON.stringify(remembered.text().slice(-500))}`;
  };

  return {
    pty,
    lines,
    text,
    cursor,
    isAlternate,
    history: () => unwrappedRowsOf(terminal.buffer.normal),
    snapshot: () => ({ lines: lines(), cursor: cursor(), isAlternate: isAlternate(), modes: { ...terminal.modes } }),
    received: remembered.text,
    type: (data) => pty.write(data),
    resize(size) {
      terminal.resize(size.cols, size.rows);
      pty.resize(size);
    },
    waitFor(what, waitOptions = {}) {
      const isSo = what instanceof RegExp ? () => what.test(text()) : what;
      const timeoutMs = waitOptions.timeoutMs ?? patienceMs;
      return waitForChange({
        isSo,
        watchers,
        timeoutMs,
        hasEnded: () => ended !== undefined,
        describe: () => `${what}\n${describe()}`,
      });
    },
    waitForExit: (waitOptions = {}) => within(finished, () => `the end of ${describe()}`, waitOptions.timeoutMs),
    close: () => pty.close(),
  };
}

interface ChangeWait {
  isSo(): boolean;
  hasEnded(): boolean;
  describe(): string;
  watchers: Set<() => void>;
  timeoutMs: number;
}

function waitForChange(wait: ChangeWait): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      wait.watchers.delete(look);
      clearTimeout(timer);
      settle();
    };
    const look = () => {
      if (wait.isSo()) finish(resolve);
      else if (wait.hasEnded()) finish(() => reject(new Error(`Not before the program ended: ${wait.describe()}`)));
    };
    const timer = setTimeout(() => {
      finish(() => reject(new Error(`Not within ${wait.timeoutMs} ms: ${wait.describe()}`)));
    }, wait.timeoutMs);
    wait.watchers.add(look);
    look();
  });
}

function rememberBytes(): { add(bytes: Uint8Array): void; text(): string } {
  let chunks: Uint8Array[] = [];
  let length = 0;
  return {
    add(bytes) {
      chunks.push(bytes);
      length += bytes.length;
      if (length < 2 * maxRememberedBytes) return;
      chunks = [Buffer.concat(chunks).subarray(-maxRememberedBytes)];
      length = maxRememberedBytes;
    },
    text: () => Buffer.concat(chunks).toString('latin1'),
  };
}

type ScreenBuffer = InstanceType<typeof xterm.Terminal>['buffer']['active'];

function rowsOf(buffer: ScreenBuffer, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, row) => buffer.getLine(first + row)?.translateToString(true) ?? '');
}

function unwrappedRowsOf(buffer: ScreenBuffer): string[] {
  const rows: string[] = [];
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row);
    if (line === undefined) continue;
    const text = line.translateToString(true);
    if (line.isWrapped && rows.length > 0) rows.push(`${rows.pop()}${text}`);
    else rows.push(text);
  }
  return rows;
}
