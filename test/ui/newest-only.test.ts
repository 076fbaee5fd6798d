import { expect, it } from 'vitest';
import { newestOnly } from '../../src/ui/newest-only.ts';
import { createFakeClock } from './fake-terminal.ts';

function record() {
  const clock = createFakeClock(0);
  const delivered: string[] = [];
  const values = newestOnly<string>(clock, {
    intervalMs: 100,
    deliver: (value) => void delivered.push(`${value}@${clock.now()}`),
  });
  return { clock, delivered, values };
}

it('passes the first value on at once, and later ones when it is time', () => {
  const { clock, delivered, values } = record();
  values.push('a');
  values.push('b');
  values.push('c');
  clock.pass(99);
  expect(delivered).toEqual(['a@0']);
  clock.pass(1);
  values.push('d');
  clock.pass(1_000);
  values.push('e');
  expect(delivered).toEqual(['a@0', 'c@100', 'd@200', 'e@1100']);
});

it('delivers nothing and keeps no timer once disposed', () => {
  const { clock, delivered, values } = record();
  values.push('a');
  values.push('b');
  values.dispose();
  expect(clock.pending()).toBe(0);
  clock.pass(1_000);
  expect(delivered).toEqual(['a@0']);
});
