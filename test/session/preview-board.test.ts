import { describe, expect, it } from 'vitest';
import { previewIntervalMs, previewSettleMs } from '../../src/base/limits.ts';
import type { ScreenPreview } from '../../src/protocol/messages.ts';
import { openPreviewBoard, previewWatcher } from '../../src/session/preview-board.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A board of a screen with one line, which the test sets; `painted` counts how often it is looked at. */
function open() {
  const clock = fakeClock();
  const screen = { text: '0', painted: 0 };
  const board = openPreviewBoard(clock, ({ cols }) => {
    screen.painted++;
    return { lines: [screen.text.slice(0, cols)], cols: 80, rows: 1, cursor: null };
  });
  function watcher() {
    const sent: { at: number; text: string }[] = [];
    const take = ({ lines }: ScreenPreview) => sent.push({ at: clock.now(), text: lines[0]! }) > 0;
    const one = previewWatcher({ send: take, end: () => {} });
    one.resize({ cols: 10, rows: 1 });
    return { sent, one };
  }
  function print(text: string): void {
    screen.text = text;
    board.changed();
  }
  return { board, clock, screen, watcher, print };
}

describe('the preview board', () => {
  it('shows a change soon after a quiet time, with what else changes meanwhile', () => {
    const { board, clock, watcher, print } = open();
    const { sent, one } = watcher();
    board.watch(one);
    clock.advance(10 * previewIntervalMs);
    print('1');
    print('2');
    clock.advance(previewSettleMs);
    expect(sent.map(({ text }) => text)).toEqual(['0', '2']);
  });

  it('shows a flood ten times a second, and its end', () => {
    const { board, clock, watcher, print } = open();
    const { sent, one } = watcher();
    board.watch(one);
    for (let ms = 1; ms <= 1_000; ms++) {
      print(`${ms}`);
      clock.advance(1);
    }
    expect(sent.length).toBeGreaterThanOrEqual(9);
    expect(sent.length).toBeLessThanOrEqual(11);
    clock.advance(previewIntervalMs);
    expect(sent.at(-1)?.text).toBe('1000');
    const gaps = sent.slice(1).map(({ at }, index) => at - sent[index]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(previewIntervalMs);
  });

  it('looks at nothing and waits for nothing while nobody watches or nothing changes', () => {
    const { board, clock, screen, watcher, print } = open();
    for (let count = 0; count < 100; count++) print(`${count}`);
    expect([clock.pending, screen.painted]).toEqual([0, 0]);
    const { one } = watcher();
    board.watch(one);
    expect([clock.pending, screen.painted]).toEqual([0, 1]);
    board.forget(one);
    print('unseen');
    expect([clock.pending, screen.painted]).toEqual([0, 1]);
  });

  it('shows each watcher as much as it wants', () => {
    const { board, clock, watcher, print } = open();
    const [wide, narrow] = [watcher(), watcher()];
    narrow.one.resize({ cols: 2, rows: 1 });
    for (const { one } of [wide, narrow]) board.watch(one);
    print('abcdef');
    clock.advance(previewIntervalMs);
    expect([wide, narrow].map(({ sent }) => sent.at(-1)?.text)).toEqual(['abcdef', 'ab']);
  });
});
