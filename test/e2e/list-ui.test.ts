import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { keys, makeSessions, openList, rowsOf, select, selectedRow } from './support/list-screen.ts';
import { idle, script, showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('the list', () => {
  it('without sessions says what to do', async () => {
    const list = await openList(sandbox);
    await list.waitFor(/\bn\b.*new|new.*\bn\b/i);
  });

  it('shows name, state, holder, program and age', async () => {
    await makeSessions(sandbox, 'quiet');
    const holder = sandbox.terminal(['new', 'held', '--', ...showKeys]);
    await holder.waitFor(/READY/);
    const list = await openList(sandbox, ['quiet', 'held']);
    const row = (name: string) => list.lines().find((line) => line.includes(name)) ?? '';
    await list.waitFor(() => /running|new/.test(row('quiet')) && /\bs(leep)?\b|bash/.test(row('quiet')));
    await list.waitFor(() => /attached|pts\/\d/.test(row('held')));
    expect(row('quiet')).not.toMatch(/pts\/\d/);
    expect(row('held')).toMatch(/cat/);
    expect(row('quiet')).toMatch(/\d+\s?s|now|just/);
  });

  it('Enter attaches, detaching comes back with the session used before selected', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'gamma');
    const list = await openList(sandbox, ['alpha', 'beta', 'gamma']);
    for (const name of ['beta', 'alpha', 'gamma']) {
      await select(list, name);
      await list.type(keys.enter);
      await sandbox.waitForSession(name, (one) => one.attached?.pid === list.pty.pid);
      await list.waitFor(new RegExp(`^I am ${name}$`, 'm'));
      await list.type(keys.detach);
      await list.waitFor(() => selectedRow(list) !== '' && !selectedRow(list).includes(name));
      expect((await sandbox.session(name)).attached).toBe(null);
    }
  });

  it('n makes a session of the name asked for, and attaches it', async () => {
    const list = await openList(sandbox);
    await list.type('n');
    await list.waitFor(/name/i);
    await list.type('fresh one');
    await list.waitFor(/fresh one/);
    await list.type(keys.enter);
    await list.waitFor(/prompt> ?$/);
    expect((await sandbox.session('fresh one')).attached?.pid).toBe(list.pty.pid);
    await list.type(keys.detach);
    await list.waitFor(() => selectedRow(list).includes('fresh one'));
  });

  it('n and Enter make one with a random name', async () => {
    const list = await openList(sandbox);
    await list.type('n');
    await list.waitFor(/name/i);
    await list.type(keys.enter);
    await list.waitFor(/prompt> ?$/);
    expect(await sandbox.stayJson()).toMatchObject([{ name: expect.stringMatching(/^[a-z]+(-[a-z]+)+$/) }]);
  });

  it('n refuses a bad name in a sentence and keeps asking; Esc gives up', async () => {
    await makeSessions(sandbox, 'alpha');
    const list = await openList(sandbox, ['alpha']);
    await list.type('n');
    await list.waitFor(/name/i);
    await list.type('bad/name');
    await list.type(keys.enter);
    await list.waitFor(/slash/);
    await list.type(keys.escape);
    await list.waitFor(() => !list.text().includes('bad/name'));
    expect(await sandbox.stayJson()).toHaveLength(1);
  });

  it('x asks before it kills: n spares, y kills', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const list = await openList(sandbox, ['alpha', 'beta']);
    await select(list, 'alpha');
    await list.type('x');
    await list.waitFor(/kill.*alpha/i);
    await list.type('n');
    await list.waitFor(() => !/kill.*alpha.*\?/i.test(list.text()));
    expect(await sandbox.stayJson()).toHaveLength(2);
    await list.type('x');
    await list.waitFor(/kill.*alpha/i);
    await list.type('y');
    await list.waitFor(() => !list.text().includes('alpha') || !/alpha.*running/.test(list.text()));
    await waitUntil(async () => (await sandbox.stayJson()).length === 1, 'the session is gone');
    expect((await sandbox.stayJson())[0]?.name).toBe('beta');
  });

  it('r renames', async () => {
    await makeSessions(sandbox, 'alpha');
    const list = await openList(sandbox, ['alpha']);
    await list.type('r');
    await list.waitFor(/rename|name/i);
    await list.type(`${keys.clear}renamed`);
    await list.waitFor(/renamed/);
    await list.type(keys.enter);
    await waitUntil(async () => (await sandbox.stayJson())[0]?.name === 'renamed', 'it is renamed');
    await list.waitFor(() => selectedRow(list).includes('renamed'));
  });

  it('? explains the keys', async () => {
    const list = await openList(sandbox);
    await list.type('?');
    await list.waitFor(() =>
      ['attach', 'new', 'kill', 'rename', 'quit'].every((word) => list.text().toLowerCase().includes(word)),
    );
  });

  it('updates by itself when sessions come, change and go', async () => {
    const list = await openList(sandbox);
    await makeSessions(sandbox, 'alpha');
    await list.waitFor(/alpha/);
    await sandbox.runOk(['rename', 'alpha', 'omega']);
    await list.waitFor(() => /omega/.test(rowsOf(list)) && !/alpha/.test(rowsOf(list)));
    const holder = sandbox.terminal(['attach', 'omega']);
    await list.waitFor(/omega.*(attached|pts\/\d)/);
    await holder.type(keys.detach);
    await list.waitFor(() => !/omega.*(attached|pts\/\d)/.test(rowsOf(list)));
    await sandbox.runOk(['new', '-d', 'brief', '--', ...script('sleep 0.3; exit 4')]);
    await list.waitFor(/brief.*exited/);
    await sandbox.runOk(['kill', '--all']);
    await list.waitFor(() => !/omega|brief/.test(rowsOf(list)));
  });
});

