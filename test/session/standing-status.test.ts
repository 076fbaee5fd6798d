import { expect, it } from 'vitest';
import { quietMs } from '../../src/base/limits.ts';
import { openStandingStatus } from '../../src/session/standing-status.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A status that may stand; `done` is what was done with its file. */
function standing({ isWritable = true } = {}) {
  const clock = fakeClock();
  const done: string[] = [];
  const session = { mayStand: true, canRemove: true };
  const status = openStandingStatus(clock, {
    mayStand: () => session.mayStand,
    put() {
      done.push('put');
      return isWritable;
    },
    remove() {
      done.push('remove');
      return session.canRemove;
    },
  });
  return { clock, done, session, status };
}

it('is put there once it is quiet, and taken away by the next change', () => {
  const { clock, done, status } = standing();
  status.changed();
  clock.advance(quietMs - 1);
  status.changed();
  clock.advance(1);
  expect(done).toEqual([]);
  clock.advance(quietMs);
  expect([done, clock.pending]).toEqual([['put'], 0]);
  status.changed();
  status.changed();
  expect(done).toEqual(['put', 'remove']);
  clock.advance(quietMs);
  clock.advance(quietMs);
  expect([done, clock.pending]).toEqual([['put', 'remove', 'put'], 0]);
});

it('is not put there while it may not stand, for which no timer is set', () => {
  const { clock, done, session, status } = standing();
  status.changed();
  session.mayStand = false;
  clock.advance(quietMs);
  status.changed();
  expect([done, clock.pending]).toEqual([[], 0]);
  session.mayStand = true;
  status.changed();
  clock.advance(quietMs);
  expect(done).toEqual(['put']);
});

it('that could not be written is not taken away, and is tried again after the next change', () => {
  const { clock, done, status } = standing({ isWritable: false });
  status.changed();
  clock.advance(quietMs);
  expect(clock.pending).toBe(0);
  status.changed();
  clock.advance(quietMs);
  expect(done).toEqual(['put', 'put']);
});

it('that could not be taken away is written over, and taken away as soon as it can be', () => {
  const { clock, done, session, status } = standing();
  status.changed();
  clock.advance(quietMs);
  session.canRemove = false;
  status.changed();
  clock.advance(quietMs);
  expect(done).toEqual(['put', 'remove', 'put']);
  status.changed();
  session.canRemove = true;
  status.changed();
  status.changed();
  expect(done).toEqual(['put', 'remove', 'put', 'remove', 'remove']);
});

it('goes with its server, and does not come again', () => {
  const { clock, done, status } = standing();
  status.changed();
  clock.advance(quietMs);
  status.close();
  status.changed();
  expect([done, clock.pending]).toEqual([['put', 'remove'], 0]);
});

it('that is still waited for at the end never comes', () => {
  const { clock, done, status } = standing();
  status.changed();
  status.close();
  clock.advance(quietMs);
  expect(done).toEqual([]);
});
