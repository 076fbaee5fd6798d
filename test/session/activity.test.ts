import { describe, expect, it } from 'vitest';
import { noActivity } from '../../src/base/activity.ts';
import type { Holder } from '../../src/session/holder.ts';
import { sampleHolder } from '../support/samples.ts';
import { type TestSession, testSession } from '../support/test-session.ts';

const size = { cols: 20, rows: 5 };

function someHolder(): Holder {
  return {
    status: sampleHolder(),
    replayLines: 0,
    look: { kind: 'plain' },
    pieceBytes: Number.POSITIVE_INFINITY,
    cover: () => {},
    uncover: () => {},
    output: () => 'sent',
    restoration: () => {},
    taken: () => {},
    typed: () => {},
    leave: () => {},
  };
}

const activityOf = ({ session }: TestSession) => session.status().activity!;

describe('what happened in a session', () => {
  it('is told with the time at which it did, of each the newest', () => {
    const test = testSession();
    const { clock, print } = test;
    print('\x07\x1b]9;one\x07');
    const first = clock.now();
    clock.advance(1_000);
    print('\x1b]777;notify;Build;done\x07\x1b]9;4;1;30\x07');
    clock.advance(1_000);
    print('\x1b]133;D;2\x07');
    expect(activityOf(test)).toMatchObject({
      bellAt: first,
      notification: { at: first + 1_000, title: 'Build', text: 'done' },
      progress: { state: 'normal', percent: 30 },
      command: { at: first + 2_000, exitCode: 2 },
    });
    print('\x1b]9;4;0\x07');
    expect(activityOf(test).progress).toBeNull();
  });

  it('is a change, to those who watch', () => {
    const { changes, print } = testSession();
    print('\x07');
    expect(changes).toEqual(['passing']);
  });

  it('is kept in the record, and gone on from', () => {
    const { session, print } = testSession();
    print('\x07\x1b]9;done\x07');
    const { activity } = session.status();
    expect(activity).toMatchObject(session.record.activity);
    expect(session.record.activity).toMatchObject({ notification: { text: 'done' } });
    expect(testSession({ record: { activity: session.record.activity } }).session.status().activity).toMatchObject(
      session.record.activity,
    );
  });

  it('is told of a private session, but the record has none of its words', () => {
    const test = testSession({ record: { isPrivate: true } });
    test.print('\x1b]777;notify;secret;secret\x07\x07');
    expect(activityOf(test).notification).toMatchObject({ title: 'secret', text: 'secret' });
    const at = test.clock.now();
    expect(test.session.record.activity).toEqual({
      ...noActivity,
      bellAt: at,
      notification: { at, title: '', text: '' },
    });
    test.session.configure({ isPrivate: false });
    test.session.status();
    expect(test.session.record.activity.notification?.text).toBe('secret');
  });
});

describe('when somebody last saw the screen', () => {
  it('is now while somebody is attached, and the moment at which they went afterwards', () => {
    const test = testSession({ record: { seenAt: 5 } });
    const { session, clock } = test;
    expect(activityOf(test).seenAt).toBe(5);
    const holder = someHolder();
    session.attach(holder, size);
    clock.advance(1_000);
    test.print('text');
    expect(activityOf(test).seenAt).toBe(clock.now());
    clock.advance(1_000);
    session.detach(holder, { reason: 'detached' });
    const leftAt = clock.now();
    clock.advance(1_000);
    expect(activityOf(test).seenAt).toBe(leftAt);
    expect(session.record.seenAt).toBe(leftAt);
  });

  it('is so however they went', () => {
    const test = testSession();
    const { session, clock } = test;
    for (const go of [
      () => session.release({ reason: 'released' }),
      () => {
        session.onExit({ exitCode: 0, signal: null });
        clock.advance(1);
        session.endHold();
      },
    ]) {
      session.attach(someHolder(), size);
      clock.advance(1_000);
      go();
      expect(activityOf(test).seenAt).toBe(clock.now());
    }
    const { exit, seenAt } = session.record;
    expect(exit!.at).toBeLessThan(seenAt!);
  });
});
