// Keys that do something besides detaching, in an attachment whose terminal and server are the test.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseDetachKeys } from '../../src/base/key-notation.ts';
import { answerTimeoutMs, noticeMs } from '../../src/base/limits.ts';
import { attach } from '../../src/client/attach.ts';
import type { AttachEnd, AttachOptions, Errand, Outcome } from '../../src/client/attach-options.ts';
import type { Reply } from '../../src/protocol/messages.ts';
import { attachWishes } from '../support/attach-wishes.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakeLink } from '../support/fake-link.ts';
import { fakeUserTerminal } from '../support/fake-user-terminal.ts';

const [nextKey, listKey, detachKey] = ['\x0e', '\x1d', '\x1c'];
const bindings = [
  { keys: parseDetachKeys('ctrl-n'), action: 'next' },
  { keys: parseDetachKeys('ctrl-]'), action: 'list' },
] as const;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const output = (text: string): Reply => ({ kind: 'output', body: bytesOf(text) });
const restoration = (text: string): Reply => ({ kind: 'restoration', body: bytesOf(text) });
const left = (reason: 'detached' | 'killed'): Reply => ({
  kind: 'left',
  body: { left: { reason }, endRow: 3, isAnswerDue: false },
});
const covered: Reply = { kind: 'covered', body: { isAnswerDue: false } };

/** An attachment that is held. `errand` settles what a key asks for. */
async function hold(changes: Partial<AttachOptions> = {}, canCover = true) {
  const [link, terminal] = [fakeLink(), fakeUserTerminal()];
  const test = {
    link,
    terminal,
    ended: null as AttachEnd | null,
    errands: [] as Errand[],
    errand: Promise.withResolvers<Outcome>(),
    isEnding: false,
  };
  const act = (errand: Errand, ending: AbortSignal) => {
    test.errands.push(errand);
    ending.addEventListener('abort', () => {
      test.isEnding = true;
    });
    test.errand = Promise.withResolvers<Outcome>();
    return test.errand.promise;
  };
  void attach({ link, terminal, ...attachWishes(bindings), act, ...changes }).then((end) => {
    test.ended = end;
  });
  await settle();
  link.say(
    { kind: 'attached', body: { id: 'abcdefghij', name: 'work', canCover } },
    restoration('<undo>'),
    output('screen'),
  );
  await settle();
  return test;
}

type Test = Awaited<ReturnType<typeof hold>>;

const kinds = ({ link }: Test) => link.sent.map(({ kind }) => kind).filter((kind) => kind !== 'attach');
const typedInto = ({ link }: Test) =>
  textOf(...link.sent.flatMap((request) => (request.kind === 'input' ? [request.body] : [])));

async function detach(test: Test): Promise<void> {
  test.terminal.type(detachKey);
  test.link.say(left('detached'));
  await settle();
}

describe('a key that goes to another session', () => {
  it('leaves this one once it is clear which, and what is typed meanwhile is for the next', async () => {
    const test = await hold();
    test.terminal.type(`a${nextKey}b`);
    test.terminal.type(`c${nextKey}d`);
    expect(test.errands).toEqual(['next']);
    expect(kinds(test)).toEqual(['input']);
    test.errand.resolve({ kind: 'switch', to: 'other00001' });
    await settle();
    expect(kinds(test)).toEqual(['input', 'detach']);
    test.link.say(left('detached'));
    await settle();
    expect(test.ended).toEqual({ kind: 'switch', to: 'other00001' });
    expect(typedInto(test)).toBe('a');
    expect(test.terminal.unreadText).toBe(`bc${nextKey}d`);
    expect(test.terminal.shown).toBe('screen<undo>\x1b[3;1H\r\n');
  });

  it('goes on showing the session until then, and stays in it when nothing is to be told', async () => {
    const test = await hold();
    test.terminal.type(`${nextKey}typed`);
    test.link.say(output(' goes on'));
    test.errand.resolve({ kind: 'stay', notice: null });
    await settle();
    expect(test.terminal.shown).toBe('screen goes on');
    expect(typedInto(test)).toBe('typed');
    await detach(test);
  });

  it('tells why not over the session, until a key, which is the program’s', async () => {
    const test = await hold();
    test.terminal.type(nextKey);
    test.errand.resolve({ kind: 'stay', notice: '[stay] no' });
    await settle();
    expect(kinds(test)).toEqual(['cover']);
    test.link.say(covered);
    await settle();
    expect(test.terminal.shown).toContain('[stay] no');
    expect(test.terminal.shown).not.toContain('<undo>');
    test.terminal.type('k');
    await settle();
    expect(kinds(test)).toEqual(['cover', 'uncover', 'input']);
    await detach(test);
    expect(test.ended).toMatchObject({ kind: 'left' });
  });

  it('tells it for a while', async () => {
    const test = await hold();
    test.terminal.type(nextKey);
    test.errand.resolve({ kind: 'stay', notice: '[stay] no' });
    await settle();
    test.link.say(covered);
    await vi.advanceTimersByTimeAsync(noticeMs);
    expect(kinds(test)).toEqual(['cover', 'uncover']);
    await detach(test);
  });

  it('rings where the server is too old to be covered', async () => {
    const test = await hold({}, false);
    test.terminal.type(nextKey);
    test.errand.resolve({ kind: 'stay', notice: '[stay] no' });
    await settle();
    expect(test.terminal.shown).toBe('screen\x07');
    expect(kinds(test)).toEqual([]);
    await detach(test);
  });
});

