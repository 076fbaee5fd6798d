// Real shells with stay's completion switched on, and the keys that one presses in them.

import { spawnSync } from 'node:child_process';
import type { Sandbox } from './sandbox.ts';
import type { TestTerminal } from './screen.ts';

export const shellNames = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof shellNames)[number];

export function hasShell(name: ShellName): boolean {
  return spawnSync(name, ['-c', 'true']).status === 0;
}

interface Start {
  command: readonly string[];
  /** What is typed to get a plain prompt and the completion. */
  setup: string;
}

const starts: Readonly<Record<ShellName, Start>> = {
  bash: {
    command: ['bash', '--norc'],
    setup: `PS1='ready> '; bind 'set show-all-if-ambiguous on'; eval "$(stay completion bash)"`,
  },
  zsh: {
    command: ['zsh', '-f'],
    setup: `autoload -Uz compinit && compinit -u; unsetopt prompt_sp; PS1='ready> '; eval "$(stay completion zsh)"`,
  },
  fish: {
    command: ['fish', '--no-config'],
    setup:
      "set -g fish_autosuggestion_enabled 0; stay completion fish | source; function fish_prompt; echo 'ready> '; end",
  },
};

export interface CompletingShell {
  readonly terminal: TestTerminal;
  /** The words of the command line after `typed` and Tab, as the shell itself parts and unquotes them. */
  wordsAfterTab(typed: string): Promise<string[]>;
  /** Types and presses Tab; waits until the screen shows what is offered, and gives the line up. */
  offers(typed: string, what: RegExp): Promise<void>;
}

/** Opens the shell in the sandbox. It is closed after the test. */
export async function startShell(sandbox: Sandbox, name: ShellName): Promise<CompletingShell> {
  const { command, setup } = starts[name];
  const terminal = sandbox.open(command, { cols: 120, rows: 40 });
  await terminal.type(`${setup}\r`);
  await terminal.waitFor(/^ready> ?$/m);
  let count = 0;

  return {
    terminal,
    async wordsAfterTab(typed) {
      count += 1;
      // Shells take one key after the other, so there is nothing to wait for between Tab and the keys behind it: back to
      // the start of the line, where another command takes the words.
      await terminal.type(`${typed}\t\x01printf 'W${count}:<%s>\\n' \r`);
      const printed = () => terminal.history().flatMap((line) => wordIn(line, `W${count}:`));
      await terminal.waitFor(() => printed().length > 0 && /ready> ?$/.test(terminal.text()));
      return printed();
    },
    async offers(typed, what) {
      await terminal.type(`${typed}\t`);
      await terminal.waitFor(what);
      await terminal.type('\x15\x0c');
      await terminal.waitFor(() => /^ready> ?$/.test(terminal.text().trim()));
    },
  };
}

function wordIn(line: string, mark: string): string[] {
  const word = line.startsWith(`${mark}<`) ? line.slice(mark.length + 1, -1) : null;
  return word === null ? [] : [word];
}
