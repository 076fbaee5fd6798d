// The user's own terminal after a session in which the program changed everything there is to change.

import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signal } from '../support/processes.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { TestTerminal } from '../support/screen.ts';
import { hasTmux } from '../support/tmux.ts';
import { waitUntil } from '../support/waiting.ts';
import { ledgerOf } from './support/terminal-ledger.ts';
import { type Pane, startTmuxServer, type TmuxServer } from './support/tmux-server.ts';

const sandbox = makeSandbox();
const size = { cols: 80, rows: 24 };
const detachKey = '\x1c';

/** Everything on and changed, on both screens, and in the end left inside of a string. */
const everything = [
  ...[
    'left on the normal screen\r\n',
    '\x1b]2;first title\x07',
    '\x1b[>5u',
    '\x1b[>4;2m',
    '\x1b[6 q',
    '\x1b[3g\x1b[10G\x1bH',
  ],
  ...[
    '\x1b]10;#111111\x07',
    '\x1b]11;#222222\x07',
    '\x1b]12;#333333\x07',
    '\x1b]4;1;#444444\x07',
    '\x1b]17;#555555\x07',
  ],
  ...[
    '\x1b[?1049h\x1b[2J',
    '\x1b[>1u',
    '\x1b[>3u',
    '\x1b[?1003h\x1b[?1006h',
    '\x1b[?1004h',
    '\x1b[?2004h',
    '\x1b[?1h\x1b=',
  ],
  ...[
    '\x1b[?25l',
    '\x1b[?5h',
    '\x1b[?45h',
    '\x1b[?2031h',
    '\x1b[?9001h',
    '\x1b]8;;http://localhost/\x1b\\',
    '\x1b[22;0t\x1b]2;inner title\x07',
  ],
  ...[
    '\x1b[?7l',
    '\x1b[4h',
    '\x1b[20h',
    '\x1b[3;10r',
    '\x1b[?6h',
    '\x1b[1;31;44m',
    'NOISY',
    '\x1b(0\x1b)0\x0e',
    '\x1b[?2026h',
    '\x1b]2;half',
  ],
].join('');

/** What the books of its terminal then say. */
const inTheMiddle = {
  modes: ['4', '20'],
  kittyKeys: { normal: [5], alternate: [1, 3] },
  modifyOtherKeys: '2',
  cursorStyle: '6',
  region: '3-10',
  colours: ['10', '11', '12', '4;1', '17'],
  title: 'inner title',
  link: 'http://localhost/',
  isAlternate: true,
};

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** The command line that shows a program with all of that, which then does `rest`. */
function noisyCommand(rest: string): string {
  const [program, bytes] = [sandbox.freshPath('program'), sandbox.freshPath('bytes')];
  writeFileSync(bytes, everything);
  writeFileSync(program, `stty raw -echo; cat ${bytes}; ${rest}`);
  return `stay new work -- bash ${program}; echo status-$?`;
}

async function signalHolder(name: NodeJS.Signals): Promise<void> {
  signal((await sandbox.session('work')).attached?.pid ?? 0, name);
}

async function takeOver(): Promise<void> {
  const other = sandbox.terminal(['attach', 'work'], size);
  await other.waitFor(/NOISY/);
}

const ways = [
  ['the detach key', 'sleep 4000', (type: Typing) => type(detachKey)],
  ['stay detach', 'sleep 4000', () => sandbox.runOk(['detach', 'work'])],
  ['being taken over', 'sleep 4000', takeOver],
  ['the end of the program', 'read -rn1', (type: Typing) => type('x')],
  ['kill -9 of the server', 'sleep 4000', async () => signal(await sandbox.serverPid('work'), 'SIGKILL')],
  ['a hangup of the client', 'sleep 4000', () => signalHolder('SIGHUP')],
  ['a signal to end', 'sleep 4000', () => signalHolder('SIGTERM')],
  ['an interrupt', 'sleep 4000', () => signalHolder('SIGINT')],
] as const;

type Typing = (text: string) => Promise<void>;

