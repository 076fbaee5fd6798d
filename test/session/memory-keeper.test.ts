import { expect, it } from 'vitest';
import { memoryBound } from '../../src/base/limits.ts';
import { keepMemorySmall } from '../../src/session/memory-keeper.ts';
import { fakeClock } from '../support/fake-clock.ts';

const { bytes, quietMs, pauseMs, againMs } = memoryBound;

/** A keeper whose session has done its start; packing takes `steps` steps each time. */
function keeping(steps = 1) {
  const clock = fakeClock();
  const done: string[] = [];
  let left = steps;
  const memory = keepMemorySmall(clock, {
    pack() {
      done.push('pack');
      left--;
      if (left > 0) return false;
      left = steps;
      return true;
    },
    collect: () => void done.push('collect'),
  });
  memory.used(0);
  for (let step = 0; step < steps; step++) clock.advance(step === 0 ? quietMs : pauseMs);
  clock.advance(againMs);
  return { clock, memory, done };
}

it('gives back at the first quiet what the start took, and then nothing', () => {
  const { clock, memory, done } = keeping();
  expect(done).toEqual(['pack', 'collect', 'collect']);
  memory.used(1);
  expect(clock.pending).toBe(0);
});

it('gives memory back once after a lot of output, when it has been quiet', () => {
  const { clock, memory, done } = keeping();
  done.length = 0;
  for (let step = 0; step < 10; step++) {
    memory.used(bytes);
    clock.advance(quietMs - 1);
  }
  expect(done).toEqual([]);
  clock.advance(2 * quietMs);
  clock.advance(againMs);
  expect([done, clock.pending]).toEqual([['pack', 'collect', 'collect'], 0]);
  memory.used(bytes);
  clock.advance(quietMs);
  clock.advance(againMs);
  expect(done).toEqual(['pack', 'collect', 'collect', 'pack', 'collect', 'collect']);
});

it('sets no timer for a little, and counts it up', () => {
  const { clock, memory } = keeping();
  memory.used(bytes / 2);
  expect(clock.pending).toBe(0);
  memory.used(bytes / 2);
  expect(clock.pending).toBe(1);
});

it('packs in steps, and waits for quiet again when there is output between them', () => {
  const { clock, memory, done } = keeping(3);
  done.length = 0;
  memory.used(bytes);
  clock.advance(quietMs);
  clock.advance(pauseMs);
  expect(done).toEqual(['pack', 'pack']);
  memory.used(1);
  clock.advance(pauseMs);
  expect(done).toEqual(['pack', 'pack']);
  clock.advance(quietMs);
  expect(done).toEqual(['pack', 'pack', 'pack', 'collect']);
});
