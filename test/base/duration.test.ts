import { expect, it } from 'vitest';
import { durationMs } from '../../src/base/duration.ts';

it.each([
  ['0s', 0],
  ['90s', 90_000],
  ['10m', 600_000],
  ['12h', 43_200_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
])('%s is a span of time', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

it.each(['', '7', 'd', '-1d', '1.5h', '1 d', '1D', '1d2h', '9999999999s', '1y'])('"%s" is none', (text) => {
  expect(durationMs(text)).toBeNull();
});
