// What undoes the session in the user's terminal, when something ends being attached at an awkward moment.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attach } from '../../src/client/attach.ts';
import type { AttachEnd } from '../../src/client/attach-options.ts';
import type { Reply } from '../../src/protocol/messages.ts';
import { attachWishes } from '../support/attach-wishes.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakeLink } from '../support/fake-link.ts';
import { fakeUserTerminal } from '../support/fake-user-terminal.ts';

const detachKey = '\x1c';
const faults = ['uncaughtException', 'unhandledRejection'] as const;
type Listeners = Record<(typeof faults)[number], ((error: unknown) => void)[]>;
let listenersBefore: Listeners;

const listenersNow = (): Listeners => ({
  uncaughtException: process.listeners('uncaughtException') as ((error: unknown) => void)[],
  unhandledRejection: process.listeners('unhandledRejection') as ((error: unknown) => void)[],
});

beforeEach(() => {
  vi.useFakeTimers();
  listenersBefore = listenersNow();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  expect(listenersNow()).toEqual(listenersBefore);
  vi.useRealTimers();
});

const output = (text: string): Reply => ({ kind: 'output', body: bytesOf(text) });
const restoration = (text: string): Reply => ({ kind: 'restoration', body: bytesOf(text) });
const left: Reply = { kind: 'left', body: { left: { reason: 'detached' }, endRow: 3, isAnswerDue: false } };
/** The cursor goes to a new line below the session. */
const below = '\x1b[3;1H\r\n';

/** Everything that needs no time has happened. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** Attached, with a screen that is shown and what undoes it. */
async function hold() {
  const [link, terminal] = [fakeLink(), fakeUserTerminal()];
  const attachment = { link, terminal, end: null as AttachEnd | null };
  attach({ link, terminal, ...attachWishes() }).then((end) => {
    attachment.end = end;
  });
  await settle();
  link.say({ kind: 'attached', body: { id: 'abcdefghij', name: 'work' } }, output('screen'), restoration('<undo>'));
  await settle();
  return attachment;
}

describe.each(faults)('an error of our own, %s', (kind) => {
  it('restores the terminal and ends being attached, with the error', async () => {
    const attachment = await hold();
    const added = listenersNow()[kind].filter((listener) => !listenersBefore[kind].includes(listener));
    expect(added).toHaveLength(1);
    const error = new Error('our own fault');
    added[0]!(error);
    await settle();
    await vi.runAllTimersAsync();
    expect(attachment.end).toEqual({ kind: 'fault', error });
    expect(attachment.terminal.shown).toMatch(/^screen<undo>\x1b\[24;1H\r\n/);
    expect(attachment.terminal).toMatchObject({ hasReader: false, hasListeners: false, isTransparent: false });
    expect(attachment.link.isClosed).toBe(true);
  });
});

describe('the detach key', () => {
  it('while the terminal takes its time undoes also what it is taking', async () => {
    const { link, terminal } = await hold();
    terminal.block();
    link.say(output('<alternate>'), restoration('<leave alternate>'), output('<more>'), restoration('<undo more>'));
    terminal.type(detachKey);
    link.say(left);
    terminal.unblock();
    await settle();
    expect(terminal.shown).toBe(`screen<alternate><leave alternate>${below}`);
  });

  it('between output and what undoes it is no reason to miss that', async () => {
    const { link, terminal } = await hold();
    link.say(output('<alternate>'));
    terminal.type(detachKey);
    link.say(restoration('<leave alternate>'), output('<more>'), restoration('<undo more>'), left);
    await settle();
    expect(terminal.shown).toBe(`screen<alternate><leave alternate>${below}`);
  });

  it('while a resync is under way undoes nothing twice', async () => {
    const { link, terminal } = await hold();
    terminal.block();
    link.say({ kind: 'resync', body: {} }, output('<repaint>'), restoration('<undo repaint>'));
    await settle();
    terminal.type(detachKey);
    link.say(left);
    terminal.unblock();
    await settle();
    expect(terminal.shown).toBe(`screen<undo>${below}`);
  });

  it('before a resync that is never shown undoes what is shown', async () => {
    const { link, terminal } = await hold();
    terminal.type(detachKey);
    link.say({ kind: 'resync', body: {} }, output('<repaint>'), restoration('<undo repaint>'), left);
    await settle();
    expect(terminal.shown).toBe(`screen<undo>${below}`);
  });

  it('is not the end of an escape typed behind it', async () => {
    const { link, terminal } = await hold();
    terminal.type(`${detachKey}ls`);
    terminal.type('\x1b');
    link.say(left);
    await settle();
    expect(terminal.unreadText).toBe('ls\x1b');
  });
});

it('the first half of an answer is not lost when the session ends before the second comes', async () => {
  const { link, terminal } = await hold();
  terminal.mute();
  terminal.type('\x1b[12');
  link.say({ kind: 'left', body: { left: { reason: 'released' }, endRow: 3, isAnswerDue: true } });
  await settle();
  terminal.type(';40R\x1b[?62c');
  await settle();
  expect(terminal.unreadText).toBe('');
});

it('a terminal that was shown nothing of the session is left alone', async () => {
  const [link, terminal] = [fakeLink(), fakeUserTerminal()];
  attach({ link, terminal, ...attachWishes() });
  await settle();
  terminal.type(detachKey);
  link.say(
    { kind: 'attached', body: { id: 'abcdefghij', name: 'work' } },
    output('screen'),
    restoration('<undo>'),
    left,
  );
  await settle();
  expect(terminal.shown).toBe('');
});
