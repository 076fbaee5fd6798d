import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/ui/text-field.ts';
import { makeList, named } from './make-list.ts';
import { oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

describe('renaming', () => {
  it('starts from the present name', () => {
    const list = makeList().press('r').type('x').press('enter');
    expect(list.asked()).toEqual([{ kind: 'rename', id: 'id-api', name: 'apix' }]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('takes a paste', () => {
    expect(makeList().press('r').paste('\nx').press('enter').asked()).toEqual([
      { kind: 'rename', id: 'id-api', name: 'apix' },
    ]);
  });

  it('to the same name asks for nothing, whatever the rules say about it', () => {
    const list = makeList().select('日本語').press('r', 'left', 'right');
    expect(list.panel()).toEqual([]);
    expect(list.press('enter').asked()).toEqual([]);
    expect(list.state().mode.kind).toBe('browse');
  });

  it('to nothing, to a bad name or to that of another session is refused', () => {
    const list = makeList().press('r', 'ctrl-u', 'enter');
    expect(list.panel()).toEqual(['Cannot use this name: only letters are allowed.']);
    expect(list.type('web').panel()).toEqual(['Cannot use this name: another session has it.']);
    expect(list.press('enter').asked()).toEqual([]);
    expect(list.state().mode.kind).toBe('rename');
  });

  it.each(['esc', 'ctrl-c'])('changes nothing with %s', (name) => {
    const list = makeList().press('r').type('x').press(name);
    expect(list.state().mode.kind).toBe('browse');
    expect(list.asked()).toEqual([]);
  });

  it('takes keys of the list as text', () => {
    const list = makeList().press('r').type('q1 ?');
    const { mode } = list.state();
    expect(mode.kind === 'rename' && textOf(mode.field)).toBe('apiq1 ?');
    expect(list.asked()).toEqual([]);
  });

  it('goes on when other sessions come and go, and follows its own', () => {
    const list = makeList().press('r').type('x');
    list.tell([sampleSession('other', { lastUsedAt: testNow }), ...oneOfEach.slice(0, 2)]);
    const { mode } = list.state();
    expect(mode.kind === 'rename' && textOf(mode.field)).toBe('apix');
    expect(list.press('enter').asked()).toEqual([{ kind: 'rename', id: 'id-api', name: 'apix' }]);
  });
});

describe('killing', () => {
  it('asks what will end, and y does it', () => {
    const list = makeList().press('x');
    expect(list.panel().join(' ')).toBe(
      'Kill "api"? It is held by pts/3 from 10.0.0.7. This ends vim and everything else that runs in it.',
    );
    expect(list.asked()).toEqual([]);
    expect(list.press('y').asked()).toEqual([{ kind: 'kill', ids: ['id-api'] }]);
    expect(list.panel()).toEqual(['Ending "api"...']);
  });

  it('takes all that are marked in the order of the rows, and their marks', () => {
    const list = makeList({ sessions: named('abcd') }).press('G', 'space', 'g', 'space', 'x');
    expect(list.panel().join(' ')).toBe('Kill 2 sessions? "a", "d". This ends bash, bash.');
    expect(list.press('y').asked()).toEqual([{ kind: 'kill', ids: ['id-a', 'id-d'] }]);
    expect(list.panel()).toEqual(['Ending "a", "d"...']);
    expect(list.marked()).toEqual([]);
  });

  it('counts many instead of naming them', () => {
    const list = makeList({ sessions: named('abcd') }).press('space', 'space', 'space', 'space', 'x', 'y');
    expect(list.panel()).toEqual(['Ending 4 sessions...']);
  });

  it.each(['n', 'esc', 'ctrl-c'])('%s spares, and keeps the marks', (name) => {
    const list = makeList().press('space', 'x', name);
    expect(list.state().mode.kind).toBe('browse');
    expect(list.asked()).toEqual([]);
    expect(list.marked()).toEqual(['api']);
  });

  it.each(['enter', 'Y', 'x', 'q', 'space', 'down', '1'])('%s is no answer', (name) => {
    const list = makeList().press('x', name);
    expect(list.state().mode.kind).toBe('confirm');
    expect(list.asked()).toEqual([]);
  });

  it('a pasted y is no answer either', () => {
    expect(makeList().press('x').paste('y').asked()).toEqual([]);
  });

  it('never means another session than the one asked about', () => {
    const list = makeList({ sessions: named('abc') }).press('x');
    list.tell([sampleSession('new', { lastUsedAt: testNow + 1 }), ...named('abc')]);
    expect(list.press('y').asked()).toEqual([{ kind: 'kill', ids: ['id-a'] }]);
  });
});

describe('what a terminal tells of itself', () => {
  it('is its background, which the looks follow, in whatever mode', () => {
    const list = makeList({ preferences: { background: null } }).press('x');
    expect(list.state().background).toBe(null);
    list.input({ kind: 'background', red: 1, green: 1, blue: 1 });
    expect(list.state()).toMatchObject({ background: 'light', mode: { kind: 'confirm' } });
    list.input({ kind: 'background', red: 0, green: 0, blue: 0 });
    expect(list.state().background).toBe('dark');
  });

  it('is no key', () => {
    const list = makeList().press('x');
    const before = list.state();
    expect(list.input({ kind: 'attributes' }).state()).toEqual(before);
  });
});
