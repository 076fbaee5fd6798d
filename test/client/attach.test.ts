import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  attachTimeoutMs,
  escapeHoldMs,
  lateAnswerTimeoutMs,
  maxUnwrittenBytes,
  partingTimeoutMs,
  resizeSettleMs,
} from '../../src/base/limits.ts';
import { attach } from '../../src/client/attach.ts';
import type { AttachEnd, AttachOptions } from '../../src/client/attach-options.ts';
import type { EndSignal } from '../../src/platform/end-signals.ts';
import type { Left, Reply } from '../../src/protocol/messages.ts';
import { attachWishes } from '../support/attach-wishes.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakeLink } from '../support/fake-link.ts';
import { fakeUserTerminal } from '../support/fake-user-terminal.ts';
import { sampleHolder } from '../support/samples.ts';

const detachKey = '\x1c';
/** By its answer the terminal tells that no other is under way. */
const lastQuestion = '\x1b[c';
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
let listenersBefore: Record<EndSignal, ((signal: EndSignal) => void)[]>;

beforeEach(() => {
  vi.useFakeTimers();
  listenersBefore = { SIGHUP: [], SIGINT: [], SIGTERM: [] };
  for (const signal of signals) listenersBefore[signal] = process.listeners(signal);
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  for (const signal of signals) expect(process.listeners(signal)).toEqual(listenersBefore[signal]);
  vi.useRealTimers();
});

const attached: Reply = { kind: 'attached', body: { id: 'abcdefghij', name: 'work' } };
const output = (text: string): Reply => ({ kind: 'output', body: bytesOf(text) });
const restoration = (text: string): Reply => ({ kind: 'restoration', body: bytesOf(text) });
const left = (why: Left, endRow = 3, isAnswerDue?: boolean): Reply => ({
  kind: 'left',
  body: { left: why, endRow, isAnswerDue },
});

/** Begins to attach. `ended` is how it ended, once it has. */
async function begin(terminal = fakeUserTerminal(), changes: Partial<AttachOptions> = {}) {
  const link = fakeLink();
  const attachment = { link, terminal, ended: null as AttachEnd | { error: unknown } | null };
  const wishes = { ...attachWishes(), from: '192.0.2.7', replayLines: 500 };
  attach({ link, terminal, ...wishes, ...changes }).then(
    (end) => {
      attachment.ended = end;
    },
    (error: unknown) => {
      attachment.ended = { error };
    },
  );
  await settle();
  return attachment;
}

/** The same, taken by the server, which has painted something and said how to undo it. */
async function hold(terminal = fakeUserTerminal()) {
  const attachment = await begin(terminal);
  attachment.link.say(attached, output('screen'), restoration('<undo>'));
  await settle();
  return attachment;
}

/** Everything that needs no time has happened. */
const settle = () => vi.advanceTimersByTimeAsync(0);

function raise(signal: EndSignal): void {
  const added = process.listeners(signal).filter((listener) => !listenersBefore[signal].includes(listener));
  expect(added).toHaveLength(1);
  added[0]!(signal);
}

const sentKinds = ({ link }: { link: ReturnType<typeof fakeLink> }) => link.sent.map(({ kind }) => kind);
const typedInto = ({ link }: { link: ReturnType<typeof fakeLink> }) =>
  textOf(...link.sent.flatMap((request) => (request.kind === 'input' ? [request.body] : [])));

/** Nothing of the attachment is left: neither on the terminal nor on the link. */
function expectLetGo({ terminal, link }: Awaited<ReturnType<typeof begin>>): void {
  expect(terminal).toMatchObject({ hasReader: false, hasListeners: false, isTransparent: false });
  expect(link.isClosed).toBe(true);
}

