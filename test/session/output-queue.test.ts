import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdLimitMs, outputFlowBytes, slowHolderMs, typedOver } from '../../src/base/limits.ts';
import { OutputQueue, type TerminalMessage } from '../../src/session/output-queue.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';

const output = (text: string): TerminalMessage => ({ kind: 'output', body: bytesOf(text) });

/** A queue of at most ten bytes, and a receiver that takes what it is sent. */
function open(maxBytes = 10) {
  const clock = fakeClock();
  const events: string[] = [];
  const receiver = { sent: [] as TerminalMessage[], isSlow: false, takenBytes: 0, isHeld: false, events, clock };
  const queue = new OutputQueue({
    send(message) {
      receiver.sent.push(message);
      return !receiver.isSlow;
    },
    takenBytes: () => receiver.takenBytes,
    resync: () => [output('<screen>'), { kind: 'restoration', body: bytesOf('<undo>') }],
    hold: () => {
      receiver.isHeld = true;
    },
    resume: () => {
      receiver.isHeld = false;
    },
    clock,
    onSent: () => events.push('sent'),
    onDropped: () => events.push('dropped'),
    maxBytes,
  });
  return { queue, receiver, text: () => receiver.sent.map(textOfMessage).join('|') };
}

function textOfMessage(message: TerminalMessage): string {
  return message.kind === 'resync' ? 'resync' : textOf(message.body);
}

/** The same with a receiver that is slow and has been sent one message. */
function openBlocked(maxBytes = 10) {
  const opened = open(maxBytes);
  opened.receiver.isSlow = true;
  opened.queue.push(output('a'));
  return opened;
}

describe('OutputQueue', () => {
  it('passes everything on at once while the receiver takes it', () => {
    const { queue, text } = open();
    expect(['a', 'b', 'c'].map((piece) => queue.push(output(piece)))).toEqual(['sent', 'sent', 'sent']);
    expect(text()).toBe('a|b|c');
  });

  it('keeps what a slow receiver cannot take, and sends it in order once it can', () => {
    const { queue, receiver, text } = openBlocked();
    expect(queue.push(output('b'))).toBe('queued');
    expect(queue.push({ kind: 'restoration', body: bytesOf('c') })).toBe('queued');
    expect(text()).toBe('a');
    receiver.isSlow = false;
    queue.drained();
    queue.push(output('d'));
    expect(text()).toBe('a|b|c|d');
    expect(receiver.sent[2]?.kind).toBe('restoration');
    expect(receiver.events).toEqual(['sent']);
  });

  it('sends one message at a time to a receiver that stays slow', () => {
    const { queue, receiver, text } = openBlocked();
    queue.push(output('b'));
    queue.push(output('c'));
    queue.drained();
    expect(text()).toBe('a|b');
    expect(receiver.events).toEqual(['sent']);
    queue.drained();
    expect(text()).toBe('a|b|c');
    expect(receiver.events).toEqual(['sent', 'sent']);
  });

  it('forgets everything past its bound and shows the present screen instead, once the receiver takes bytes', () => {
    const { queue, receiver, text } = openBlocked();
    expect(queue.push(output('12345'))).toBe('queued');
    expect(queue.push(output('123456'))).toBe('dropped');
    expect(queue.push(output('x'))).toBe('dropped');
    expect(receiver.events).toEqual(['dropped']);
    receiver.isSlow = false;
    queue.drained();
    queue.push(output('live'));
    expect(text()).toBe('a|<screen>|<undo>|live');
    expect(receiver.events).toEqual(['dropped']);
  });

  it('keeps as much as its bound allows', () => {
    const { queue } = openBlocked();
    expect(queue.push(output('1234567890'))).toBe('queued');
    expect(queue.push(output('1'))).toBe('dropped');
  });

  it('can fall behind again while the resync is under way', () => {
    const { queue, receiver, text } = openBlocked();
    queue.push(output('x'.repeat(20)));
    queue.drained();
    expect(text()).toBe('a|<screen>');
    queue.push(output('x'.repeat(20)));
    receiver.isSlow = false;
    queue.drained();
    expect(text()).toBe('a|<screen>|<undo>|<screen>|<undo>');
  });

  it('forgets nothing that undoes what was sent', () => {
    const { queue, receiver, text } = openBlocked();
    queue.push({ kind: 'restoration', body: bytesOf('undo a') });
    queue.clear();
    expect(text()).toBe('a|undo a');
    expect(receiver.events).toEqual([]);
    queue.push({ kind: 'restoration', body: bytesOf('undo a2') });
    queue.push(output('x'.repeat(20)));
    queue.push({ kind: 'restoration', body: bytesOf('undo x') });
    expect(text()).toBe('a|undo a|undo a2');
    expect(receiver.events).toEqual(['dropped']);
  });

  it('flushes its last words however slow the receiver is', () => {
    const { queue, receiver, text } = openBlocked();
    queue.push(output('b'));
    queue.push(output('c'));
    queue.flush();
    expect(text()).toBe('a|b|c');
    expect(receiver.isSlow).toBe(true);
  });

  it('flushes the screen to a receiver that is behind', () => {
    const { queue, text } = openBlocked();
    queue.push(output('x'.repeat(20)));
    queue.flush();
    expect(text()).toBe('a|<screen>|<undo>');
  });

  it('sends nothing more of what it was told to clear', () => {
    const { queue, receiver, text } = openBlocked();
    queue.push(output('b'));
    queue.clear();
    expect(receiver.events).toEqual(['dropped']);
    receiver.isSlow = false;
    queue.drained();
    expect(text()).toBe('a');
  });

  it('has dropped nothing when it is cleared empty', () => {
    const { queue, receiver } = openBlocked();
    queue.clear();
    expect(receiver.events).toEqual([]);
  });

  it('delivers every byte in order, or a screen in place of a gap, whatever the receiver does', () => {
    const steps = fc.array(fc.constantFrom('push', 'slow', 'quick', 'drained'), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (script) => {
        const { queue, receiver } = open(3);
        let count = 0;
        for (const step of script) {
          if (step === 'push') queue.push(output(String.fromCharCode(0x4e00 + count++)));
          if (step === 'slow') receiver.isSlow = true;
          if (step === 'quick' || step === 'drained') receiver.isSlow = step === 'drained' && receiver.isSlow;
          if (step !== 'push' && step !== 'slow') queue.drained();
        }
        let expected = 0;
        for (const piece of receiver.sent.filter(({ kind }) => kind === 'output').map(textOfMessage)) {
          if (piece === '<screen>') expected = -1;
          else if (expected === -1) expected = piece.charCodeAt(0) - 0x4e00 + 1;
          else expect(piece.charCodeAt(0) - 0x4e00).toBe(expected++);
        }
      }),
    );
  });
});

