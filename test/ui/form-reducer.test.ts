import { describe, expect, it } from 'vitest';
import type { NewForm } from '../../src/ui/new-form.ts';
import { textOf } from '../../src/ui/text-field.ts';
import { makeList, type TestList } from './make-list.ts';

const usual = { name: '', command: '', directory: '', restart: 'auto' };

function formOf(list: TestList): NewForm {
  const { mode } = list.state();
  if (mode.kind !== 'new' && mode.kind !== 'making') throw new Error(`No form, but ${mode.kind}.`);
  return mode.form;
}

/** A form whose proposal has been asked for. */
function opened(): TestList {
  const list = makeList().press('n');
  expect(list.asked()).toEqual([{ kind: 'propose' }]);
  return list;
}

function inDirectory(text: string): TestList {
  return opened().press('down', 'down').type(text);
}

describe('a new session', () => {
  it('is made with what was filled in, then attached', () => {
    const list = opened().type('fresh').press('down').type('vim a b').press('tab').type('/tmp').press('down', 'right');
    expect(list.press('enter').asked()).toEqual([
      { kind: 'create', session: { name: 'fresh', command: 'vim a b', directory: '/tmp', restart: 'ask' } },
    ]);
    expect(list.state().mode.kind).toBe('making');
    list.send({ kind: 'answered', action: 'create', result: { kind: 'done', ids: ['made'] } });
    expect(list.asked()).toEqual([{ kind: 'end', result: { kind: 'attach', id: 'made' } }]);
  });

  it('gets the proposed name when none is typed', () => {
    const list = opened().send({ kind: 'proposed', name: 'brisk-otter' });
    expect(formOf(list).proposal).toBe('brisk-otter');
    expect(list.press('enter').asked()).toEqual([{ kind: 'create', session: { ...usual, name: 'brisk-otter' } }]);
  });

  it('gets any name when not even a proposal is there yet', () => {
    expect(opened().press('enter').asked()).toEqual([{ kind: 'create', session: usual }]);
  });

  it('does not care about a proposal that comes too late', () => {
    const list = opened().press('esc').send({ kind: 'proposed', name: 'late' });
    expect(list.state().mode.kind).toBe('browse');
  });

  it('begins with the restart policy of the settings', () => {
    const list = makeList({ preferences: { restart: 'never' } }).press('n', 'enter');
    expect(list.asked()[1]).toEqual({ kind: 'create', session: { ...usual, restart: 'never' } });
  });

  it('is not made with a bad name, and says why while it is typed', () => {
    const list = opened().type('ab/');
    expect(list.panel()).toEqual(['Cannot use this name: only letters are allowed.']);
    expect(list.press('enter').asked()).toEqual([]);
    expect(list.press('backspace').panel()).toEqual([]);
    expect(list.press('enter').asked()).toEqual([{ kind: 'create', session: { ...usual, name: 'ab' } }]);
  });

  it('says why the name is bad also from another field', () => {
    const list = opened().type('ab/').press('down').type('ls').press('enter');
    expect(list.panel()).toEqual(['Cannot use this name: only letters are allowed.']);
    expect(list.asked()).toEqual([]);
  });

  it('does not take the name of another session, also of one that came meanwhile', () => {
    expect(opened().type('api').panel()).toEqual(['Cannot use this name: another session has it.']);
    const list = makeList({ sessions: [] }).press('n').type('web');
    expect(list.panel()).toEqual([]);
    list.tell(makeList().state().sessions ?? []);
    expect(list.press('enter').panel()).toEqual(['Cannot use this name: another session has it.']);
  });

  it('keeps its form for another try when it could not be made', () => {
    const list = opened().type('fresh').press('down').type('vim').press('enter');
    list.send({ kind: 'answered', action: 'create', result: { kind: 'failed', message: 'The disk is full.' } });
    expect(list.state().mode.kind).toBe('new');
    expect(formOf(list)).toMatchObject({ focus: 'command', name: { before: 'fresh' }, command: { before: 'vim' } });
    expect(list.panel()).toEqual(['The disk is full.']);
  });

  it('leaves all keys to the session while it is made', () => {
    const list = opened().press('enter').press('esc', 'q', 'x').paste('y');
    expect(list.state().mode.kind).toBe('making');
    expect(list.asked()).toHaveLength(1);
  });

  it.each(['esc', 'ctrl-c'])('is given up with %s', (name) => {
    const list = opened().type('fresh').press(name);
    expect(list.state().mode.kind).toBe('browse');
    expect(list.asked()).toEqual([]);
  });

  it('takes pasted texts without their line ends', () => {
    const list = opened().paste('past\r\ned').press('down').paste('make\n');
    expect(list.press('enter').asked()).toEqual([
      { kind: 'create', session: { ...usual, name: 'pasted', command: 'make' } },
    ]);
  });
});

