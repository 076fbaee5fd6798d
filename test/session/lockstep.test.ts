// The invariant that everything rests on, as a property: while attached and not behind, the holder's terminal shows what
// the session's emulator does; after leaving, it is as before; each question of the program is answered once.

import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WantedLook } from '../../src/client/shown-look.ts';
import { allRecordings } from '../emulator/recordings.ts';
import { fuzz, join, pieces } from '../emulator/streams.ts';
import { bytesOf } from '../support/bytes.ts';
import { type Deed, type Step, World } from './lockstep-world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** One that pops titles which it never pushed takes the user's own away, in any terminal; and of many pushed, the oldest go. */
const isAboutTitleStack = (piece: Uint8Array) => /\[2[23].*t/.test(String.fromCharCode(...piece));

const text = pieces.map((parts) => join(parts.filter((part) => !isAboutTitleStack(part))));
const titleStack = fc.constant(
  bytesOf('\x1b]2;one\x07\x1b[22t\x1b]0;two\x1b\\\x1b[22;0t\x1b[23;0t\x1b[23;2t\x1b[23;1t'),
);

const questions = fc
  .constantFrom(
    '\x1b[c',
    '\x1b[>c',
    '\x1b[=c',
    '\x1b[5n',
    '\x1b[6n',
    '\x1b[?6n',
    '\x1b[?2004$p',
    '\x1bP$qm\x1b\\',
    '\x1bP$q q\x1b\\',
    '\x1b[>q',
    '\x1bP+q544e;436f\x1b\\',
    '\x1b]4;1;?\x07',
    '\x1b]11;?\x1b\\',
    '\x1b[?u',
    '\x1b[14t',
    '\x1b[18t',
    '\x1b[?996n',
    '\x1b[?4m',
  )
  .map(bytesOf);

const recordings = allRecordings().filter(({ bytes }) => bytes.length < 100_000);

const slice = fc
  .record({ recording: fc.constantFrom(...recordings), from: fc.nat(), length: fc.nat({ max: 3000 }) })
  .map(({ recording: { bytes }, from, length }) => bytes.subarray(from % bytes.length).subarray(0, length))
  .filter((bytes) => !isAboutTitleStack(bytes));

/** What a program writes, cut anywhere into two or three writes. */
const writes = fc
  .record({
    bytes: fc.oneof(
      { weight: 4, arbitrary: text },
      { weight: 3, arbitrary: questions },
      { weight: 2, arbitrary: slice },
      { weight: 1, arbitrary: titleStack },
    ),
    cuts: fc.array(fc.nat(), { maxLength: 2 }),
  })
  .map(({ bytes, cuts }) => {
    const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
    return places.slice(1).map((to, index) => bytes.subarray(places[index], to));
  });

const size = fc.oneof(
  { weight: 5, arbitrary: fc.record({ cols: fc.integer({ min: 2, max: 40 }), rows: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ cols: 1, rows: 1 }, { cols: 2, rows: 1 }, { cols: 80, rows: 24 }) },
);

const look = fc.constantFrom<WantedLook>({ kind: 'plain' }, { kind: 'line', keys: 'f8 next' }, { kind: 'title' });
const terminal = fc.record({ size, look });

const who = fc.nat({ max: 1 });
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Deed>('attach') },
  { weight: 2, arbitrary: fc.constantFrom<Deed>('leave', 'carry') },
  { weight: 2, arbitrary: fc.constantFrom<Deed>('list', 'back') },
  { weight: 5, arbitrary: fc.constantFrom<Deed>('blockWire', 'trickle', 'blockTerminal', 'unblock', 'answer') },
  { weight: 1, arbitrary: fc.constant<Deed>('lose') },
);

const steps = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: writes.map((parts): Step[] => parts.map((bytes) => ({ kind: 'print', bytes }))) },
      { weight: 13, arbitrary: fc.record({ who, deed }).map((one): Step[] => [{ kind: 'do', ...one }]) },
      { weight: 2, arbitrary: fc.record({ who, size }).map((one): Step[] => [{ kind: 'resize', ...one }]) },
      { weight: 3, arbitrary: fc.constant<Step[]>([{ kind: 'check' }]) },
      { weight: 1, arbitrary: fc.constant<Step[]>([{ kind: 'flood' }]) },
      { weight: 1, arbitrary: fc.constant<Step[]>([{ kind: 'wait', ms: 1500 }]) },
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) => all.flat());

it('attached terminals show the session, left ones are as before, and every question has one answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ session: size, terminals: fc.tuple(terminal, terminal) }),
      steps,
      fc.constantFrom('exit', 'leave'),
      async (sizes, all, how) => {
        const world = new World(sizes);
        try {
          for (const step of all) await world.take(step);
          await world.end(how);
        } finally {
          await world.dispose();
        }
      },
    ),
    fuzz(300),
  );
}, 600_000);
