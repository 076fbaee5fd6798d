import { expect, it } from 'vitest';
import { durationMs } from '../../src/cli/duration.ts';

it('reads times in seconds, minutes, hours, days and weeks', () => {
  const times = ['0s', '90s', '10m', '12h', '7d', '2w'].map(durationMs);
  expect(times).toEqual([0, 90_000, 600_000, 43_200_000, 604_800_000, 1_209_600_000]);
});

it('takes nothing else for a time', () => {
  for (const text of ['', '7', 'd', '7 d', '1y', '-1d', '1.5d', '1h30m']) expect(durationMs(text), text).toBeNull();
});
