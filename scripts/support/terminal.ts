// A program on a terminal of its own, whose screen is known: for scripts that time it or take pictures of it.

import type { Terminal } from '@xterm/headless';
import xterm from '@xterm/headless';

export interface ScriptTerminal {
  readonly pid: number;
  readonly screen: Terminal;
  /** Types text; `{ }` around nothing: keys are given as the bytes that they send. */
  type(text: string): void;
  resize(cols: number, rows: number): void;
  /** Resolves with the time once `isSo` holds for the screen as it is, looked at after every piece of output. */
  until(isSo: () => boolean): Promise<number>;
  /** Resolves with the time once a frame has been drawn after this call: synchronised output has ended. */
  nextFrame(): Promise<number>;
  /** Whether the screen's text has it. */
  shows(text: string): boolean;
  close(): void;
}

const synchronisedOutput = 2026;
const waitLimitMs = 20_000;

export function openScriptTerminal(
  command: string[],
  options: { cols: number; rows: number; env: Record<string, string>; cwd: string },
): ScriptTerminal {
  const { cols, rows, env, cwd } = options;
  const screen = new xterm.Terminal({ cols, rows, scrollback: 1_000, allowProposedApi: true });
  const watchers = new Set<() => void>();
  let frames = 0;
  screen.parser.registerCsiHandler({ prefix: '?', final: 'l' }, ([mode]) => {
    if (mode === synchronisedOutput) frames += 1;
    return false;
  });
  const program = Bun.spawn(command, {
    env,
    cwd,
    terminal: {
      cols,
      rows,
      data: (_, bytes) => {
        screen.write(bytes.slice(), () => {
          for (const watcher of [...watchers]) watcher();
        });
      },
    },
  });
  screen.onData((text) => program.terminal?.write(text));

  function waitFor(isSo: () => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`not in time:\n${textOf(screen)}`))), waitLimitMs);
      function end(settle: () => void): void {
        clearTimeout(timer);
        watchers.delete(look);
        settle();
      }
      function look(): void {
        if (isSo()) end(() => resolve(performance.now()));
      }
      watchers.add(look);
    });
  }

  return {
    pid: program.pid,
    screen,
    type: (text) => program.terminal?.write(text),
    resize(newCols, newRows) {
      screen.resize(newCols, newRows);
      program.terminal?.resize(newCols, newRows);
    },
    until: (isSo) => (isSo() ? Promise.resolve(performance.now()) : waitFor(isSo)),
    nextFrame() {
      const before = frames;
      return waitFor(() => frames > before);
    },
    shows: (text) => textOf(screen).includes(text),
    close() {
      program.kill('SIGKILL');
      program.terminal?.close();
      screen.dispose();
    },
  };
}

export function textOf(screen: Terminal): string {
  const { active } = screen.buffer;
  const lines = Array.from({ length: screen.rows }, (_, row) => active.getLine(active.baseY + row));
  return lines.map((line) => line?.translateToString(true) ?? '').join('\n');
}
