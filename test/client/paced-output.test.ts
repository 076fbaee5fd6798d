import { describe, expect, it } from 'vitest';
import { maxUnwrittenBytes } from '../../src/base/limits.ts';
import { PacedOutput } from '../../src/client/paced-output.ts';
import { bytesOf, textOf } from '../support/bytes.ts';

/** An output whose writes the test finishes one by one. */
function open() {
  const events: string[] = [];
  const taken: number[] = [];
  const begun: { bytes: Uint8Array; done(): void; fail(error: Error): void }[] = [];
  let isQuick = false;
  const output = new PacedOutput({
    writeNow(bytes) {
      const taken = isQuick ? Math.min(bytes.length, 2) : 0;
      if (taken > 0) events.push(`at once ${textOf(bytes.subarray(0, taken))}`);
      return taken;
    },
    write: (bytes) => new Promise((resolve, reject) => void begun.push({ bytes, done: resolve, fail: reject })),
    onTaken: (bytes) => taken.push(bytes),
    onFull: () => events.push('full'),
    onReady: () => events.push('ready'),
    onError: (error) => events.push((error as Error).message),
  });
  const finish = async () => {
    begun.at(-1)!.done();
    await new Promise((resolve) => setImmediate(resolve));
  };
  /** The terminal takes two bytes at a time without waiting. */
  const makeQuick = () => {
    isQuick = true;
  };
  return { output, events, taken, begun, finish, makeQuick, texts: () => begun.map(({ bytes }) => textOf(bytes)) };
}

describe('PacedOutput', () => {
  it('writes one thing at a time, and what came meanwhile at once', async () => {
    const { output, finish, texts } = open();
    for (const text of ['a', 'b', 'c']) output.write(bytesOf(text));
    expect(texts()).toEqual(['a']);
    await finish();
    expect(texts()).toEqual(['a', 'bc']);
    await finish();
    output.write(bytesOf('d'));
    expect(texts()).toEqual(['a', 'bc', 'd']);
  });

  it('gives what the terminal takes without waiting at once, and only when nothing waits', async () => {
    const { output, events, taken, finish, makeQuick, texts } = open();
    makeQuick();
    output.write(bytesOf('ab'));
    expect([events, taken, texts()]).toEqual([['at once ab'], [2], []]);
    output.write(bytesOf('cde'));
    output.write(bytesOf('f'));
    expect([events, texts()]).toEqual([['at once ab', 'at once cd'], ['e']]);
    await finish();
    await finish();
    expect([texts(), taken]).toEqual([
      ['e', 'f'],
      [2, 2, 1, 1],
    ]);
  });

  it('says that the terminal is slow, once, and that it goes on', async () => {
    const { output, events, finish } = open();
    const half = new Uint8Array(maxUnwrittenBytes / 2 + 1);
    for (let count = 0; count < 4; count++) output.write(half);
    expect(events).toEqual(['full']);
    await finish();
    expect(events).toEqual(['full', 'ready']);
  });

  it('drops what was to be done for the bytes that are dropped, and not what was to be done before', async () => {
    const { output, finish, texts } = open();
    output.write(bytesOf('a'));
    const done: string[] = [];
    const note = (text: string) => () => {
      done.push(text);
      return null;
    };
    output.afterwards(note('after a'));
    output.afterwards(note('before b'), { isOfNext: true });
    output.write(bytesOf('b'));
    expect(output.drop()).toBe(true);
    await finish();
    expect(done).toEqual(['after a']);
    expect(texts()).toEqual(['a']);
  });

  it('goes on too when what waits is dropped', () => {
    const { output, events } = open();
    output.write(bytesOf('a'));
    output.write(new Uint8Array(maxUnwrittenBytes + 1));
    output.drop();
    expect(events).toEqual(['full', 'ready']);
  });

  it('finishes when the terminal has taken everything', async () => {
    const { output, finish } = open();
    let isFinished = false;
    output.write(bytesOf('a'));
    output.write(bytesOf('b'));
    const finished = output.finished().then(() => {
      isFinished = true;
    });
    await finish();
    expect(isFinished).toBe(false);
    await finish();
    await finished;
    await output.finished();
  });

  it('drops what was not yet given to the terminal, and what should have followed it', async () => {
    const { output, finish, texts } = open();
    let isCalled = false;
    output.write(bytesOf('a'));
    output.write(bytesOf('b'));
    output.afterwards(() => {
      isCalled = true;
      return null;
    });
    output.drop();
    await finish();
    await output.finished();
    expect(texts()).toEqual(['a']);
    expect(isCalled).toBe(false);
  });

  it('calls back behind the bytes that came before, and before those that came after', async () => {
    const { output, events, finish, texts } = open();
    const note = (event: () => string) => () => {
      events.push(event());
      return null;
    };
    output.afterwards(note(() => 'at once'));
    output.write(bytesOf('a'));
    output.write(bytesOf('b'));
    output.afterwards(note(() => `after ${texts().join('')}`));
    output.write(bytesOf('c'));
    output.afterwards(note(() => `after ${texts().join('')}`));
    expect(events).toEqual(['at once']);
    await finish();
    expect(events).toEqual(['at once']);
    await finish();
    expect(events).toEqual(['at once', 'after ab']);
    await finish();
    expect(events).toEqual(['at once', 'after ab', 'after abc']);
  });

  it('writes what a callback returns before what came later', async () => {
    const { output, finish, texts } = open();
    output.write(bytesOf('a'));
    output.afterwards(() => bytesOf('undo a'));
    output.write(bytesOf('b'));
    await finish();
    await finish();
    await finish();
    await output.finished();
    expect(texts()).toEqual(['a', 'undo a', 'b']);
  });

  it('tells how much the terminal has taken, but not of what callbacks added', async () => {
    const { output, taken, finish } = open();
    output.write(bytesOf('a'));
    output.write(bytesOf('bc'));
    output.afterwards(() => bytesOf('undo'));
    expect(taken).toEqual([]);
    await finish();
    await finish();
    await finish();
    await output.finished();
    expect(taken).toEqual([1, 2]);
  });

  it('tells that the terminal is gone and does not keep what waits for it', async () => {
    const { output, events, begun } = open();
    output.write(bytesOf('a'));
    output.write(bytesOf('b'));
    begun[0]!.fail(new Error('EIO'));
    await output.finished();
    expect(events).toEqual(['EIO']);
    expect(begun).toHaveLength(1);
  });
});
