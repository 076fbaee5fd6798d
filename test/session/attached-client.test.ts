import { describe, expect, it } from 'vitest';
import { maxOutputFrameBytes, maxQueuedOutputBytes, outputWindow } from '../../src/base/limits.ts';
import type { Reply } from '../../src/protocol/messages.ts';
import { attachedClient } from '../../src/session/attached-client.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeConnection, repliesOn } from '../support/fake-connection.ts';

const request = {
  cols: 80,
  rows: 24,
  tty: '/dev/pts/3',
  from: '192.0.2.7',
  inside: null,
  ifFree: false,
  replayLines: 50,
};

const leftovers = { endRow: 7, isAnswerDue: true, attributesDue: 1 };

function open(changes: { tellsTaken?: boolean } = {}) {
  const connection = fakeConnection();
  const clock = fakeClock();
  const holder = attachedClient(connection, {
    request: { ...request, ...changes },
    pid: 77,
    clock,
    resync: () => ({ paint: bytesOf('<screen>'), restoration: bytesOf('<undo>') }),
    hold: () => {},
    resume: () => {},
    onSent: () => {},
    onDropped: () => {},
  });
  return { connection, clock, holder };
}

/** What a client was sent, in short. */
function said(replies: readonly Reply[]): string[] {
  return replies.map((reply) => {
    if (reply.kind === 'left') return `left: ${reply.body.left.reason} at ${reply.body.endRow}`;
    return reply.body instanceof Uint8Array ? `${reply.kind}: ${textOf(reply.body)}` : reply.kind;
  });
}

describe('an attached client', () => {
  it('is who asked, from when it came', () => {
    const { holder, clock } = open();
    expect(holder.status).toEqual({ tty: '/dev/pts/3', pid: 77, since: clock.now(), from: '192.0.2.7', inside: null });
    expect(holder.replayLines).toBe(50);
  });

  it('is sent output, and what undoes it, in order', () => {
    const { holder, connection } = open();
    expect(holder.output(bytesOf('one'))).toBe('sent');
    holder.restoration(bytesOf('undo one'));
    holder.output(bytesOf('two'));
    expect(said(repliesOn(connection))).toEqual(['output: one', 'restoration: undo one', 'output: two']);
  });

  it('that is slow still gets what undoes its output behind that output', () => {
    const { holder, connection } = open();
    connection.isSlow = true;
    holder.output(bytesOf('one'));
    expect(holder.output(bytesOf('two'))).toBe('queued');
    holder.restoration(bytesOf('undo two'));
    expect(repliesOn(connection)).toHaveLength(1);
    connection.drain();
    expect(said(repliesOn(connection))).toEqual(['output: one', 'output: two', 'restoration: undo two']);
  });

  it('that missed output is told so, gets the screen, and what undoes that', () => {
    const { holder, connection } = open();
    connection.isSlow = true;
    holder.output(bytesOf('\x1b]2;half a tit'));
    expect(holder.output(new Uint8Array(maxQueuedOutputBytes + 1))).toBe('dropped');
    connection.drain();
    holder.output(bytesOf('live'));
    expect(said(repliesOn(connection)).slice(1)).toEqual([
      'resync',
      'restoration: <undo>',
      'output: <screen>',
      'output: live',
    ]);
  });

  it('that tells what its terminal has taken is not sent far ahead of that', () => {
    const { holder, connection } = open({ tellsTaken: true });
    const piece = new Uint8Array(outputWindow.first / 2);
    for (let count = 0; count < 3; count++) holder.output(piece);
    expect(repliesOn(connection)).toHaveLength(2);
    connection.drain();
    expect(repliesOn(connection)).toHaveLength(2);
    holder.taken(piece.length);
    expect(repliesOn(connection)).toHaveLength(3);
  });

  it('never has more waiting than the bound, however much it is sent and whatever changes', () => {
    const { holder, connection } = open();
    connection.isSlow = true;
    holder.output(bytesOf('x'));
    for (let count = 0; count < 500; count++) {
      holder.output(new Uint8Array(100_000));
      holder.restoration(new Uint8Array(100_000));
    }
    expect(connection.writes).toHaveLength(1);
  });

  it('gets a large repaint in frames that it can show one after the other', () => {
    const { holder, connection } = open();
    const paint = new Uint8Array(3 * maxOutputFrameBytes + 1).fill(65);
    holder.output(paint);
    const replies = repliesOn(connection);
    expect(replies).toHaveLength(4);
    expect(textOf(...replies.map(({ body }) => body as Uint8Array))).toBe(textOf(paint));
  });

  it('that leaves is told why, where the session ends on its screen, and nothing more', () => {
    const { holder, connection } = open();
    connection.isSlow = true;
    holder.output(bytesOf('one'));
    holder.output(bytesOf('two'));
    holder.leave({ reason: 'killed' }, leftovers);
    expect(connection.state).toBe('ended');
    connection.drain();
    expect(said(repliesOn(connection))).toEqual(['output: one', 'left: killed at 7']);
  });

  it('is shown the last words of a program that ended, however slow it is', () => {
    const { holder, connection } = open();
    connection.isSlow = true;
    holder.output(bytesOf('one'));
    holder.output(bytesOf('last words'));
    holder.leave({ reason: 'exited', exitCode: 0, signal: null, at: 1 }, leftovers);
    expect(said(repliesOn(connection))).toEqual(['output: one', 'output: last words', 'left: exited at 7']);
    expect(connection.state).toBe('ended');
  });
});