describe('the fields', () => {
  it('are gone through by the arrows, around both ends', () => {
    const list = opened();
    const seen = ['down', 'ctrl-n', 'down', 'down', 'up', 'ctrl-p', 'shift-tab'].map(
      (key) => formOf(list.press(key)).focus,
    );
    expect(seen).toEqual(['command', 'directory', 'restart', 'name', 'restart', 'directory', 'command']);
  });

  it('are gone through by Tab but for the directory, which it completes', () => {
    const list = opened().press('tab', 'tab').type('~/s');
    expect(list.press('tab').asked()).toEqual([{ kind: 'complete', text: '~/s' }]);
    expect(formOf(list).focus).toBe('directory');
    expect(formOf(list.press('down', 'tab')).focus).toBe('name');
  });

  it('are edited in their middle', () => {
    const list = opened().type('ac').press('left').type('b').press('end').type('d');
    expect(textOf(formOf(list).name)).toBe('abcd');
    expect(textOf(formOf(list.press('ctrl-u')).name)).toBe('');
  });

  it('of the restart policy is a choice: by the arrows and the space bar, around both ends', () => {
    const list = opened().press('up');
    const seen = ['right', 'right', 'space', 'left'].map((key) => formOf(list.press(key)).restart);
    expect(seen).toEqual(['ask', 'never', 'auto', 'never']);
  });

  it('of the restart policy takes no text', () => {
    const list = opened().press('up');
    const before = formOf(list);
    expect(formOf(list.type('abc').paste('xyz').press('backspace', 'home'))).toEqual(before);
  });
});

describe('completing a directory', () => {
  const answer = (list: TestList, typed: string, completion: { text: string; candidates: string[] }) =>
    list.send({ kind: 'completed', typed, completion });

  it('goes on with what is certain, and shows what it may go on with', () => {
    const list = answer(inDirectory('/u'), '/u', { text: '/usr/', candidates: ['bin/', 'lib/'] });
    expect(textOf(formOf(list).directory)).toBe('/usr/');
    expect(list.panel()).toEqual(['bin/  lib/']);
  });

  it('does not show a single one, for it is in the field', () => {
    const list = answer(inDirectory('/u'), '/u', { text: '/usr/', candidates: ['usr/'] });
    expect(textOf(formOf(list).directory)).toBe('/usr/');
    expect(list.panel()).toEqual([]);
    expect(formOf(list).focus).toBe('directory');
  });

  it('goes on to the next field when there is nothing to complete', () => {
    const list = answer(inDirectory('/usr'), '/usr', { text: '/usr', candidates: [] });
    expect(formOf(list).focus).toBe('restart');
  });

  it('stays where several are left', () => {
    const list = answer(inDirectory('/usr/'), '/usr/', { text: '/usr/', candidates: ['bin/', 'lib/'] });
    expect(formOf(list).focus).toBe('directory');
    expect(formOf(list).candidates).toEqual(['bin/', 'lib/']);
  });

  it('that comes after something else was typed is dropped', () => {
    const list = answer(inDirectory('/ux'), '/u', { text: '/usr/', candidates: [] });
    expect(textOf(formOf(list).directory)).toBe('/ux');
    answer(list.press('up'), '/ux', { text: '/uxx', candidates: [] });
    expect(textOf(formOf(list).directory)).toBe('/ux');
    expect(answer(list.press('esc'), '/ux', { text: '/', candidates: [] }).state().mode.kind).toBe('browse');
  });

  it.each(['down', 'x', 'backspace'])('forgets its candidates with %s', (key) => {
    const list = answer(inDirectory('/u'), '/u', { text: '/usr/', candidates: ['bin/', 'lib/'] });
    expect(formOf(list.press(key)).candidates).toEqual([]);
    expect(list.panel()).toEqual([]);
  });
});
