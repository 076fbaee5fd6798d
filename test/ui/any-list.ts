// Lists of any size in any mode, for properties that hold for all of them.

import fc from 'fast-check';
import type { ListState } from '../../src/ui/list-state.ts';
import type { ListedSession } from '../../src/ui/session-list.ts';
import { makeList, type TestList } from './make-list.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

const wide: readonly ListedSession[] = [
  sampleSession('日本語のとても長い名前です', { cwd: '/home/me/資料/プロジェクト', isPinned: true, title: '題名' }),
  sampleSession('👩‍👩‍👧🚀 e\u0301 🇩🇪🇫🇷', { program: 'プログラム', cwd: '/tmp/🚀/a' }),
  sampleSession('a'.repeat(100), { cwd: `/${'b'.repeat(200)}`, state: 'exited', exitCode: 127 }),
  sampleSession('loud', {
    activity: {
      seenAt: 0,
      bellAt: null,
      notification: { at: testNow, title: '通知', text: 'とても長い通知の本文です' },
      progress: null,
      command: null,
    },
  }),
];

/** What brings a list into each of its modes. */
const doings: Readonly<Record<string, (list: TestList) => unknown>> = {
  browse: () => undefined,
  'a notice': (list) => list.press('y'),
  marks: (list) => list.press('space', 'space', 'G'),
  hovering: (list) => list.input({ kind: 'mouse', action: 'move', button: null, col: 1, row: 3 }),
  'another preview': (list) => list.press('p'),
  filter: (list) => list.press('/').type('a'),
  'a long filter': (list) => list.press('/').paste('日本語のとても長い名前です'.repeat(9)),
  'a kept filter': (list) => list.press('/').type('a').press('tab'),
  'a question about what a filter left': (list) => list.press('/').type('a').press('tab', 'x'),
  form: (list) => list.press('n').send({ kind: 'proposed', name: 'brisk-otter' }),
  'a bad name': (list) => list.press('n').paste('とても長い/名前'.repeat(9)),
  candidates: (list) =>
    list
      .press('n', 'down', 'down')
      .send({ kind: 'completed', typed: '', completion: { text: '/', candidates: ['日本/', 'usr/', 'var/'] } }),
  'a choice': (list) => list.press('n', 'up'),
  making: (list) => list.press('n', 'enter'),
  'a form in place of the preview': (list) => list.press('p', 'n'),
  rename: (list) => list.press('r').paste('とても長い名前'.repeat(9)),
  'a rename in place of the preview': (list) => list.press('p', 'r'),
  kill: (list) => list.press('x'),
  'kill several': (list) => list.press('space', 'space', 'space', 'x'),
  help: (list) => list.press('?', 'down', 'down', 'down'),
};

const sessions = fc.constantFrom<readonly ListedSession[] | null>(null, [], wide, oneOfEach, manySessions(60));

const size = fc.record({ cols: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 1, max: 60 }) });

/** Also one that was resized after something was done to it. */
export const anyList: fc.Arbitrary<ListState> = fc
  .record({
    sessions,
    first: size,
    later: fc.option(size),
    doing: fc.constantFrom(...Object.keys(doings)),
    preferences: fc.record({ isAscii: fc.boolean(), hasColor: fc.boolean(), hasMouse: fc.boolean() }),
  })
  .map(({ sessions, first, later, doing, preferences }) => {
    const list = makeList({ sessions, size: first, preferences });
    doings[doing]?.(list);
    if (later !== null) list.send({ kind: 'resized', size: later });
    return list.state();
  });
