// A private tmux: a terminal that is neither ours nor xterm.js.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withoutInheritedFiles } from './processes.ts';
import type { Sandbox } from './sandbox.ts';
import { type WaitOptions, waitUntil } from './waiting.ts';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export interface TestTmux {
  /** Keys by tmux's names (`Enter`, `C-\`) or text. */
  sendKeys(...keys: string[]): void;
  sendText(text: string): void;
  text(): string;
  resize(size: { cols: number; rows: number }): void;
  waitFor(what: RegExp, options?: WaitOptions): Promise<void>;
  /** What tmux knows of the pane, such as `#{cursor_flag}`. */
  format(format: string): string;
  stop(): void;
}

/** Starts `command` in a tmux server of its own, without any configuration. Whoever starts it stops it. */
export function startTmux(
  sandbox: Sandbox,
  command: string,
  size: { cols: number; rows: number } = { cols: 80, rows: 24 },
  /** Another file name for the socket of a second one. */
  { socket: socketName = 'tmux.sock' }: { socket?: string } = {},
): TestTmux {
  const socket = join(sandbox.root, socketName);
  const tmux = (...args: string[]): string => {
    const [file = '', ...rest] = withoutInheritedFiles(['tmux', '-S', socket, '-f', '/dev/null', ...args]);
    const result = spawnSync(file, rest, { env: { ...sandbox.env }, cwd: sandbox.home, encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`tmux ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  tmux('new-session', '-d', '-x', String(size.cols), '-y', String(size.rows), command);
  // A key sent right after ESC must not wait for the rest of a sequence; a finished program must leave its last screen.
  tmux('set-option', '-g', 'escape-time', '0');
  tmux('set-option', '-g', 'remain-on-exit', 'on');
  const text = () => tmux('capture-pane', '-p').trimEnd();
  return {
    sendKeys: (...keys) => void tmux('send-keys', ...keys),
    sendText: (data) => void tmux('send-keys', '-l', data),
    text,
    resize: ({ cols, rows }) => void tmux('resize-window', '-x', String(cols), '-y', String(rows)),
    async waitFor(what, options) {
      await waitUntil(
        () => what.test(text()),
        () => `${what} in tmux, which shows\n${text()}`,
        options,
      );
    },
    format: (format) => tmux('display-message', '-p', format).trimEnd(),
    stop: () => void tmux('kill-server'),
  };
}
