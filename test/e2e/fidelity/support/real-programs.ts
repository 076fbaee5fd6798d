// Programs that people keep open, and what is done in them: keys, and what the screen shows when they have been obeyed.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../support/sandbox.ts';
import type { Pane } from './tmux-server.ts';

export interface Step {
  /** Keys by tmux's names, or text that is typed as it stands. */
  keys?: readonly string[];
  text?: string;
  shows: RegExp;
}

export interface RealProgram {
  name: string;
  /** A shell command; every start of it begins alike. */
  command(folder: string): string;
  starts: RegExp;
  /** Done before the session is left, and after it was attached again. */
  before: readonly Step[];
  after: readonly Step[];
  quit: readonly Omit<Step, 'shows'>[];
  /** Its screen never stands still: it is stopped while it is looked at, and is its own twin. */
  isVolatile?: boolean;
}

/** The screen once the program has quit. */
export const goneMark = 'program-gone';

/** A folder with files to show, the same for every program. */
export function makeProgramFolder(sandbox: Sandbox): string {
  const folder = sandbox.freshPath('programs');
  mkdirSync(join(folder, 'some folder'), { recursive: true });
  const code = Array.from({ length: 200 }, (_, n) => `int line_${n}(void) { return "text ${n}"; } /* 世界 ${n} */`);
  writeFileSync(join(folder, 'code.c'), `${code.join('\n')}\n`);
  writeFileSync(
    join(folder, 'colours'),
    code.map((line, n) => `\x1b[3${n % 8};4${(n + 3) % 8}m${line}\x1b[m\n`).join(''),
  );
  writeFileSync(join(folder, 'fancy'), '\x1b]2;my title\x1b\\\x1b[1;4;35mfancy\x1b[m\n');
  const mcFolder = join(sandbox.root, 'config', 'mc');
  mkdirSync(mcFolder, { recursive: true });
  // The hint of the day is another one at every start.
  writeFileSync(join(mcFolder, 'ini'), '[Layout]\nmessage_visible=false\nfree_space=false\n');
  return folder;
}

export function isInstalled(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}

export async function doStep(pane: Pane, step: Partial<Step>): Promise<void> {
  if (step.text !== undefined) await pane.type(step.text);
  if (step.keys !== undefined) await pane.press(...step.keys);
  if (step.shows !== undefined) await pane.waitFor(step.shows);
}

function shell(name: string, { start, prompt }: { start: string; prompt: string }): RealProgram {
  return {
    name,
    command: () => start,
    starts: new RegExp(`${prompt}.*$`),
    before: [
      { text: 'cat fancy; seq 15', keys: ['Enter'], shows: new RegExp(`fancy[\\s\\S]*\\n15\\n.*${prompt}.*$`) },
      { text: 'echo half a command', keys: ['Left', 'Left', 'Left'], shows: /half a command/ },
    ],
    after: [
      { text: 'typed ', keys: ['Enter'], shows: new RegExp(`^half a commtyped and\\n[\\s\\S]*${prompt}.*$`, 'm') },
    ],
    quit: [{ text: 'exit', keys: ['Enter'] }],
  };
}

const editorSteps = {
  before: [
    { text: ':split', keys: ['Enter'], shows: /code\.c[\s\S]*code\.c/ },
    { text: '/line_150', keys: ['Enter'], shows: /line_150/ },
    { text: 'ohello 世界', keys: ['Escape'], shows: /^ *\d+ hello 世界/m },
    { text: 'Vkk', shows: /VISUAL LINE/ },
  ],
  after: [
    { text: 'd:set nohlsearch', keys: ['Enter'], shows: /nohlsearch/ },
    { text: 'ggiINSERTED', shows: /INSERTED/ },
  ],
  quit: [{ keys: ['Escape', ':', 'q', 'a', '!', 'Enter'] }],
} as const;

const editorOptions = "-c 'set number ruler showcmd title mouse=a hlsearch laststatus=2 noswapfile' -c 'syntax on'";

