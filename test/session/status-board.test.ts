import { describe, expect, it } from 'vitest';
import { statusIntervalMs } from '../../src/base/limits.ts';
import type { SessionStatus } from '../../src/protocol/session-status.ts';
import type { Watcher } from '../../src/session/news-board.ts';
import { openStatusBoard } from '../../src/session/status-board.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { sampleStatus } from '../support/samples.ts';

interface FakeWatcher extends Watcher<SessionStatus> {
  heard: string[];
  isSlow: boolean;
}

function watcher(): FakeWatcher {
  const own: FakeWatcher = {
    heard: [],
    isSlow: false,
    tell({ title }) {
      own.heard.push(title);
      return !own.isSlow;
    },
    end: () => void own.heard.push('end'),
  };
  return own;
}

/** A board whose status has the title that the test sets; it counts how often it is asked. */
function open() {
  const clock = fakeClock();
  const session = { title: 'first', asked: 0 };
  const board = openStatusBoard(clock, () => {
    session.asked++;
    return sampleStatus({ title: session.title });
  });
  return { board, clock, session };
}

describe('the status board', () => {
  it('tells a new watcher at once', () => {
    const { board } = open();
    const one = watcher();
    board.watch(one);
    expect(one.heard).toEqual(['first']);
  });

  it('tells of many changes once, with the last of them', () => {
    const { board, clock, session } = open();
    const watchers = [watcher(), watcher()];
    for (const one of watchers) board.watch(one);
    for (const title of ['second', 'third', 'fourth']) {
      session.title = title;
      board.changed();
    }
    clock.advance(statusIntervalMs - 1);
    expect(watchers[0]?.heard).toEqual(['first']);
    clock.advance(1);
    for (const one of watchers) expect(one.heard).toEqual(['first', 'fourth']);
    clock.advance(10 * statusIntervalMs);
    expect(watchers[0]?.heard).toHaveLength(2);
  });

  it('tells a change that comes after the news again', () => {
    const { board, clock, session } = open();
    const one = watcher();
    board.watch(one);
    for (const title of ['second', 'third']) {
      session.title = title;
      board.changed();
      clock.advance(statusIntervalMs);
    }
    expect(one.heard).toEqual(['first', 'second', 'third']);
  });

  it('costs nothing while nobody watches', () => {
    const { board, clock, session } = open();
    for (let count = 0; count < 1_000; count++) board.changed();
    expect(clock.pending).toBe(0);
    expect(session.asked).toBe(0);
  });

  it('tells nothing to a watcher that has gone', () => {
    const { board, clock } = open();
    const one = watcher();
    board.watch(one);
    board.changed();
    board.forget(one);
    clock.advance(statusIntervalMs);
    expect(one.heard).toEqual(['first']);
  });

  it('tells a slow watcher nothing until it has caught up, then the newest', () => {
    const { board, clock, session } = open();
    const slow = watcher();
    slow.isSlow = true;
    board.watch(slow);
    for (const title of ['second', 'third']) {
      session.title = title;
      board.changed();
      clock.advance(statusIntervalMs);
    }
    expect(slow.heard).toEqual(['first']);
    slow.isSlow = false;
    board.caughtUp(slow);
    expect(slow.heard).toEqual(['first', 'third']);
    board.caughtUp(slow);
    expect(slow.heard).toHaveLength(2);
  });

  it('tells everybody the last status and that it is the last, and nothing afterwards', () => {
    const { board, clock, session } = open();
    const one = watcher();
    board.watch(one);
    session.title = 'last';
    board.changed();
    board.close();
    clock.advance(statusIntervalMs);
    board.changed();
    expect(one.heard).toEqual(['first', 'last', 'end']);
  });
});
