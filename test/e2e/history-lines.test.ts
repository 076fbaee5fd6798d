import { afterEach, describe, expect, it } from 'vitest';
import { script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { linesOf, stopSession, waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const rows = 24;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Makes a session that prints so many lines, once, and a word that is not in its command, where `history_lines` is `kept`. */
async function makePrinted(count: number, kept: number): Promise<void> {
  const { env } = sandbox.settings(`history_lines = ${kept}\n`);
  const mark = sandbox.freshPath('mark');
  const print = `[ -e ${mark} ] || { touch ${mark}; seq -f 'line %.0f' 1 ${count}; printf e''nd; }; exec sleep 4000`;
  await sandbox.runOk(['new', '-d', 'work', '--', ...script(print)], { env });
  await waitUntil(async () => (await peekAll()).screen.includes('end'), 'the program has printed');
}

async function peekAll(): Promise<{ history: string[]; screen: string[] }> {
  return JSON.parse((await sandbox.runOk(['peek', 'work', '--json', '--all'])).stdout);
}

function numbered(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
}

describe('a session keeps as many lines of history as the settings said when it was made', () => {
  it.each([
    { kept: 0, count: 200 },
    { kept: 50, count: 200 },
    { kept: 20_000, count: 25_000 },
  ])('$kept, also when its server was killed, and once it was resumed', async ({ kept, count }) => {
    await makePrinted(count, kept);
    const first = count - kept - rows + 2;
    const printed = [...numbered(first, count), 'end'];
    expect((await peekAll()).history).toHaveLength(kept);
    expect(await linesOf(sandbox, 'work')).toEqual(printed);
    await waitUntilSaved(sandbox, 'work', 'end');

    await stopSession(sandbox, 'work');
    expect(await linesOf(sandbox, 'work')).toEqual(printed);
    await sandbox.runOk(['resume', 'work']);
    const told = expect.stringMatching(/^\[stay\] .*: its server was killed; started again$/);
    await waitUntil(async () => (await linesOf(sandbox, 'work')).length > 1, 'it has a screen');
    const { history, screen } = await peekAll();
    // Our line and the one that the program stands on came below.
    expect(history).toEqual(numbered(count - kept - rows + 4, count - rows + 3));
    expect(screen).toEqual([...numbered(count - rows + 4, count), 'end', told, '']);

    // What comes back now is a checkpoint alone.
    await stopSession(sandbox, 'work', 'SIGTERM');
    expect(await peekAll()).toMatchObject({ history, screen });
  });

  it('and shows all of them to who attaches and asks for as many', async () => {
    await makePrinted(25_000, 20_000);
    const { env } = sandbox.settings('replay_lines = 1000000\n');
    const terminal = sandbox.terminal(['attach', 'work'], { env });
    await terminal.waitFor(/^line 25000\nend$/m);
    const shown = terminal.history().map((line) => line.trimEnd());
    expect(shown.filter((line) => line.startsWith('line '))).toEqual(numbered(25_000 - 20_000 - rows + 2, 25_000));
  });
});