describe('the program', () => {
  const piece = output('x'.repeat(outputFlowBytes.hold / 2 + 1));

  function openHeld() {
    const opened = openBlocked(10 * outputFlowBytes.hold);
    opened.queue.push(piece);
    expect(opened.receiver.isHeld).toBe(false);
    opened.queue.push(piece);
    expect(opened.receiver.isHeld).toBe(true);
    return opened;
  }

  it('is held up for a receiver that is a little slow, and goes on once it has caught up', () => {
    const { queue, receiver } = openHeld();
    receiver.isSlow = false;
    queue.drained();
    expect(receiver.isHeld).toBe(false);
    expect(receiver.clock.pending).toBe(0);
  });

  it('is not held up for longer than a moment: the receiver then counts as behind', () => {
    const { queue, receiver, text } = openHeld();
    receiver.clock.advance(holdLimitMs);
    expect(receiver.isHeld).toBe(false);
    expect(queue.push(output('x'))).toBe('dropped');
    receiver.isSlow = false;
    queue.drained();
    expect(text()).toBe('a|<screen>|<undo>');
  });

  it('is not held up again for a receiver that has just been too slow', () => {
    const { queue, receiver } = openHeld();
    receiver.clock.advance(holdLimitMs);
    queue.drained();
    queue.push(piece);
    queue.push(piece);
    expect(receiver.isHeld).toBe(false);
    receiver.clock.advance(slowHolderMs);
    queue.push(piece);
    expect(receiver.isHeld).toBe(true);
  });

  it('goes on when the receiver leaves', () => {
    for (const leave of ['clear', 'flush'] as const) {
      const { queue, receiver } = openHeld();
      queue[leave]();
      expect(receiver.isHeld).toBe(false);
      expect(receiver.clock.pending).toBe(0);
    }
  });
});

describe('somebody who types in front of a slow receiver', () => {
  const { bytes, everyMs, times } = typedOver;
  const much = output('x'.repeat(bytes + 1));

  function openWith(message: TerminalMessage) {
    const opened = openBlocked(100 * bytes);
    opened.queue.push(message);
    return opened;
  }

  it('sees the present screen instead of all that is queued', () => {
    const { queue, receiver, text } = openWith(much);
    queue.typed();
    receiver.clock.advance(everyMs);
    expect(receiver.events).toEqual(['dropped']);
    receiver.isSlow = false;
    queue.drained();
    expect(text()).toBe('a|<screen>|<undo>');
  });

  it('sees it too when it is queued only after the key', () => {
    const { queue, receiver } = openWith(output('b'));
    queue.typed();
    receiver.clock.advance(everyMs);
    queue.push(much);
    receiver.clock.advance(everyMs);
    expect(receiver.events).toEqual(['dropped']);
  });

  it('is not put off by more keys', () => {
    const { queue, receiver } = openWith(much);
    for (let count = 0; count < 3; count++) {
      queue.typed();
      receiver.clock.advance(everyMs / 2);
    }
    expect(receiver.events).toEqual(['dropped']);
  });

  it('misses nothing of a queue that is short, or that the receiver is about to take', () => {
    const short = openWith(output('x'.repeat(bytes - 1)));
    const quick = openWith(much);
    for (const { queue, receiver } of [short, quick]) {
      queue.typed();
      for (let count = 0; count < times; count++) {
        receiver.takenBytes += receiver === quick.receiver ? bytes : 0;
        receiver.clock.advance(everyMs);
      }
      expect(receiver.events).toEqual([]);
      expect(receiver.clock.pending).toBe(0);
      queue.push(much);
      receiver.clock.advance(times * everyMs);
      expect(receiver.events).toEqual([]);
    }
  });

  it('costs no timer while everything is taken at once, nor once the receiver leaves', () => {
    const { queue, receiver } = open();
    queue.typed();
    expect(receiver.clock.pending).toBe(0);
    for (const leave of ['clear', 'flush', 'cover'] as const) {
      const blocked = openWith(much);
      blocked.queue.typed();
      blocked.queue[leave]();
      expect(blocked.receiver.clock.pending).toBe(0);
    }
  });
});