describe('leaving the list', () => {
  it.each([
    ['q', 'q'],
    ['ctrl-c', '\x03'],
  ])('with %s restores the terminal', async (_, key) => {
    const shell = await sandbox.shell();
    const [before, after] = [sandbox.freshPath('before'), sandbox.freshPath('after')];
    const snapshot = shell.snapshot();
    await shell.type(`stty -g > ${before}; stay; stty -g > ${after}; echo left-$?\r`);
    await shell.waitFor(/new/i);
    await shell.type(key);
    await shell.waitFor(/^left-\d+\nprompt> ?$/m);
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(before, 'utf8'));
    expect({ ...shell.snapshot(), lines: [], cursor: [] }).toEqual({ ...snapshot, lines: [], cursor: [] });
    expect(shell.cursor().isVisible).toBe(true);
    await shell.type('echo typing-$((1 + 1))\r');
    await shell.waitFor(/^typing-2$/m);
  });

  it('by closing its terminal leaves no process', async () => {
    const list = await openList(sandbox);
    list.close();
    await list.pty.exited;
  });
});

describe('the size', () => {
  it.each([
    [40, 10],
    [80, 24],
    [300, 100],
  ])('%ix%i is enough', async (cols, rows) => {
    await makeSessions(sandbox, 'alpha', 'a-name-that-is-quite-long-for-a-narrow-terminal');
    const list = await openList(sandbox, ['alpha', 'a-name'], { cols, rows });
    await select(list, 'alpha');
    await list.type(keys.enter);
    await list.waitFor(/^I am alpha$/m);
    await sandbox.waitForSession('alpha', (one) => one.cols === cols && one.rows === rows);
    await list.type(keys.detach);
    await list.waitFor(() => selectedRow(list).includes('a-name'));
    expect(rowsOf(list)).toMatch(/alpha/);
  });

  it('of a long list on a small screen: the selection stays visible', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `session-${String(index).padStart(2, '0')}`);
    for (const name of names) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    const list = await openList(sandbox, [], { cols: 40, rows: 10 });
    await list.waitFor(/session-/);
    const seen = new Set<string>();
    for (let index = 0; index < names.length; index++) {
      seen.add(/session-\d\d/.exec(selectedRow(list))?.[0] ?? `nothing selected:\n${list.text()}`);
      const before = selectedRow(list);
      await list.type(keys.down);
      if (index < names.length - 1) await list.waitFor(() => selectedRow(list) !== before && selectedRow(list) !== '');
    }
    expect([...seen].sort()).toEqual(names);
  });

  it('may change at any time', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const list = await openList(sandbox, ['alpha', 'beta'], { cols: 100, rows: 30 });
    for (const [cols, rows] of [
      [40, 10],
      [200, 60],
      [20, 5],
      [80, 24],
    ] as const) {
      list.resize({ cols, rows });
      await list.waitFor(() => selectedRow(list) !== '');
    }
    await list.waitFor(() => ['alpha', 'beta'].every((name) => list.text().split(name).length === 2));
  });
});

describe('colour', () => {
  const colour = /\x1b\[[\d;:]*\b(3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8[;:])[\d;:]*m/;

  it('is used in a terminal that has it, and not with NO_COLOR', async () => {
    await makeSessions(sandbox, 'alpha');
    const plain = await openList(sandbox, ['alpha'], { env: { NO_COLOR: '1' } });
    expect(plain.received()).not.toMatch(colour);
    expect(selectedRow(plain)).toContain('alpha');
    const coloured = await openList(sandbox, ['alpha']);
    expect(coloured.received()).toMatch(colour);
  });
});
