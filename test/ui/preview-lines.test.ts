import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/ui/display-width.ts';
import { previewLines } from '../../src/ui/preview-lines.ts';
import type { Preview } from '../../src/ui/session-list.ts';
import { lookAt, makeList, type TestList, unstyled } from './make-list.ts';
import { sampleSession } from './sample-sessions.ts';

function frame(...lines: string[]): Preview {
  return { kind: 'frame', frame: { lines, cols: 80, rows: 24, cursor: null } };
}

function shown(list: TestList): string[] {
  return previewLines(lookAt(list.state()));
}

const titled = [sampleSession('a', { title: 'notes\x1b[2J' }), sampleSession('b', { lastUsedAt: 0 })];

describe('the preview', () => {
  it('has the title of the session, or its directory, above its screen', () => {
    const list = makeList({ sessions: titled }).send({ kind: 'previewed', id: 'id-a', picture: frame('$ ls', 'x') });
    expect(shown(list).map(unstyled)).toEqual([' notes\ufffd[2J', ' $ ls', ' x']);
    expect(shown(list.press('down')).map(unstyled)).toEqual([' ~/src']);
  });

  it('keeps the styles of the screen', () => {
    const list = makeList().send({ kind: 'previewed', id: 'id-api', picture: frame('\x1b[31mred\x1b[0m') });
    expect(shown(list)[1]).toBe(' \x1b[31mred\x1b[0m');
  });

  it('shows where the cursor is', () => {
    const picture: Preview = {
      kind: 'frame',
      frame: { lines: ['$ ls', 'x'], cols: 80, rows: 24, cursor: { col: 1, row: 1 } },
    };
    const list = makeList().send({ kind: 'previewed', id: 'id-api', picture });
    expect(shown(list).slice(1)).toEqual([' $ ls', ' x\x1b[7m \x1b[27m']);
  });

  it('shows no picture of another session', () => {
    expect(shown(makeList().send({ kind: 'previewed', id: 'id-web', picture: frame('x') }))).toHaveLength(1);
  });

  it('says why there is none, in lines that fit', () => {
    const why = 'The server of this session does not answer.';
    const list = makeList().send({ kind: 'previewed', id: 'id-api', picture: { kind: 'none', why } });
    expect(shown(list).map(unstyled)).toEqual([' ~/src', ' ', ' The server of this session does not', ' answer.']);
  });

  it('cuts a picture that is too large for a moment, wide characters and styles whole', () => {
    const line = `\x1b[1m${'日本'.repeat(100)}\x1b[0m`;
    const picture = frame(...Array<string>(100).fill(line));
    for (const cols of [80, 81, 99, 300]) {
      const list = makeList({ size: { cols, rows: 24 } }).send({ kind: 'previewed', id: 'id-api', picture });
      const pane = shown(list);
      expect(pane).toHaveLength(20);
      for (const text of pane) expect(widthOf(text)).toBeLessThan(cols - 38);
      expect(pane[1]).toMatch(/^ \x1b\[1m[日本]+\x1b\[0m$/);
    }
  });

  it('is nothing where it does not show, and without sessions', () => {
    const picture = frame('x');
    expect(shown(makeList().press('p').send({ kind: 'previewed', id: 'id-api', picture }))).toEqual([]);
    expect(
      shown(makeList({ size: { cols: 79, rows: 24 } }).send({ kind: 'previewed', id: 'id-api', picture })),
    ).toEqual([]);
    expect(shown(makeList({ sessions: [] }))).toEqual([]);
  });

  it('takes the whole screen of a narrow terminal on demand', () => {
    const list = makeList({ size: { cols: 40, rows: 10 } }).press('tab');
    list.send({ kind: 'previewed', id: 'id-api', picture: frame('x'.repeat(60)) });
    expect(shown(list)[1]).toBe(` ${'x'.repeat(39)}`);
    // Where no row tells whose it is.
    expect(unstyled(shown(list)[0]!)).toMatch(/^ api {2}\S.* {2}\S/);
  });
});
