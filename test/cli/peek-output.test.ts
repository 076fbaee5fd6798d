import { expect, it } from 'vitest';
import { peekJson, peekText } from '../../src/cli/peek-output.ts';
import type { PeekedScreen } from '../../src/client/peek.ts';
import { sampleStatus } from '../support/samples.ts';

function screen(lines: string[], historyLines = 0): PeekedScreen {
  const cursor = { col: 2, row: 1, isVisible: false };
  const facts = {
    cols: 20,
    rows: lines.length - historyLines,
    historyLines,
    cursor,
    isAlternateScreen: true,
    title: 't',
  };
  return { lines, facts };
}

it('for people each line ends with a newline, and the empty ones at the end are left out', () => {
  expect(peekText(screen(['', 'one', '', '  two', '', '']))).toBe('\none\n\n  two\n');
  expect(peekText(screen(['', '']))).toBe('');
});

it('for scripts there is an object with exactly these fields, in this order', () => {
  const text = peekJson(sampleStatus({ id: 'abc', name: 'wörk "1"' }), screen(['old', 'new', ''], 1));
  expect(text.endsWith('}\n')).toBe(true);
  expect(Object.entries(JSON.parse(text))).toEqual([
    ['id', 'abc'],
    ['name', 'wörk "1"'],
    ['state', 'running'],
    ['exitCode', null],
    ['signal', null],
    ['cols', 20],
    ['rows', 2],
    ['title', 't'],
    ['alternateScreen', true],
    ['cursor', { col: 2, row: 1, isVisible: false }],
    ['screen', ['new', '']],
    ['history', ['old']],
  ]);
});
