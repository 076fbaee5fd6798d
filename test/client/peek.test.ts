import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerTimeoutMs } from '../../src/base/limits.ts';
import { peekAt } from '../../src/client/peek.ts';
import type { Reply, ScreenFacts } from '../../src/protocol/messages.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakeLink } from '../support/fake-link.ts';

const facts: ScreenFacts = {
  cols: 20,
  rows: 2,
  historyLines: 1,
  cursor: { col: 3, row: 1, isVisible: true },
  isAlternateScreen: false,
  title: 'a title',
};
const screen: Reply = { kind: 'screen', body: facts };
const lines = (bytes: Uint8Array): Reply => ({ kind: 'lines', body: bytes });
const options = { historyLines: 1, isAnsi: false };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('peekAt', () => {
  it('asks, gives the lines and the facts, and closes the link', async () => {
    const link = fakeLink();
    const peeked = peekAt(link, options);
    expect(link.sent).toEqual([{ kind: 'peek', body: options }]);
    link.say(lines(bytesOf('one\n\n  three\n')), screen);
    expect(await peeked).toEqual({ lines: ['one', '', '  three'], facts });
    expect(link.isClosed).toBe(true);
  });

  it('understands text that comes in pieces, cut anywhere', async () => {
    const link = fakeLink();
    const peeked = peekAt(link, options);
    for (const byte of bytesOf('世界\n👍🏽 é\n')) link.say(lines(Uint8Array.of(byte)));
    link.say(screen);
    expect((await peeked).lines).toEqual(['世界', '👍🏽 é']);
  });

  it('passes on why the server refuses', async () => {
    const link = fakeLink();
    const peeked = peekAt(link, options);
    link.say({ kind: 'failed', body: { code: 'internal', message: 'Cannot look', hint: 'Wait' } });
    await expect(peeked).rejects.toMatchObject({ code: 'internal', message: 'Cannot look', hint: 'Wait' });
    expect(link.isClosed).toBe(true);
  });

  it('gives up when the server goes', async () => {
    const link = fakeLink();
    const peeked = peekAt(link, options);
    link.say(lines(bytesOf('half')));
    link.lose();
    await expect(peeked).rejects.toMatchObject({ code: 'connectionLost' });
    expect(link.isClosed).toBe(true);
  });

  it('gives up when the server does not answer', async () => {
    const link = fakeLink();
    const peeked = peekAt(link, options);
    const refused = expect(peeked).rejects.toMatchObject({ code: 'connectionLost' });
    await vi.advanceTimersByTimeAsync(answerTimeoutMs * 5);
    await refused;
    expect(link.isClosed).toBe(true);
  });
});
