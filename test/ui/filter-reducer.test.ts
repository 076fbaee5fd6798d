import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/ui/text-field.ts';
import { makeList } from './make-list.ts';
import { oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

const names = ['web-api', 'api', 'worker', 'db'];
const sessions = names.map((name, index) => sampleSession(name, { lastUsedAt: testNow - index }));

function filtering(text = '', leftId = 'id-none') {
  return makeList({ sessions, leftId }).press('/').type(text);
}

describe('typing a filter', () => {
  it('follows with every key, the best match first and selected', () => {
    const list = filtering('api');
    expect(list.names()).toEqual(['api', 'web-api']);
    expect(list.selected()).toBe('api');
    expect(list.press('backspace', 'backspace', 'backspace').names()).toEqual(names);
  });

  it('selects the best match also when one comes from it', () => {
    expect(filtering('api', 'id-api').selected()).toBe('api');
  });

  it('takes a paste', () => {
    expect(filtering().paste('wor\nker').names()).toEqual(['worker']);
  });

  it('takes blanks and digits as text', () => {
    const list = filtering('1 2');
    expect(list.state().filter).toBe('1 2');
    expect(list.asked()).toEqual([]);
  });

  it('moves the selection by the arrows, and keeps it while the text stays the same', () => {
    const list = filtering('api').press('down');
    expect(list.selected()).toBe('web-api');
    expect(list.press('left', 'home', 'end').selected()).toBe('web-api');
    expect(list.press('up').selected()).toBe('api');
  });

  it('keeps the selection when sessions come and go', () => {
    const list = filtering('api').press('down');
    list.tell([sampleSession('api-2', { lastUsedAt: testNow + 1 }), ...sessions.filter(({ name }) => name !== 'api')]);
    expect(list.names().toSorted()).toEqual(['api-2', 'web-api']);
    expect(list.selected()).toBe('web-api');
  });

  it('takes in a session that comes and matches, when none did', () => {
    const list = filtering('zzz');
    expect(list.selected()).toBe(undefined);
    list.tell([...sessions, sampleSession('zzz')]);
    expect(list.selected()).toBe('zzz');
  });

  it('attaches by Enter, but not to nothing', () => {
    expect(filtering('api').press('enter').asked()).toEqual([
      { kind: 'end', result: { kind: 'attach', id: 'id-api' } },
    ]);
    expect(filtering('zzz').press('enter').asked()).toEqual([]);
  });

  it('is kept by Tab, and can be gone on with', () => {
    const list = filtering('api').press('tab');
    expect(list.state()).toMatchObject({ mode: { kind: 'browse' }, filter: 'api' });
    expect(list.selected()).toBe('api');
    const { mode } = list.press('/').state();
    expect(mode.kind === 'filter' && textOf(mode.field)).toBe('api');
  });

  it.each(['esc', 'ctrl-c'])('is taken back by %s, which keeps the selection', (key) => {
    const list = filtering('worker').press(key);
    expect(list.state()).toMatchObject({ mode: { kind: 'browse' }, filter: '' });
    expect(list.selected()).toBe('worker');
    expect(list.asked()).toEqual([]);
  });
});

describe('a kept filter', () => {
  it('keeps what is hidden out of what is done to the marked ones', () => {
    const list = makeList().press('space', 'space', '/').type('api').press('tab', 'x');
    expect(list.marked()).toEqual(['api', 'web']);
    expect(list.state().mode).toMatchObject({ kind: 'confirm', ids: ['id-api'] });
  });

  it('moves the selection to a neighbour that matches when the session goes', () => {
    const list = filtering('api')
      .press('tab')
      .tell(sessions.filter(({ name }) => name !== 'api'));
    expect(list.selected()).toBe('web-api');
  });

  it('holds for all that comes', () => {
    const list = makeList()
      .press('/')
      .type('hung')
      .press('tab')
      .tell([...oneOfEach, sampleSession('hung-2')]);
    expect(list.names()).toEqual(['hung', 'hung-2']);
  });
});
