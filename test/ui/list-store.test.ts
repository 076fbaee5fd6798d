import { describe, expect, it } from 'vitest';
import { createListStore } from '../../src/ui/list-store.ts';
import type { ActionResult, ListResult, SessionActions } from '../../src/ui/session-list.ts';
import { createFakeClock } from './fake-terminal.ts';
import { keyNamed, samplePreferences } from './make-list.ts';
import { oneOfEach, sampleHolder, sampleSession, testNow } from './sample-sessions.ts';

function openStore({ fails = false, broken = false } = {}) {
  const clock = createFakeClock(testNow);
  const asked: unknown[][] = [];
  const copied: string[] = [];
  const errors: unknown[] = [];
  const ends: ListResult[] = [];
  let changes = 0;
  const act =
    (what: string) =>
    async (...args: unknown[]): Promise<ActionResult> => {
      asked.push([what, ...args]);
      if (broken) throw new Error('a bug');
      return fails ? { kind: 'failed', message: `Cannot ${what}.` } : { kind: 'done', ids: ['made'] };
    };
  const actions: SessionActions = {
    create: act('create'),
    rename: act('rename'),
    kill: act('kill'),
    restart: act('restart'),
    detach: act('detach'),
    pin: act('pin'),
    proposeName: async () => 'brisk-otter',
    completeDirectory: async (text) => ({ text: `${text}src/`, candidates: ['src/'] }),
    attachCommand: (name) => `stay attach '${name}'`,
    nameProblem: () => null,
  };
  const store = createListStore({
    start: { size: { cols: 80, rows: 24 }, leftId: undefined, notice: undefined, preferences: samplePreferences },
    actions,
    clock,
    home: '/home/me',
    onChange: () => {
      changes += 1;
    },
    onCopy: (text) => void copied.push(text),
    onEnd: (result) => void ends.push(result),
    onError: (error) => void errors.push(error),
  });
  store.dispatch({ kind: 'sessions', sessions: [sampleSession('held', { attached: sampleHolder }), ...oneOfEach] });
  const press = async (...names: string[]) => {
    for (const name of names) store.dispatch({ kind: 'input', input: keyNamed(name) });
    // Lets the answers of the actions come.
    await new Promise(setImmediate);
  };
  return { store, clock, asked, copied, errors, ends, press, changes: () => changes };
}

describe('what the list asks for', () => {
  it.each([
    ['a rename', ['g', 'r', 'x', 'enter'], ['rename', 'id-api', 'apix']],
    ['a kill', ['x', 'y'], ['kill', ['id-api']]],
    ['several kills', ['space', 'space', 'x', 'y'], ['kill', ['id-api', 'id-web']]],
    ['a restart', ['R', 'y'], ['restart', ['id-api']]],
    ['a detach', ['d'], ['detach', 'id-api']],
    ['a pin', ['*'], ['pin', 'id-api', true]],
    ['a new session', ['n', 'x', 'enter'], ['create', { name: 'x', command: '', directory: '', restart: 'auto' }]],
  ])('is done: %s', async (_, keys, expected) => {
    const { press, asked } = openStore();
    await press(...keys);
    expect(asked).toEqual([expected]);
  });

  it('is told when it failed', async () => {
    const { store, press } = openStore({ fails: true });
    await press('d');
    expect(store.state().notice?.text).toBe('Cannot detach.');
  });

  it('is a proposal for the name, which fills the form', async () => {
    const { store, press } = openStore();
    await press('n');
    expect(store.state().mode).toMatchObject({ kind: 'new', form: { proposal: 'brisk-otter' } });
  });

  it('is the rest of a directory, which fills its field', async () => {
    const { store, press } = openStore();
    await press('n', 'down', 'down', '/', 'tab');
    expect(store.state().mode).toMatchObject({ kind: 'new', form: { directory: { before: '/src/' } } });
  });

  it('is a copy of the command that attaches', async () => {
    const { copied, press } = openStore();
    await press('y');
    expect(copied).toEqual(["stay attach 'api'"]);
  });

  it('that throws, which none should, is told to who runs the list', async () => {
    const { errors, press } = openStore({ broken: true });
    await press('d');
    expect(errors).toEqual([new Error('a bug')]);
  });
});

describe('the end', () => {
  it('comes once, and nothing after it', async () => {
    const { ends, press, clock, changes, asked } = openStore();
    await press('enter');
    const before = changes();
    await press('q', 'd');
    expect(ends).toEqual([{ kind: 'attach', id: 'id-api' }]);
    expect(changes()).toBe(before);
    expect(asked).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('comes with the session that was made', async () => {
    const { ends, press } = openStore();
    await press('n', 'enter');
    expect(ends).toEqual([{ kind: 'attach', id: 'made' }]);
  });

  it('is not disturbed by an answer that comes later', async () => {
    const { store, ends, press } = openStore({ fails: true });
    await press('d', 'q');
    expect(ends).toHaveLength(1);
    store.dispatch({ kind: 'ticked' });
    expect(ends).toHaveLength(1);
  });

  it('leaves no timer when it is disposed instead', () => {
    const { store, clock } = openStore();
    expect(clock.pending()).toBe(1);
    store.dispose();
    expect(clock.pending()).toBe(0);
  });
});

describe('time', () => {
  it('wakes the list when an age changes, and takes a notice away', async () => {
    const { store, clock, press } = openStore({ fails: true });
    await press('d');
    const { now } = store.state();
    clock.pass(1_000);
    expect(store.state().now).toBe(now + 1_000);
    expect(store.state().notice).not.toBe(null);
    clock.pass(4_000);
    expect(store.state().notice).toBe(null);
  });

  it('is one timer, however much happens', async () => {
    const { clock, press } = openStore();
    await press('down', 'down', 'd', 'up');
    expect(clock.pending()).toBe(1);
  });
});