const innerOptions = [
  'assume-paste-time 0',
  'automatic-rename off',
  "status-right ''",
  'set-titles on',
  "set-titles-string 'inner title'",
  'mouse on',
]
  .map((option) => `\\; set -g ${option}`)
  .join(' ');

export const realPrograms: readonly RealProgram[] = [
  shell('bash', { start: "INPUTRC=/dev/null PS1='bash> ' bash --norc", prompt: 'bash>' }),
  shell('zsh', { start: "PS1='%F{green}zsh%f> ' RPS1='%F{red}right%f' zsh -f", prompt: 'zsh>' }),
  shell('fish', { start: 'fish --no-config --private', prompt: '[#>]' }),
  {
    name: 'vim',
    command: (folder) => `vim -u NONE -N -i NONE ${editorOptions} ${folder}/code.c`,
    starts: /line_0/,
    ...editorSteps,
  },
  {
    name: 'nvim',
    command: (folder) => `nvim -u NONE -i NONE ${editorOptions} ${folder}/code.c`,
    starts: /line_0/,
    ...editorSteps,
  },
  {
    name: 'less',
    command: (folder) => `less -R ${folder}/colours`,
    starts: /line_0/,
    before: [
      { keys: ['Space', 'Down'], shows: /line_49/ },
      { text: '/text 9', keys: ['Enter'], shows: /^int line_90/ },
    ],
    after: [
      { text: 'n', shows: /^int line_91/ },
      { text: 'G', shows: /END/ },
    ],
    quit: [{ text: 'q' }],
  },
  {
    name: 'htop',
    command: () => 'htop -d 5',
    starts: /F10Quit/,
    before: [{ keys: ['F2'], shows: /Categories|Setup/ }],
    after: [{ keys: ['Escape'], shows: /F10Quit/ }],
    quit: [{ keys: ['F10'] }],
    isVolatile: true,
  },
  {
    name: 'fzf',
    command: () => "seq 1 500 | fzf --exact --multi --color=dark --header 'pick some'",
    starts: /500\/500/,
    before: [
      { text: '42', shows: /15\/500/ },
      { keys: ['Tab', 'Up', 'Tab'], shows: /15\/500 \(2\)/ },
    ],
    after: [{ keys: ['BSpace'], shows: /> 4$/m }],
    quit: [{ keys: ['Escape'] }],
  },
  {
    name: 'mc',
    command: (folder) => `mc -u -x '${folder}' '${folder}'`,
    starts: /10Quit|Quit/,
    before: [
      { keys: ['Down', 'Down'], shows: /code\.c/ },
      { keys: ['F9', 'Down'], shows: /Listing|listing/ },
    ],
    after: [{ keys: ['Escape', 'Escape'], shows: /code\.c/ }],
    quit: [{ keys: ['F10'] }],
  },
  {
    name: 'tmux',
    // Without a clock; and with keys that come at once taken for keys, not for a paste.
    command: (folder) =>
      `PS1='inner> ' tmux -S $(mktemp -d ${folder}/tmux.XXXX)/s -f /dev/null new-session 'bash --norc' ${innerOptions}`,
    starts: /inner>/,
    before: [
      { keys: ['C-b', '%'], shows: /│/ },
      { text: 'seq 30', keys: ['Enter'], shows: /│30/ },
    ],
    after: [{ keys: ['C-b', '"'], shows: /─/ }],
    quit: [{ text: 'tmux kill-server', keys: ['Enter'] }],
  },
  {
    name: 'screen',
    // To a terminal called xterm it sends a reset to 80 columns (DECCOLM), at which tmux clears the screen and xterm does not.
    command: (folder) =>
      `export SCREENDIR=$(mktemp -d ${folder}/screen.XXXX); TERM=tmux-256color PS1='inner> ' screen -c /dev/null bash --norc`,
    starts: /inner>/,
    before: [
      { keys: ['C-a', 'S'], shows: /bash|inner/ },
      { text: 'seq 30', keys: ['Enter'], shows: /30/ },
    ],
    after: [{ text: 'echo more', keys: ['Enter'], shows: /^more$/m }],
    quit: [{ keys: ['C-a', '\\', 'y'] }],
  },
];
