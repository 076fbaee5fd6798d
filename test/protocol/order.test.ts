import { describe, expect, it } from 'vitest';
import { defaultTraits } from '../../src/base/session-traits.ts';
import { StayError } from '../../src/base/stay-error.ts';
import {
  decodeOrder,
  encodeOrder,
  failedAnswer,
  requireStarted,
  type SessionOrder,
  startedAnswer,
} from '../../src/protocol/order.ts';

const order: SessionOrder = {
  name: 'été',
  command: ['sh', '-c', 'echo "a\nb"'],
  cwd: '/tmp',
  env: { A: '1\n2' },
  cols: 80,
  rows: 24,
  isAwaited: true,
  isResume: false,
  isAutomatic: false,
  ...defaultTraits,
};

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('an order', () => {
  it('comes back as it was given, in one line', () => {
    expect(encodeOrder(order)).not.toContain('\n');
    expect(decodeOrder(encodeOrder(order))).toEqual(order);
    expect(decodeOrder(encodeOrder({ ...order, command: null }))).toEqual({ ...order, command: null });
  });

  it('says how many lines of history are kept, as usual where it does not', () => {
    const { historyLines: _, ...without } = order;
    expect(decodeOrder(JSON.stringify(without))).toEqual({ ...order, historyLines: 10_000 });
    expect(decodeOrder(encodeOrder({ ...order, historyLines: 50 })).historyLines).toBe(50);
  });

  it('is refused when it is not whole', () => {
    for (const text of ['', '{', 'null', '{}', JSON.stringify({ ...order, cols: 'many' })])
      expect(() => decodeOrder(text)).toThrow();
  });
});

describe('the answer', () => {
  it('of a server that came up lets the starter go on', () => {
    expect(startedAnswer).not.toContain('\n');
    expect(() => requireStarted(startedAnswer)).not.toThrow();
  });

  it('of a server that failed is thrown at the starter as it was thrown in the server', () => {
    const error = new StayError('cannotCreate', 'Cannot start "x":\nno', { hint: 'Check PATH' });
    expect(failedAnswer(error)).not.toContain('\n');
    const thrown = thrownBy(() => requireStarted(failedAnswer(error)));
    expect(thrown).toBeInstanceOf(StayError);
    expect(thrown).toMatchObject({ code: 'cannotCreate', message: 'Cannot start "x":\nno', hint: 'Check PATH' });
  });

  it('tells any other failure as an internal one', () => {
    const thrown = thrownBy(() => requireStarted(failedAnswer(new TypeError('x is not a function'))));
    expect(thrown).toMatchObject({ code: 'internal', message: 'Cannot start the session: x is not a function' });
  });

  it('is refused when it is neither', () => {
    for (const answer of ['', 'hello', '{}', '{"kind":"maybe"}']) expect(() => requireStarted(answer)).toThrow();
  });
});
