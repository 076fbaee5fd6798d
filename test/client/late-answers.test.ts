import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lateAnswerTimeoutMs } from '../../src/base/limits.ts';
import { dropLateAnswers } from '../../src/client/late-answers.ts';
import { fakeUserTerminal } from '../support/fake-user-terminal.ts';

const lastAnswer = '\x1b[?62;22c';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** What the next reader gets when `pieces` came while answers were dropped. */
async function leftOf(...pieces: string[]): Promise<string> {
  const terminal = fakeUserTerminal();
  terminal.mute();
  const dropped = dropLateAnswers(terminal, 0);
  for (const piece of pieces) terminal.type(piece);
  await dropped;
  expect(terminal.hasReader).toBe(false);
  expect(terminal.shown).toBe('\x1b[c');
  return terminal.unreadText;
}

describe('dropLateAnswers', () => {
  it("takes the program's own question for attributes not for its last", async () => {
    const terminal = fakeUserTerminal();
    const dropped = dropLateAnswers(terminal, 1);
    terminal.type(lastAnswer);
    expect(terminal.hasReader).toBe(true);
    terminal.type(lastAnswer);
    await dropped;
    expect(terminal.hasReader).toBe(false);
  });

  it.each([
    ['a position', '\x1b[12;40R'],
    ['a status', '\x1b[0n'],
    ['secondary attributes', '\x1b[>41;354;0c'],
    ['a mode', '\x1b[?2026;2$y'],
    ['keyboard flags', '\x1b[?5u'],
    ['keyboard modifiers', '\x1b[>4;2m'],
    ['graphics limits', '\x1b[?1;0;256S'],
    ['a size', '\x1b[8;24;80t'],
    ['focus', '\x1b[I\x1b[O'],
    ['a colour', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\'],
    ['a colour ended by BEL', '\x1b]10;rgb:0000/0000/0000\x07'],
    ['a version', '\x1bP>|XTerm(388)\x1b\\'],
  ])('drops %s, and keeps the keys around it', async (_, answer) => {
    expect(await leftOf(`one${answer}two${lastAnswer}`)).toBe('onetwo');
  });

  it.each([
    ['an arrow', '\x1b[A'],
    ['a kitty key', '\x1b[97;5u'],
    ['a mouse button let go', '\x1b[<0;12;4m'],
    ['Alt with a letter', '\x1bx'],
    ['a pasted text', '\x1b[200~ls\x1b[201~'],
    ['text in UTF-8', 'été 👍'],
  ])('keeps %s', async (_, keys) => {
    expect(await leftOf(keys + lastAnswer)).toBe(keys);
  });

  it('understands answers that come in pieces', async () => {
    expect(await leftOf('a\x1b[1', '2;40Rb\x1b[?6', '2c')).toBe('ab');
  });

  it('ends at once when the last answer is there, else after a while', async () => {
    const terminal = fakeUserTerminal();
    terminal.mute();
    let isDone = false;
    const dropped = dropLateAnswers(terminal, 0).then(() => {
      isDone = true;
    });
    await vi.advanceTimersByTimeAsync(lateAnswerTimeoutMs - 1);
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await dropped;
  });

  it('ends when the terminal is gone', async () => {
    const terminal = fakeUserTerminal();
    terminal.breakOutput();
    await dropLateAnswers(terminal, 0);
    expect(terminal.hasReader).toBe(false);
  });
});
