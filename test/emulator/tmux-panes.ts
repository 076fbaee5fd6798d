// Terminals that are not xterm.js: panes of a tmux server of our own, each of which is sent some bytes and then looked at.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is sent to a pane of a size. */
export interface PaneInput {
  cols: number;
  rows: number;
  bytes: Uint8Array;
}

/** What tmux says of a pane, for comparing. */
export interface PaneState {
  screen: string[];
  /** What scrolled away above it. */
  history: string[];
  /** The normal screen while the alternate one is shown. */
  behind: string[];
  facts: string;
}

const facts = [
  'cursor_x',
  'cursor_y',
  'cursor_flag',
  'cursor_shape',
  'alternate_on',
  'pane_title',
  'insert_flag',
  'keypad_flag',
  'keypad_cursor_flag',
  'mouse_standard_flag',
  'mouse_button_flag',
  'mouse_all_flag',
  'mouse_sgr_flag',
  'mouse_utf8_flag',
  'wrap_flag',
  'origin_flag',
  'scroll_region_upper',
  'scroll_region_lower',
  'pane_tabs',
  'bracket_paste_flag',
];

export function isTmuxInstalled(): boolean {
  return spawnSync('tmux', ['-V']).status === 0;
}

export class TmuxPanes {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stay-tmux-'));
  #count = 0;

  constructor() {
    this.#tmux('new-session', '-d', '-x', '80', '-y', '24', '-s', 'keep', 'sleep 1000');
    this.#tmux('set', '-g', 'status', 'off');
    this.#tmux('set', '-g', 'history-limit', '5000');
    // What the panes are told to do to the server is not part of the comparison.
    this.#tmux('set', '-g', 'set-clipboard', 'off');
    this.#tmux('set', '-g', 'allow-rename', 'off');
  }

  /** Shows each input in a pane of its own; the states are in the same order. */
  show(inputs: readonly PaneInput[]): PaneState[] {
    const names = inputs.map((input) => this.#start(input));
    return names.map((name) => this.#look(name));
  }

  dispose(): void {
    this.#tmux('kill-server');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(input: PaneInput): string {
    const name = `pane${this.#count++}`;
    const file = join(this.#folder, name);
    writeFileSync(file, input.bytes);
    // The pane's answer to the question shows that tmux has taken in everything before it.
    const script = `stty raw -echo min 1; cat ${file}; printf '\\030\\033[5n'; until head -c 1 | grep -q n; do :; done; touch ${file}.done; exec sleep 1000`;
    this.#tmux('new-session', '-d', '-x', String(input.cols), '-y', String(input.rows), '-s', name, script);
    return name;
  }

  #look(name: string): PaneState {
    execFileSync('sh', [
      '-c',
      `i=0; until [ -e ${join(this.#folder, name)}.done ] || [ $i -ge 500 ]; do sleep 0.01; i=$((i+1)); done`,
    ]);
    const capture = (...options: string[]) =>
      this.#tmux('capture-pane', '-p', '-e', '-t', `${name}:`, ...options)
        .split('\n')
        .slice(0, -1);
    const format = facts.map((fact) => `${fact}=#{${fact}}`).join(' ');
    const state = {
      screen: capture(),
      history: capture('-S', '-', '-E', '-1'),
      behind: capture('-a', '-q'),
      facts: this.#tmux('display-message', '-p', '-t', `${name}:`, format).trim(),
    };
    this.#tmux('kill-session', '-t', name);
    return state;
  }

  #tmux(...args: string[]): string {
    const { TMUX: _, ...env } = process.env;
    return execFileSync('tmux', ['-S', join(this.#folder, 'socket'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' },
      maxBuffer: 64 * 1024 * 1024,
    });
  }
}
