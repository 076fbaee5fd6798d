// One tmux server with a pane for each program that asks for one: many independent terminals at little cost. It is spoken
// to in tmux's control mode, over one connection, so that looking at a pane starts no process.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withoutInheritedFiles } from '../../support/processes.ts';
import type { Sandbox } from '../../support/sandbox.ts';
import { type WaitOptions, waitUntil } from '../../support/waiting.ts';

export interface PaneSize {
  cols: number;
  rows: number;
}

/** A terminal of tmux's with a program in it; its last screen stays when the program ends. */
export interface Pane {
  /** What tmux calls it. */
  readonly target: string;
  /** Keys by tmux's names (`Enter`, `C-\`). */
  press(...keys: string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** As one paste, bracketed if the program asked for that. */
  paste(text: string): Promise<void>;
  /** The visible rows as text. */
  text(): Promise<string>;
  /** Rows with SGR: of the visible screen, of the history, or of the normal screen behind the alternate one. */
  capture(what?: 'screen' | 'history' | 'behind'): Promise<string[]>;
  /** What tmux knows of the pane, such as `#{cursor_flag}`. */
  format(format: string): Promise<string>;
  waitFor(what: RegExp | ((text: string) => boolean), options?: WaitOptions): Promise<void>;
  close(): Promise<void>;
}

export interface TmuxServer {
  /** Opens a pane of that size with a shell command in it. */
  open(command: string, size: PaneSize): Promise<Pane>;
  /** Runs one command of tmux's and returns the lines of its answer. */
  ask(...words: string[]): Promise<string[]>;
  stop(): Promise<void>;
}

const optionsSet = [
  ['status', 'off'],
  ['escape-time', '0'],
  ['remain-on-exit', 'on'],
  ['history-limit', '5000'],
  ['default-shell', '/bin/sh'],
  ['default-terminal', 'screen-256color'],
  // OSC 52 makes a buffer of tmux's, by which a program can say that everything before it has arrived.
  ['set-clipboard', 'on'],
  ['buffer-limit', '500'],
  // What the terminals of its clients can do and terminfo does not say.
  ['terminal-features', 'xterm*:256:RGB:usstyle:overline:strikethrough'],
  ['set-titles', 'on'],
] as const;

/** Starts a server without any configuration. Whoever starts it stops it. */
export async function startTmuxServer(sandbox: Sandbox): Promise<TmuxServer> {
  const socket = join(sandbox.root, 'panes.sock');
  const argv = ['tmux', '-u', '-S', socket, '-f', '/dev/null', '-C', 'new-session', '-s', 'keep', 'sleep 4000'];
  const [file = '', ...args] = withoutInheritedFiles(argv);
  const child = spawn(file, args, { env: { ...sandbox.env }, cwd: sandbox.home, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = new AnswerReader();
  child.stdout.on('data', (bytes: Buffer) => answers.read(bytes));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve(answers.end())));
  let paneCount = 0;

  const ask = (...words: string[]): Promise<string[]> => {
    const line = words.map(quoted).join(' ');
    child.stdin.write(`${line}\n`);
    return answers.next(line);
  };

  async function open(command: string, { cols, rows }: PaneSize): Promise<Pane> {
    const name = `pane${paneCount++}`;
    await ask('new-session', '-d', '-x', String(cols), '-y', String(rows), '-s', name, command);
    return paneOf(ask, `=${name}:`);
  }

  async function stop(): Promise<void> {
    child.stdin.write('kill-server\n');
    await ended;
  }

  for (const [option, value] of optionsSet) await ask('set-option', '-g', option, value);
  return { open, ask, stop };
}

function paneOf(ask: TmuxServer['ask'], target: string): Pane {
  const text = async () => (await ask('capture-pane', '-p', '-t', target)).join('\n').trimEnd();
  const areas = { screen: [], history: ['-S', '-', '-E', '-1'], behind: ['-a', '-q'] };
  return {
    target,
    press: async (...keys) => void (await ask('send-keys', '-t', target, ...keys)),
    type: async (data) => void (await ask('send-keys', '-t', target, '-l', data)),
    async paste(data) {
      await ask('set-buffer', '-b', 'pasted', data);
      await ask('paste-buffer', '-d', '-p', '-r', '-b', 'pasted', '-t', target);
    },
    text,
    capture: (what = 'screen') => ask('capture-pane', '-p', '-e', '-t', target, ...areas[what]),
    format: async (format) => (await ask('display-message', '-p', '-t', target, format)).join('\n'),
    async waitFor(what, options) {
      let last = '';
      const isSo = what instanceof RegExp ? (seen: string) => what.test(seen) : what;
      const look = async () => {
        last = await text();
        return isSo(last);
      };
      await waitUntil(look, () => `${what} in tmux, which shows\n${last}`, options);
    },
    close: async () => void (await ask('kill-session', '-t', target)),
  };
}

/** A word as tmux's command line reads it back. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The answers in control mode: lines between `%begin` and `%end`, in the order of the questions. */
class AnswerReader {
  readonly #waiting: { question: string; resolve(lines: string[]): void; reject(error: Error): void }[] = [];
  #rest = Buffer.alloc(0);
  #lines: string[] | undefined;
  #hasEnded = false;

  next(question: string): Promise<string[]> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) reject(new Error(`tmux has ended: ${question}`));
      else this.#waiting.push({ question, resolve, reject });
    });
  }

  read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let end = this.#rest.indexOf(10); end !== -1; end = this.#rest.indexOf(10)) {
      this.#line(this.#rest.subarray(0, end).toString());
      this.#rest = this.#rest.subarray(end + 1);
    }
  }

  end(): void {
    this.#hasEnded = true;
    for (const { question, reject } of this.#waiting.splice(0)) reject(new Error(`tmux has ended: ${question}`));
  }

  #line(line: string): void {
    // Blocks with flag 0 answer the command line that started this client.
    const [, word, flag] = /^%(begin|end|error) \d+ \d+ (\d)$/.exec(line) ?? [];
    if (word === undefined) this.#lines?.push(line);
    else if (word === 'begin') this.#lines = [];
    else {
      const lines = this.#lines ?? [];
      this.#lines = undefined;
      if (flag === '1') this.#answer(word === 'error', lines);
    }
  }

  #answer(isError: boolean, lines: string[]): void {
    const asked = this.#waiting.shift();
    if (isError) asked?.reject(new Error(`tmux ${asked.question}: ${lines.join(' ')}`));
    else asked?.resolve(lines);
  }
}
