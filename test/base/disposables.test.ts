import { describe, expect, it } from 'vitest';
import { Disposables } from '../../src/base/disposables.ts';

describe('Disposables', () => {
  it('disposes what was added, the newest first', () => {
    const order: string[] = [];
    const disposables = new Disposables();
    disposables.defer(() => order.push('first'));
    disposables.add({ dispose: () => order.push('second') });
    disposables.dispose();
    expect(order).toEqual(['second', 'first']);
  });

  it('hands back what it takes over', () => {
    const item = { name: 'socket', dispose: () => {} };
    expect(new Disposables().add(item)).toBe(item);
  });

  it('disposes everything once, however often it is asked', () => {
    let count = 0;
    const disposables = new Disposables();
    disposables.defer(() => count++);
    disposables.dispose();
    disposables.dispose();
    expect(count).toBe(1);
  });

  it('disposes at once what is added too late', () => {
    let isDisposed = false;
    const disposables = new Disposables();
    disposables.dispose();
    disposables.defer(() => {
      isDisposed = true;
    });
    expect(isDisposed).toBe(true);
  });

  it('disposes what is added while it disposes', () => {
    const order: string[] = [];
    const disposables = new Disposables();
    disposables.defer(() => {
      order.push('outer');
      disposables.defer(() => order.push('inner'));
    });
    disposables.dispose();
    expect(order).toEqual(['outer', 'inner']);
  });
});