describe('a terminal is as it was before, after', () => {
  it.each(ways)('%s', async (_, rest, leave) => {
    const shell = await sandbox.shell(size);
    const [before, after] = [sandbox.freshPath('before'), sandbox.freshPath('after')];
    await shell.type(`printf '\\033]2;my own title\\007'; stty -a > ${before}\r`);
    await shell.waitFor(/stty -a[\s\S]*prompt> ?$/);
    const booksBefore = await books(shell);
    await shell.type(`${noisyCommand(rest)}; stty -a > ${after}\r`);
    await shell.waitFor(/NOISY/);
    await waitUntil(async () => (await books(shell)).privateModes.includes('2026 on'), 'everything has arrived');
    expect(await books(shell)).toMatchObject(inTheMiddle);
    await leave((text) => shell.type(text));
    await shell.waitFor(/^status-\d+\nprompt> ?$/m);
    expect(await books(shell)).toEqual({ ...booksBefore, privateModes: [] });
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(before, 'utf8'));
    expect(shell.history().filter((line) => line === 'left on the normal screen')).toHaveLength(1);
    await shell.type('echo lqx-$((1 + 1))\r');
    await shell.waitFor(/^prompt> echo lqx-\$\(\(1 \+ 1\)\)\nlqx-2\nprompt> ?$/m);
  });

  function books(shell: TestTerminal) {
    return ledgerOf(Buffer.from(shell.received(), 'latin1'), size);
  }
});

describe.skipIf(!hasTmux)('a pane of tmux is as it was before, after', () => {
  let tmux: TmuxServer;
  const facts = [
    ...[
      'pane_title',
      'alternate_on',
      'cursor_flag',
      'insert_flag',
      'keypad_cursor_flag',
      'keypad_flag',
      'mouse_any_flag',
    ],
    ...[
      'mouse_sgr_flag',
      'mouse_utf8_flag',
      'origin_flag',
      'wrap_flag',
      'scroll_region_upper',
      'scroll_region_lower',
      'pane_tabs',
    ],
  ].map((fact) => `${fact}=#{${fact}}`);

  beforeAll(async () => {
    tmux = await startTmuxServer(sandbox);
  });
  afterAll(() => tmux?.stop());

  it.each(ways)('%s', async (_, rest, leave) => {
    const pane = await tmux.open("PS1='prompt> ' bash --norc", size);
    await pane.waitFor(/prompt>$/);
    await pane.type("printf '\\033]2;my own title\\007'; echo line above");
    await pane.press('Enter');
    await pane.waitFor(/^line above\nprompt>$/m);
    const factsBefore = await pane.format(facts.join('\n'));
    await pane.type(noisyCommand(rest));
    await pane.press('Enter');
    await waitUntil(async () => (await pane.format('#{insert_flag}#{origin_flag}')) === '11', 'everything has arrived');
    await leave((text) => pane.type(text));
    await pane.waitFor(/^status-\d+\nprompt>$/m);
    expect(await pane.format(facts.join('\n'))).toBe(factsBefore);
    expect(await rowsOf(pane)).toEqual(expect.arrayContaining(['line above', 'left on the normal screen']));
    // A paste is not bracketed any more, and what is typed stands alone behind the prompt.
    await pane.paste('echo lqx-$((1 + 1))');
    await pane.press('Enter');
    await pane.waitFor(/^prompt> echo lqx-\$\(\(1 \+ 1\)\)\nlqx-2\nprompt>$/m);
    const colours = (await pane.capture()).join('\n');
    expect(colours).not.toMatch(/\x1b\[[\d;]*(?:31|44)m.*lqx/);
    await pane.close();
  });

  it('programs that end before their questions are answered', async () => {
    const pane = await tmux.open("PS1='prompt> ' bash --norc", size);
    await pane.waitFor(/prompt>$/);
    const program = sandbox.freshPath('asks');
    writeFileSync(program, "printf '\\033[c\\033[>c\\033[6n\\033[5n\\033[>q\\033]11;?\\007'");
    await pane.type(`for n in 1 2 3 4 5; do stay new -- sh ${program}; done; clear; echo all-$((2 + 3))`);
    await pane.press('Enter');
    await pane.waitFor(/^all-5\nprompt>$/);
    await pane.type('echo nothing-$((1 + 1))');
    await pane.press('Enter');
    await pane.waitFor(/^all-5\nprompt> echo nothing-\$\(\(1 \+ 1\)\)\nnothing-2\nprompt>$/);
  });

  async function rowsOf(pane: Pane): Promise<string[]> {
    const rows = [...(await pane.capture('history')), ...(await pane.capture())];
    return rows.map((row) => row.replace(/\x1b\[[\d;:]*m/g, '').trimEnd());
  }
});
