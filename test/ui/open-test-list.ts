// A run of the list on a terminal in memory, with everything it asks of the world in the hands of the test.

import { expect } from 'vitest';
import { runList } from '../../src/ui/run-list.tsx';
import type {
  ActionResult,
  ListedSession,
  ListOptions,
  ListPreferences,
  ListResult,
  ListView,
  Preview,
} from '../../src/ui/session-list.ts';
import { createFakeClock, createFakeTerminal, type FakeClock, type FakeTerminal } from './fake-terminal.ts';
import { samplePreferences } from './make-list.ts';
import { oneOfEach, testNow } from './sample-sessions.ts';

export interface TestRun {
  terminal: FakeTerminal;
  clock: FakeClock;
  ended: Promise<ListResult>;
  /** The feed tells of these from now on. */
  tell(sessions: readonly ListedSession[]): void;
  /** What was asked for, such as `kill id-api`; each waits for an answer. */
  asked: string[];
  answer(result: ActionResult): void;
  /** What is being previewed, such as `id-api 39x19`, or null. */
  previewed(): string | null;
  /** The session that is previewed looks like this. */
  paint(...lines: string[]): void;
  /** How the person has it now. */
  view(): ListView | null;
  /** What the terminal said of itself. */
  told: string[];
  end(): Promise<void>;
}

/** Time in which what the feed tells reaches the screen, and the one for which a preview waits. */
const feedMs = 100;
export const restMs = 40;

const runs: TestRun[] = [];
let subscribers = 0;
let watchers = 0;

interface RunSetup extends Partial<Pick<ListOptions, 'leftId' | 'notice'>> {
  terminal?: FakeTerminal;
  /** Null for a feed that says nothing. */
  sessions?: readonly ListedSession[] | null;
  preferences?: Partial<ListPreferences>;
}

export function openTestList({
  terminal = createFakeTerminal(),
  sessions = oneOfEach,
  preferences = {},
  leftId,
  notice,
}: RunSetup = {}): TestRun {
  const clock = createFakeClock(testNow);
  const ending = new AbortController();
  const asked: string[] = [];
  const told: string[] = [];
  let lastView: ListView | null = null;
  let answer: (result: ActionResult) => void = () => {};
  let tell: TestRun['tell'] = () => {};
  let watch: { what: string; onPreview(preview: Preview): void } | null = null;
  const ask = (...what: string[]) => {
    asked.push(what.join(' '));
    return new Promise<ActionResult>((resolve) => {
      answer = resolve;
    });
  };
  const ended = runList({
    terminal,
    clock,
    feed: {
      subscribe(onSessions) {
        subscribers += 1;
        tell = onSessions;
        if (sessions !== null) onSessions(sessions);
        return {
          dispose() {
            subscribers -= 1;
          },
        };
      },
    },
    actions: {
      create: ({ name, command, directory }) => ask('create', name, command, directory),
      rename: (id, name) => ask('rename', id, name),
      kill: (ids) => ask('kill', ...ids),
      restart: (ids) => ask('restart', ...ids),
      detach: (id) => ask('detach', id),
      pin: (id, isPinned) => ask('pin', id, `${isPinned}`),
      proposeName: async () => 'brisk-otter',
      completeDirectory: async (text) => ({ text: `${text}src/`, candidates: ['app/', 'lib/'] }),
      attachCommand: (name) => `stay attach ${name}`,
      nameProblem: (name) => (name.includes('/') ? 'a slash is not allowed' : null),
    },
    previews: {
      watch(id, { cols, rows }, onPreview) {
        const own = { what: `${id} ${cols}x${rows}`, onPreview };
        watch = own;
        watchers += 1;
        return {
          dispose() {
            watchers -= 1;
            if (watch === own) watch = null;
          },
        };
      },
    },
    preferences: { ...samplePreferences, ...preferences },
    leftId,
    notice,
    onBackground: (background) => void told.push(background),
    onAnswered: () => void told.push('answered'),
    onView: (view) => {
      lastView = view;
    },
    ending: ending.signal,
    home: '/home/me',
  });
  const run: TestRun = {
    terminal,
    clock,
    ended,
    asked,
    told,
    tell(newSessions) {
      tell(newSessions);
      clock.pass(feedMs);
    },
    view: () => lastView,
    answer: (result) => answer(result),
    previewed: () => watch?.what ?? null,
    paint: (...lines) => watch?.onPreview({ kind: 'frame', frame: { lines, cols: 80, rows: 24, cursor: null } }),
    async end() {
      ending.abort();
      await ended;
    },
  };
  runs.push(run);
  return run;
}

/** Ends all runs, and checks that they left nothing. For `afterEach`. */
export async function endTestLists(): Promise<void> {
  for (const { end, clock, terminal } of runs.splice(0)) {
    await end();
    expect(clock.pending()).toBe(0);
    for (const event of ['readable', 'end']) expect(terminal.stdin.listenerCount(event)).toBe(0);
    for (const event of ['resize', 'error']) expect(terminal.stdout.listenerCount(event)).toBe(0);
  }
  expect(subscribers).toBe(0);
  expect(watchers).toBe(0);
}
