import { expect, it } from 'vitest';
import { memoryBound } from '../../src/base/limits.ts';
import { keepMemorySmall } from '../../src/session/memory-keeper.ts';
import { fakeClock } from '../support/fake-clock.ts';

const { bytes, quietMs } = memoryBound;

function keeping() {
  const clock = fakeClock();
  let collected = 0;
  const memory = keepMemorySmall(clock, () => void collected++);
  return { clock, memory, collected: () => collected };
}

it('gives memory back once after a lot of output, when it has been quiet', () => {
  const { clock, memory, collected } = keeping();
  for (let step = 0; step < 10; step++) {
    memory.used(bytes);
    clock.advance(quietMs - 1);
  }
  expect(collected()).toBe(0);
  clock.advance(2 * quietMs);
  expect([collected(), clock.pending]).toEqual([1, 0]);
  memory.used(bytes);
  clock.advance(quietMs);
  expect(collected()).toBe(2);
});

it('sets no timer for a little, and counts it up', () => {
  const { clock, memory } = keeping();
  memory.used(bytes / 2);
  expect(clock.pending).toBe(0);
  memory.used(bytes / 2);
  expect(clock.pending).toBe(1);
});
