import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takenStep } from '../../src/base/limits.ts';
import { tellTaken } from '../../src/client/tell-taken.ts';
import type { Request } from '../../src/protocol/messages.ts';

const { bytes, intervalMs } = takenStep;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const told: number[] = [];
  const send = (request: Request) => {
    if (request.kind === 'taken') told.push(request.body.bytes);
  };
  return { taken: tellTaken({ send }), told };
}

it('the server is told nothing of what is little, until it is much', () => {
  const { taken, told } = open();
  taken(bytes.least - 1);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
  taken(1);
  expect(told).toEqual([bytes.least]);
});

it('the server is told of a flood in large steps, and of its end soon', () => {
  const { taken, told } = open();
  taken(bytes.least);
  for (let count = 0; count < 16; count++) taken(bytes.most / 8);
  expect(told).toEqual([bytes.least, bytes.most, bytes.most]);
  taken(bytes.least);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(intervalMs);
  expect(told.slice(3)).toEqual([bytes.least]);
  expect(vi.getTimerCount()).toBe(0);
});