describe('being attached', () => {
  it('begins with who we are and what we can show', async () => {
    const attachment = await begin(fakeUserTerminal({ cols: 100, rows: 30 }), { inside: 'another001', ifFree: true });
    expect(attachment.link.sent).toEqual([
      {
        kind: 'attach',
        body: {
          cols: 100,
          rows: 30,
          tty: '/dev/pts/9',
          from: '192.0.2.7',
          inside: 'another001',
          ifFree: true,
          replayLines: 500,
          canSwitch: true,
          tellsTaken: true,
        },
      },
    ]);
    attachment.terminal.hangUp();
  });

  it('passes bytes through untouched, both ways', async () => {
    const attachment = await hold();
    const { link, terminal } = attachment;
    link.say(
      output('\x1b[31m'),
      { kind: 'output', body: Uint8Array.of(0xc3) },
      { kind: 'output', body: Uint8Array.of(0xa9) },
    );
    terminal.type('ls\r\x03');
    await settle();
    expect(terminal.shown).toBe('screen\x1b[31mé');
    expect(typedInto(attachment)).toBe('ls\r\x03');
    terminal.hangUp();
  });

  it('makes the terminal pass every byte as it is for as long as it lasts', async () => {
    const { terminal } = await hold();
    expect(terminal.isTransparent).toBe(true);
    terminal.hangUp();
    await settle();
    expect(terminal.isTransparent).toBe(false);
  });

  it('sends what was typed before it began, behind its request', async () => {
    const terminal = fakeUserTerminal();
    terminal.type('typed ahead');
    const attachment = await begin(terminal);
    expect(sentKinds(attachment)).toEqual(['attach', 'input']);
    expect(typedInto(attachment)).toBe('typed ahead');
    terminal.hangUp();
  });

  it('holds the server up while the terminal is slow, and loses nothing', async () => {
    const { link, terminal } = await hold();
    terminal.block();
    link.say(output('a'));
    link.say({ kind: 'output', body: new Uint8Array(maxUnwrittenBytes).fill(98) }, output('c'));
    expect(link.isPaused).toBe(true);
    link.say(output('d'));
    terminal.unblock();
    await settle();
    expect(link.isPaused).toBe(false);
    expect(terminal.shown).toBe(`screena${'b'.repeat(maxUnwrittenBytes)}cd`);
    terminal.hangUp();
  });

  it('tells of a new size once it rests', async () => {
    const { link, terminal } = await hold();
    for (const cols of [70, 60, 50]) {
      terminal.resizeTo({ cols, rows: 20 });
      await vi.advanceTimersByTimeAsync(resizeSettleMs - 1);
    }
    expect(link.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(link.sent.slice(1)).toEqual([{ kind: 'resize', body: { cols: 50, rows: 20 } }]);
    terminal.hangUp();
  });

  it('gives a lone Escape to the program after a moment', async () => {
    const attachment = await hold();
    attachment.terminal.type('\x1b');
    expect(typedInto(attachment)).toBe('');
    await vi.advanceTimersByTimeAsync(escapeHoldMs);
    expect(typedInto(attachment)).toBe('\x1b');
    attachment.terminal.hangUp();
  });
});

describe('the detach key', () => {
  it('tells the server, waits for its last word and restores the terminal', async () => {
    const attachment = await hold();
    attachment.terminal.type(`x${detachKey}`);
    expect(typedInto(attachment)).toBe('x');
    expect(sentKinds(attachment).at(-1)).toBe('detach');
    expect(attachment.ended).toBeNull();
    attachment.link.say(left({ reason: 'detached' }, 3));
    await settle();
    expect(attachment.ended).toEqual({ kind: 'left', left: { reason: 'detached' } });
    expect(attachment.terminal.shown).toBe('screen<undo>\x1b[3;1H\r\n');
    expectLetGo(attachment);
  });

  it('does not wait long for a server that is frozen', async () => {
    const attachment = await hold();
    attachment.terminal.type(detachKey);
    await vi.advanceTimersByTimeAsync(partingTimeoutMs - 1);
    expect(attachment.ended).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(attachment.ended).toEqual({ kind: 'left', left: { reason: 'detached' } });
    expect(attachment.terminal.shown).toBe(`screen<undo>\x1b[24;1H\r\n${lastQuestion}`);
    expectLetGo(attachment);
  });

  it('leaves what is typed after it to whoever reads the terminal next', async () => {
    const attachment = await hold();
    attachment.terminal.type(`x${detachKey}one `);
    attachment.terminal.type('two');
    attachment.link.say(left({ reason: 'detached' }));
    await settle();
    attachment.terminal.type(' three');
    expect(typedInto(attachment)).toBe('x');
    expect(attachment.terminal.unreadText).toBe('one two three');
  });

  it('typed before the server has answered leaves as well', async () => {
    const attachment = await begin();
    attachment.terminal.type(detachKey);
    await vi.advanceTimersByTimeAsync(partingTimeoutMs);
    expect(attachment.ended).toEqual({ kind: 'left', left: { reason: 'detached' } });
    expectLetGo(attachment);
  });

  it('shows no more of a flood, and hears the last word behind it', async () => {
    const attachment = await hold();
    const { link, terminal } = attachment;
    terminal.block();
    link.say(output('a'), { kind: 'output', body: new Uint8Array(maxUnwrittenBytes + 1) });
    expect(link.isPaused).toBe(true);
    terminal.type(detachKey);
    link.say(output('more'), left({ reason: 'detached' }, 5));
    terminal.unblock();
    await settle();
    expect(attachment.ended).toMatchObject({ kind: 'left' });
    expect(terminal.shown).toBe('screena<undo>\x1b[5;1H\r\n');
  });

  it('undoes what the terminal was shown, not what it would have been shown', async () => {
    const attachment = await hold();
    const { link, terminal } = attachment;
    link.say(output('<alternate>'), restoration('<undo alternate>'));
    await settle();
    terminal.block();
    link.say(output('a'), output('<normal>'), restoration('<undo nothing>'));
    terminal.type(detachKey);
    link.say(restoration('<undo less>'), left({ reason: 'detached' }));
    terminal.unblock();
    await settle();
    expect(terminal.shown).toBe('screen<alternate>a<undo alternate>\x1b[3;1H\r\n');
  });
});

describe('the end', () => {
  it.each<Left>([
    { reason: 'released' },
    { reason: 'takenOver', by: sampleHolder() },
    { reason: 'exited', exitCode: 3, signal: null, at: 1 },
    { reason: 'killed' },
    { reason: 'serverEnding' },
  ])('told by the server ($reason) restores the terminal, after the last output', async (why) => {
    const attachment = await hold();
    attachment.terminal.block();
    attachment.link.say(output(' last words'), left(why, 2));
    await settle();
    expect(attachment.ended).toBeNull();
    attachment.terminal.unblock();
    await settle();
    expect(attachment.ended).toEqual({ kind: 'left', left: why });
    expect(attachment.terminal.shown).toBe('screen last words<undo>\x1b[2;1H\r\n');
    expectLetGo(attachment);
  });

  it('before the paint that was to come does not undo that: it would take away what was there before', async () => {
    const { link, terminal } = await hold();
    link.say({ kind: 'resync', body: {} }, restoration('<undo paint>'), left({ reason: 'killed' }));
    await settle();
    expect(terminal.shown).toBe('screen<undo>\x1b[3;1H\r\n');
  });

  it('leaves the cursor on the screen when the session was larger', async () => {
    const attachment = await hold(fakeUserTerminal({ cols: 40, rows: 10 }));
    attachment.link.say(left({ reason: 'killed' }, 50));
    await settle();
    expect(attachment.terminal.shown).toBe('screen<undo>\x1b[10;1H\r\n');
  });

  it('without a word of the server restores the terminal', async () => {
    const attachment = await hold();
    attachment.link.lose();
    await settle();
    expect(attachment.ended).toEqual({ kind: 'lost' });
    expect(attachment.terminal.shown).toBe(`screen<undo>\x1b[24;1H\r\n${lastQuestion}`);
    expectLetGo(attachment);
  });

  it('before the server took us leaves the terminal as it is', async () => {
    const attachment = await begin();
    attachment.link.lose();
    await settle();
    expect(attachment.ended).toEqual({ kind: 'absent' });
    expect(attachment.terminal.shown).toBe('');
    expectLetGo(attachment);
  });

  it.each(signals)('by %s restores the terminal', async (signal) => {
    const attachment = await hold();
    raise(signal);
    await settle();
    expect(attachment.ended).toEqual({ kind: 'signal', signal });
    expect(attachment.terminal.shown).toBe(`screen<undo>\x1b[24;1H\r\n${lastQuestion}`);
    expectLetGo(attachment);
  });

  it('by the terminal going away writes nothing more to it', async () => {
    const attachment = await hold();
    attachment.terminal.hangUp();
    await settle();
    expect(attachment.ended).toEqual({ kind: 'hangup' });
    expect(attachment.terminal.shown).toBe('screen');
    expectLetGo(attachment);
  });

  it('by a terminal that cannot be written to is the same', async () => {
    const attachment = await hold();
    attachment.terminal.breakOutput();
    attachment.link.say(output('x'));
    await settle();
    expect(attachment.ended).toEqual({ kind: 'hangup' });
    expectLetGo(attachment);
  });

  it('comes even when the terminal goes away while it is restored', async () => {
    const attachment = await hold();
    attachment.terminal.breakOutput();
    attachment.link.say(left({ reason: 'killed' }));
    await settle();
    expect(attachment.ended).toEqual({ kind: 'left', left: { reason: 'killed' } });
  });

  it.each([
    ['', undefined],
    ['', false],
    [lastQuestion, true],
  ])('writes %j last when the server says of answers under way: %s', async (last, isAnswerDue) => {
    const attachment = await hold();
    attachment.link.say(left({ reason: 'killed' }, 2, isAnswerDue));
    await settle();
    expect(attachment.ended).toMatchObject({ kind: 'left' });
    expect(attachment.terminal.shown).toBe(`screen<undo>\x1b[2;1H\r\n${last}`);
    expect(attachment.terminal.unreadText).toBe('');
  });

  it('does not wait long for the answers of a terminal that gives none', async () => {
    const attachment = await hold();
    attachment.terminal.mute();
    attachment.link.lose();
    await vi.advanceTimersByTimeAsync(lateAnswerTimeoutMs - 1);
    expect(attachment.ended).toBeNull();
    attachment.terminal.type('keys');
    await vi.advanceTimersByTimeAsync(1);
    expect(attachment.ended).toEqual({ kind: 'lost' });
    expect(attachment.terminal.unreadText).toBe('keys');
    expectLetGo(attachment);
  });

  it('is told once, the first', async () => {
    const attachment = await hold();
    attachment.link.say(left({ reason: 'killed' }));
    attachment.link.lose();
    attachment.terminal.hangUp();
    await settle();
    expect(attachment.ended).toEqual({ kind: 'left', left: { reason: 'killed' } });
  });

  it('on a terminal that is gone already does not take the session from anybody', async () => {
    const terminal = fakeUserTerminal();
    const onHangup = terminal.onHangup;
    terminal.onHangup = (listener) => {
      listener();
      return onHangup(listener);
    };
    const attachment = await begin(terminal);
    expect(attachment.ended).toEqual({ kind: 'hangup' });
    expect(attachment.link.sent).toEqual([]);
    expectLetGo(attachment);
  });
});

describe('a server', () => {
  it('that refuses is heard in its own words, and the terminal is left as it is', async () => {
    const attachment = await begin();
    attachment.link.say({
      kind: 'failed',
      body: { code: 'busy', message: 'Cannot attach "work": held', hint: 'Wait' },
    });
    await settle();
    expect(attachment.ended).toEqual({
      error: expect.objectContaining({
        name: 'StayError',
        code: 'busy',
        message: 'Cannot attach "work": held',
        hint: 'Wait',
      }),
    });
    expect(attachment.terminal.shown).toBe('');
    expectLetGo(attachment);
  });

  it('that does not answer is given up, in a sentence', async () => {
    const attachment = await begin();
    await vi.advanceTimersByTimeAsync(attachTimeoutMs);
    expect(attachment.ended).toEqual({
      error: expect.objectContaining({
        code: 'connectionLost',
        message: expect.stringMatching(/has not answered for 5 s$/),
      }),
    });
    expectLetGo(attachment);
  });

  it('that has answered may be silent for ever', async () => {
    const attachment = await hold();
    await vi.advanceTimersByTimeAsync(10 * attachTimeoutMs);
    expect(attachment.ended).toBeNull();
    attachment.terminal.hangUp();
  });
});
