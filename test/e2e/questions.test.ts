// What a program asks its terminal is answered exactly once: by the terminal that is attached, else by stay, which then
// says what the last terminal said.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type AnsweringTerminal, openAnsweringTerminal } from './support/answering-terminal.ts';
import { script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const detachKey = '\x1c';

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface Question {
  name: string;
  text: string;
  /** What we say while no terminal has ever been attached. */
  ours: string;
  /** What the terminal of these tests says. */
  theirs: string;
  /** Whether theirs is what we say from then on: it is about the terminal, not about the screen. */
  isRemembered: boolean;
}

function about(
  subject: 'terminal' | 'screen',
  name: string,
  [text, ours, theirs]: [text: string, ours: string, theirs: string],
): Question {
  return { name, text, ours, theirs, isRemembered: subject === 'terminal' };
}

const questions: Question[] = [
  about('terminal', 'DA1', ['\x1b[c', '\x1b[?1;2c', '\x1b[?62;22c']),
  about('terminal', 'DA2', ['\x1b[>c', '\x1b[>0;276;0c', '\x1b[>41;354;0c']),
  about('terminal', 'DA3', ['\x1b[=c', '\x1bP!|00000000\x1b\\', '\x1bP!|7E565445\x1b\\']),
  about('screen', 'DSR 5', ['\x1b[5n', '\x1b[0n', '\x1b[3n']),
  about('screen', 'DSR 6', ['\x1b[6n', '\x1b[1;1R', '\x1b[7;9R']),
  about('screen', 'DECXCPR', ['\x1b[?6n', '\x1b[?1;1R', '\x1b[?7;9;1R']),
  about('screen', 'DECRQM', ['\x1b[?2004$p', '\x1b[?2004;2$y', '\x1b[?2004;1$y']),
  about('screen', 'DECRQSS', ['\x1bP$qm\x1b\\', '\x1bP1$r0m\x1b\\', '\x1bP1$r0;1m\x1b\\']),
  about('terminal', 'XTVERSION', ['\x1b[>q', '\x1bP>|stay\x1b\\', '\x1bP>|Test(1)\x1b\\']),
  about('terminal', 'XTGETTCAP', [
    '\x1bP+q544e\x1b\\',
    '\x1bP1+r544e=787465726d2d323536636f6c6f72\x1b\\',
    '\x1bP1+r544E=74657374\x1b\\',
  ]),
  about('terminal', 'OSC 4', [
    '\x1b]4;1;?\x07',
    '\x1b]4;1;rgb:cdcd/0000/0000\x1b\\',
    '\x1b]4;1;rgb:1111/2222/3333\x07',
  ]),
  about('terminal', 'OSC 10', ['\x1b]10;?\x07', '\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\', '\x1b]10;rgb:4444/5555/6666\x07']),
  about('terminal', 'OSC 11', ['\x1b]11;?\x07', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b]11;rgb:7777/8888/9999\x07']),
  about('terminal', 'OSC 12', ['\x1b]12;?\x07', '\x1b]12;rgb:e5e5/e5e5/e5e5\x1b\\', '\x1b]12;rgb:aaaa/bbbb/cccc\x07']),
  about('screen', 'kitty keyboard flags', ['\x1b[?u', '\x1b[?0u', '\x1b[?5u']),
  about('screen', 'the size in pixels', ['\x1b[14t', '\x1b[4;384;640t', '\x1b[4;480;800t']),
  about('screen', 'the size of a cell', ['\x1b[16t', '\x1b[6;16;8t', '\x1b[6;20;10t']),
  about('screen', 'the size in cells', ['\x1b[18t', '\x1b[8;24;80t', '\x1b[8;25;81t']),
  about('terminal', 'the colour scheme', ['\x1b[?996n', '\x1b[?997;1n', '\x1b[?997;2n']),
];

const clipboard = { text: '\x1b]52;c;?\x07', theirs: '\x1b]52;c;c2VjcmV0\x07' };
const theirAnswers = new Map([...questions, clipboard].map(({ text, theirs }) => [text, theirs]));

/** Ends what is answered to a question: whoever answers answers this last. */
const lastQuestion = questions.find(({ name }) => name === 'DSR 5')!;

interface Asker {
  /** Has the program print text, and returns what it is sent up to the answer to `lastQuestion`, without that. */
  ask(text: string, by: 'us' | 'them'): Promise<string>;
  /** Has the program print text. */
  print(text: string): void;
  /** Everything that the program was sent. */
  heard(): string;
}

/** A session whose program prints what it is told to, and keeps what it is sent. */
async function newAsker(): Promise<Asker> {
  const [toPrint, answers] = ['print', 'answers'].map(sandbox.freshPath) as [string, string];
  writeFileSync(toPrint, '');
  writeFileSync(answers, '');
  const program = `stty raw -echo; exec 3<&0; cat <&3 >${answers} & tail -n +1 -f ${toPrint} | while IFS= read -r line; do printf "$line"; done`;
  await sandbox.runOk(['new', '-d', 'work', '--', ...script(program)]);
  const heard = () => readFileSync(answers, 'latin1');
  const print = (text: string) => appendFileSync(toPrint, `${forPrintf(text)}\n`);
  async function ask(text: string, by: 'us' | 'them'): Promise<string> {
    const before = heard();
    const end = by === 'us' ? lastQuestion.ours : lastQuestion.theirs;
    const times = (text + lastQuestion.text).split(lastQuestion.text).length;
    print(text + lastQuestion.text);
    await waitUntil(
      () => heard().slice(before.length).split(end).length === times,
      () => JSON.stringify({ text, heard: heard() }),
    );
    return heard().slice(before.length, -end.length);
  }
  return { ask, print, heard };
}

function forPrintf(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\x1b', '\\033').replaceAll('\x07', '\\007');
}

async function attach(latencyMs = 0): Promise<AnsweringTerminal> {
  const command = [...sandbox.command, 'attach', 'work'];
  const terminal = openAnsweringTerminal(command, options(latencyMs));
  await sandbox.waitForSession('work', (one) => one.attached !== null);
  return terminal;
}

function options(latencyMs: number) {
  return { answers: theirAnswers, latencyMs, env: { ...sandbox.env }, cwd: sandbox.home };
}

async function detach(terminal: AnsweringTerminal): Promise<void> {
  await terminal.pty.write(detachKey);
  expect(await terminal.pty.exited).toEqual({ code: 0, signal: null });
}

describe('a question of a program is answered once', () => {
  it('by us while no terminal is attached, by the terminal that is, and then by us as that one did', async () => {
    const asker = await newAsker();
    for (const { name, text, ours } of questions) expect([name, await asker.ask(text, 'us')]).toEqual([name, ours]);
    const terminal = await attach();
    for (const { name, text, theirs } of questions)
      expect([name, await asker.ask(text, 'them')]).toEqual([name, theirs]);
    await detach(terminal);
    for (const { name, text, ours, theirs, isRemembered } of questions)
      expect([name, await asker.ask(text, 'us')]).toEqual([name, isRemembered ? theirs : ours]);
  });

  it('also when all are asked at once', async () => {
    const asker = await newAsker();
    const all = questions.map(({ text }) => text).join('');
    expect(await asker.ask(all, 'us')).toBe(questions.map(({ ours }) => ours).join(''));
    const terminal = await attach();
    expect(await asker.ask(all, 'them')).toBe(questions.map(({ theirs }) => theirs).join(''));
    await detach(terminal);
  });

  it('by us too when its answerer leaves before the answer came, and the late answer is not typed into the shell', async () => {
    const asker = await newAsker();
    const asked = questions.filter(({ name }) => ['DA1', 'XTVERSION', 'OSC 11', 'DECRQM', 'DSR 6'].includes(name));
    const shell = openAnsweringTerminal(['/bin/bash'], options(150));
    await shell.waitFor(/prompt> $/);
    await shell.pty.write('stay attach work\r');
    await sandbox.waitForSession('work', (one) => one.attached !== null);
    asker.print(asked.map(({ text }) => text).join(''));
    await waitUntil(() => shell.asked.length === asked.length, 'the terminal is asked');
    await shell.pty.write(detachKey);
    await shell.waitFor(/detached from work.*\r\n.*prompt> $/);
    await waitUntil(() => shell.hasAnsweredAll(), 'the terminal has answered');
    await shell.pty.write('echo typed-$((1 + 1))\r');
    await shell.waitFor(/typed-2\r\nprompt> $/);
    expect(shell.text().split(/detached from work/)[1]).toMatch(
      /^[^\r\n]*\r\n[^\r\n]*prompt> echo typed-\$\(\(1 \+ 1\)\)\r\ntyped-2\r\nprompt> $/,
    );
    expect(asker.heard()).toBe(asked.map(({ ours }) => ours).join(''));
  });
});

it('the clipboard is read by nobody while detached, and is told by the attached terminal alone', async () => {
  const asker = await newAsker();
  const copy = '\x1b]52;c;c2VjcmV0\x07';
  expect(await asker.ask(copy + clipboard.text, 'us')).toBe('');
  const terminal = await attach();
  expect(await asker.ask(clipboard.text, 'them')).toBe(clipboard.theirs);
  await detach(terminal);
  expect(await asker.ask(clipboard.text, 'us')).toBe('');
});