describe('the list key', () => {
  it('gives the terminal away as it was, and shows the session again when it is back', async () => {
    const test = await hold();
    test.terminal.type(`${listKey}for the list`);
    await settle();
    expect(test.errands).toEqual([]);
    test.link.say(output(' the last'), covered);
    await settle();
    expect(test.errands).toEqual(['list']);
    expect(test.terminal.shown).toBe('screen the last<undo>');
    expect(test.terminal).toMatchObject({ hasReader: false, isTransparent: false, unreadText: 'for the list' });
    test.errand.resolve({ kind: 'stay', notice: null });
    await settle();
    expect(test.terminal).toMatchObject({ hasReader: true, isTransparent: true });
    test.link.say({ kind: 'resync', body: {} }, restoration('<undo more>'), output('<again>'));
    await settle();
    await detach(test);
    expect(test.terminal.shown).toBe('screen the last<undo><again><undo more>\x1b[3;1H\r\n');
  });

  it('is over soon when the session ends meanwhile, and what that still shows comes after the list', async () => {
    const test = await hold();
    test.terminal.type(listKey);
    test.link.say(covered);
    await settle();
    test.link.say({ kind: 'resync', body: {} }, restoration('<undo more>'), output('<last words>'), left('killed'));
    await settle();
    expect(test).toMatchObject({ isEnding: true, ended: null });
    expect(test.terminal.shown).toBe('screen<undo>');
    test.errand.resolve({ kind: 'stay', notice: null });
    await settle();
    expect(test.ended).toEqual({ kind: 'left', left: { reason: 'killed' } });
    expect(test.terminal.shown).toBe('screen<undo><last words><undo more>\x1b[3;1H\r\n');
    expect(kinds(test)).toEqual(['cover']);
  });

  it('is over soon when the server is lost or the terminal hangs up', async () => {
    for (const end of ['lost', 'hangup'] as const) {
      const test = await hold();
      test.terminal.type(listKey);
      test.link.say(covered);
      await settle();
      if (end === 'lost') test.link.lose();
      else test.terminal.hangUp();
      expect(test.isEnding).toBe(true);
      test.errand.resolve({ kind: 'stay', notice: null });
      await settle();
      expect(test.ended).toEqual({ kind: end });
    }
  });

  it('does nothing when the server does not let go, and takes back what it says too late', async () => {
    const test = await hold();
    test.terminal.type(`${listKey}typed`);
    await vi.advanceTimersByTimeAsync(answerTimeoutMs);
    expect(test.errands).toEqual([]);
    expect(typedInto(test)).toBe('typed');
    test.link.say(covered);
    expect(kinds(test)).toEqual(['cover', 'input', 'uncover']);
    await detach(test);
  });

  it('leaves a session whose server is too old to be covered', async () => {
    const test = await hold({}, false);
    test.terminal.type(listKey);
    test.link.say(left('detached'));
    await settle();
    expect(test.ended).toEqual({ kind: 'list' });
  });
});

it('being sent elsewhere by the server is a switch', async () => {
  const test = await hold();
  test.link.say({
    kind: 'left',
    body: { left: { reason: 'switched', to: 'other00001' }, endRow: 3, isAnswerDue: false },
  });
  await settle();
  expect(test.ended).toEqual({ kind: 'switch', to: 'other00001' });
});

it('what is to be told first is told over the first screen', async () => {
  const test = await hold({ notice: '[stay] gone' });
  test.link.say(covered);
  await settle();
  expect(test.terminal.shown).toMatch(/^screen.*\[stay\] gone/s);
  test.terminal.type('x');
  await settle();
  expect(typedInto(test)).toBe('x');
  await detach(test);
});

describe('the time on the line', () => {
  it('is told at every full minute, but not while the list is shown', async () => {
    vi.setSystemTime(new Date(2026, 0, 5, 9, 58, 30));
    const test = await hold({ look: { kind: 'line', keys: 'f8 next' } });
    expect(test.link.sent[0]).toMatchObject({ body: { look: { kind: 'line', time: '09:58', keys: 'f8 next' } } });
    const times = () => test.link.sent.flatMap((request) => (request.kind === 'line' ? [request.body.time] : []));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(times()).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_001);
    expect(times()).toEqual(['09:59', '10:00']);
    test.terminal.type(listKey);
    test.link.say(covered);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(times()).toEqual(['09:59', '10:00']);
    test.errand.resolve({ kind: 'stay', notice: null });
    await settle();
    expect(times()).toEqual(['09:59', '10:00', '10:03']);
    await detach(test);
  });
});
