import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/protocol/session-status.ts';
import { newsOf } from '../../src/ui/news.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { sampleHolder, sampleSession } from './sample-sessions.ts';

const seenAt = 1_000;
const after = seenAt + 1;

function withActivity(activity: Partial<Activity>, changes: Partial<ListedSession> = {}): ListedSession {
  const nothing: Activity = { seenAt, bellAt: null, notification: null, progress: null, command: null };
  return sampleSession('a', { lastOutputAt: null, activity: { ...nothing, ...activity }, ...changes });
}

function textsOf(session: ListedSession): readonly string[] | undefined {
  return newsOf(session)?.texts;
}

describe('nothing is news', () => {
  it('of a session that tells nothing, as those of older servers', () => {
    expect(newsOf(sampleSession('a', { lastOutputAt: after }))).toBe(null);
  });

  it('of what somebody has seen already', () => {
    const seen = { bellAt: seenAt, command: { at: seenAt - 1, exitCode: 1 } };
    expect(newsOf(withActivity(seen, { lastOutputAt: seenAt }))).toBe(null);
  });

  it('of a session that somebody holds, but for progress', () => {
    const held = { attached: sampleHolder };
    expect(newsOf(withActivity({ bellAt: after }, held))).toBe(null);
    expect(textsOf(withActivity({ progress: { state: 'normal', percent: 40 } }, held))).toEqual(['40%']);
  });

  it('of a session whose server does not answer, which is what is to be told', () => {
    expect(newsOf(withActivity({ bellAt: after }, { isAnswering: false }))).toBe(null);
  });

  it.each(['exited', 'stopped'] as const)('of what was before a session %s: its state says it all', (state) => {
    expect(newsOf(withActivity({ bellAt: after, progress: { state: 'error', percent: null } }, { state }))).toBe(null);
  });

  it('of a program whose end somebody saw', () => {
    expect(newsOf(withActivity({}, { state: 'exited', exitCode: 1, endedAt: seenAt }))).toBe(null);
  });
});

describe('what nobody has seen', () => {
  it('is that a program has ended, and urgent that it failed', () => {
    const ended = { state: 'exited', endedAt: after } as const;
    expect(newsOf(withActivity({}, { ...ended, exitCode: 0 }))).toEqual({ texts: ['new'], isUrgent: false });
    expect(newsOf(withActivity({}, { ...ended, exitCode: 1 }))).toEqual({ texts: ['new'], isUrgent: true });
    const killed = { ...ended, exitCode: null, signal: 'SIGKILL' };
    expect(newsOf(withActivity({}, killed))).toEqual({ texts: ['new'], isUrgent: true });
  });

  it.each<[string, Partial<Activity>, readonly string[], boolean]>([
    ['a bell', { bellAt: after }, ['bell'], true],
    ['a command that went well', { command: { at: after, exitCode: 0 } }, ['command done', 'done'], false],
    ['a command that says nothing of it', { command: { at: after, exitCode: null } }, ['command done', 'done'], false],
    ['a command that failed', { command: { at: after, exitCode: 2 } }, ['command failed 2', 'failed 2'], true],
    [
      'a notification',
      { notification: { at: after, title: 'Mail', text: 'from Ann' } },
      ['Mail: from Ann', 'from Ann'],
      true,
    ],
    ['one without a title', { notification: { at: after, title: '', text: 'Done' } }, ['Done', 'Done'], true],
    ['one without a text', { notification: { at: after, title: 'Mail', text: '' } }, ['Mail', 'Mail'], true],
    ['an empty one', { notification: { at: after, title: '', text: '' } }, ['notification', 'note'], true],
  ])('%s is told', (_, activity, texts, isUrgent) => {
    expect(newsOf(withActivity(activity))).toEqual({ texts, isUrgent });
  });

  it('output is told, in few words', () => {
    expect(newsOf(withActivity({}, { lastOutputAt: after }))).toEqual({
      texts: ['new output', 'new'],
      isUrgent: false,
    });
  });

  it('the newest is told, and output only when there is nothing else', () => {
    const activity = {
      bellAt: after,
      command: { at: after + 2, exitCode: 0 },
      notification: { at: after + 1, title: 'Old', text: '' },
    };
    expect(textsOf(withActivity(activity, { lastOutputAt: after + 3 }))?.[0]).toBe('command done');
    expect(textsOf(withActivity({ ...activity, bellAt: after + 5 }))?.[0]).toBe('bell');
    expect(textsOf(withActivity({ ...activity, command: { at: seenAt, exitCode: 0 } }))?.[0]).toBe('Old');
  });

  it('a notification is shown, not obeyed', () => {
    const notification = { at: after, title: 'a\x1b[2J', text: 'b\nc\u202e' };
    expect(textsOf(withActivity({ notification }))).toEqual(['a\ufffd[2J: b\ufffdc', 'b\ufffdc']);
  });
});

describe('progress', () => {
  it.each<[NonNullable<Activity['progress']>, readonly string[], boolean]>([
    [{ state: 'normal', percent: 41.6 }, ['42%'], false],
    [{ state: 'normal', percent: null }, ['working'], false],
    [{ state: 'indeterminate', percent: 10 }, ['working'], false],
    [{ state: 'paused', percent: 50 }, ['paused at 50%', 'paused'], false],
    [{ state: 'paused', percent: null }, ['paused', 'paused'], false],
    [{ state: 'error', percent: 50 }, ['failed at 50%', 'failed'], true],
    [{ state: 'error', percent: null }, ['failed', 'failed'], true],
  ])('%o is told, before everything else', (progress, texts, isUrgent) => {
    expect(newsOf(withActivity({ progress, bellAt: after }))).toEqual({ texts, isUrgent });
  });
});

describe('the texts', () => {
  it('get no longer from one to the next', () => {
    const activities: Partial<Activity>[] = [
      { bellAt: after },
      { command: { at: after, exitCode: 130 } },
      { notification: { at: after, title: 'Mail', text: 'from Ann' } },
      { progress: { state: 'error', percent: 99 } },
    ];
    for (const texts of activities.map((activity) => textsOf(withActivity(activity)) ?? [])) {
      const lengths = texts.map((text) => text.length);
      expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    }
  });
});
