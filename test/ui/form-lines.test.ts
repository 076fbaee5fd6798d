import { describe, expect, it } from 'vitest';
import { formCursor, formLines } from '../../src/ui/form-lines.ts';
import { lookAt, makeList, type TestList, unstyled } from './make-list.ts';

function lines(list: TestList): string[] {
  return formLines(lookAt(list.state())).map((line) => unstyled(line).trimEnd());
}

function opened(cols = 79, rows = 24): TestList {
  return makeList({ size: { cols, rows } }).press('n');
}

describe('the form', () => {
  it('shows what is usual where nothing is typed', () => {
    expect(lines(opened().send({ kind: 'proposed', name: 'brisk-otter' }))).toEqual([
      '> Name       brisk-otter',
      '  Command    your login shell',
      '  Directory  the one you are in',
      '  Restart    [auto]  ask   never',
      '',
    ]);
  });

  it('shows what is typed, and which field is filled in', () => {
    const list = opened().type('fresh').press('down').type('vim a').press('down').type('~/src').press('down', 'right');
    expect(lines(list)).toEqual([
      '  Name       fresh',
      '  Command    vim a',
      '  Directory  ~/src',
      '> Restart     auto  [ask]  never',
      '',
    ]);
  });

  it('shows the focused field alone where there is little room', () => {
    const list = opened(40, 7).type('fresh');
    expect(lines(list)).toEqual(['> Name       fresh']);
    expect(lines(list.press('down'))).toEqual(['> Command    your login shell']);
  });

  it('says that the session is being made', () => {
    expect(lines(opened().press('enter'))[0]).toBe('  making a session...');
  });

  it('is none while one browses', () => {
    expect(lines(makeList())).toEqual([]);
  });
});

describe('the cursor of the form', () => {
  const at = (list: TestList) => formCursor(lookAt(list.state()));

  it('is in the focused field', () => {
    const list = opened().type('日本').press('left');
    expect(at(list)).toEqual({ x: 15, y: 0 });
    expect(at(list.press('down'))).toEqual({ x: 13, y: 1 });
  });

  it('is in no choice, and nowhere without a form', () => {
    expect(at(opened().press('up'))).toBe(null);
    expect(at(makeList())).toBe(null);
  });

  it('stays within the narrowest form', () => {
    for (let cols = 1; cols <= 30; cols++) expect(at(opened(cols).paste('long-name'.repeat(9)))?.x).toBeLessThan(cols);
  });
});
