// The list as a person uses it in a terminal of another make: its keys and its mouse, and what happens around it meanwhile.

import { randomInt } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeSessions } from './support/list-screen.ts';
import { signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { changeRecord, stopSession } from './support/stopped-sessions.ts';
import { hasTmux, startTmux, type TestTmux } from './support/tmux.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface TmuxList extends TestTmux {
  /** The names of the rows, from above. */
  names(): string[];
  /** The line that is selected. */
  selected(): string;
  select(pattern: RegExp): Promise<void>;
  /** Presses a key, and waits until the screen is like that. */
  press(key: string, what: RegExp): Promise<void>;
  /** What a terminal reports of its mouse (SGR, 1006): button, and the cell from 1; `release` ends with m. */
  mouse(button: number, cell: { col: number; row: number }, end?: 'M' | 'm'): void;
  rowOf(name: string): number;
}

async function openList(names: readonly string[], size = { cols: 100, rows: 24 }): Promise<TmuxList> {
  const tmux = startTmux(sandbox, 'stay', size);
  onTestFinished(() => tmux.stop());
  const lines = () => tmux.text().split('\n');
  const list: TmuxList = {
    ...tmux,
    names: () => lines().flatMap((line) => /^[ >❯*✓+]{1,3} ?[●○■×?] (\S+)/.exec(line)?.[1] ?? []),
    selected: () => lines().find((line) => /^[>❯]/.test(line)) ?? '',
    async select(pattern) {
      await waitUntil(
        () => pattern.test(list.selected()),
        () => `${pattern} is selected in\n${tmux.text()}`,
      );
    },
    async press(key, what) {
      tmux.sendKeys(key);
      await tmux.waitFor(what);
    },
    mouse: (button, { col, row }, end = 'M') => tmux.sendText(`\x1b[<${button};${col};${row}${end}`),
    rowOf: (name) => lines().findIndex((line) => line.split('│')[0]!.includes(name)) + 1,
  };
  await waitUntil(
    () => names.every((name) => tmux.text().includes(name)),
    () => `the list of ${names.join(', ')} in\n${tmux.text()}`,
  );
  return list;
}

describe.skipIf(!hasTmux)('the keys', () => {
  it('move, order, pin, mark, filter, copy, show and hide as the help says', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'gamma');
    const list = await openList(['alpha', 'beta', 'gamma']);
    await list.press('o', /Order: by name/);
    await waitUntil(
      () => list.names().join() === 'alpha,beta,gamma',
      () => `by name:\n${list.text()}`,
    );
    for (const [key, name] of [
      ['g', 'alpha'],
      ['j', 'beta'],
      ['Down', 'gamma'],
      ['k', 'beta'],
      ['Up', 'alpha'],
      ['G', 'gamma'],
      ['Home', 'alpha'],
      ['End', 'gamma'],
      ['PPage', 'alpha'],
      ['NPage', 'gamma'],
      ['C-b', 'alpha'],
      ['C-f', 'gamma'],
    ] as const) {
      list.sendKeys(key);
      await list.select(new RegExp(name));
    }
    list.sendKeys('*');
    await waitUntil(
      () => list.names()[0] === 'gamma',
      () => `gamma is pinned above:\n${list.text()}`,
    );
    list.sendKeys('*');
    await waitUntil(
      () => list.names()[0] === 'alpha',
      () => `gamma is not pinned:\n${list.text()}`,
    );

    list.sendKeys('g');
    await list.select(/alpha/);
    list.sendKeys('Space', 'Space');
    await list.select(/gamma/);
    await list.press('x', /Kill 2 sessions\? "alpha", "beta"/);
    list.sendKeys('n', 'Escape');
    await waitUntil(() => !/Kill/.test(list.text()), 'nothing is asked');
    expect((await sandbox.stayJson()).map(({ name }) => name).sort()).toEqual(['alpha', 'beta', 'gamma']);

    list.sendKeys('/');
    list.sendText('bt');
    await waitUntil(
      () => list.names().join() === 'beta',
      () => `only beta is left:\n${list.text()}`,
    );
    list.sendKeys('Tab');
    await list.press('y', /Copied: stay attach beta/);
    list.sendKeys('Escape');
    await waitUntil(
      () => list.names().length === 3,
      () => `all are back:\n${list.text()}`,
    );

    await list.waitFor(/│ I am/);
    list.sendKeys('p');
    await waitUntil(
      () => !list.text().includes('I am'),
      () => `no preview:\n${list.text()}`,
    );
    await list.press('Tab', /│ I am/);
    await list.press('?', /restart or resume/);
    list.sendKeys('Escape');
    await waitUntil(() => !list.text().includes('restart or resume'), 'the help is closed');
    await list.press('d', /Nobody holds/);
    list.sendKeys('q');
    await waitUntil(() => list.format('#{pane_dead}') === '1', 'the list is closed');
  });

  it('attach, rename, make, restart, detach and kill', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const list = await openList(['alpha', 'beta']);
    await list.press('o', /Order: by name/);
    await list.press('2', /^I am beta$/m);
    list.sendKeys('C-\\');
    await list.waitFor(/New session/);
    await list.press('1', /^I am alpha$/m);
    list.sendKeys('C-\\');
    await list.waitFor(/New session/);
    list.sendKeys('g');
    await list.select(/alpha/);
    list.sendKeys('r', 'C-u');
    list.sendText('omega');
    list.sendKeys('Enter');
    await waitUntil(
      () => list.names().includes('omega'),
      () => `alpha is renamed:\n${list.text()}`,
    );
    await list.select(/omega/);

    const before = (await sandbox.session('omega')).pid;
    await list.press('R', /Restart "omega"\?/);
    list.sendKeys('y');
    await sandbox.waitForSession('omega', ({ pid }) => pid !== null && pid !== before);

    const holder = sandbox.terminal(['attach', 'omega']);
    await list.waitFor(/omega +held by/);
    list.sendKeys('d');
    await holder.waitFor(/detached from elsewhere/);

    list.sendKeys('n', 'C-u');
    list.sendText('made');
    list.sendKeys('Down');
    list.sendText('echo I am made; exec sleep 4000');
    list.sendKeys('Enter');
    await list.waitFor(/^I am made/m);
    expect((await sandbox.session('made')).command.join(' ')).toContain('echo I am made');
    list.sendKeys('C-\\');
    await list.waitFor(/New session/);

    list.sendKeys('G');
    await list.select(/omega|beta|made/);
    const [, name] = /^[>❯].\S? ?[●○] (\S+)/.exec(list.selected()) ?? [];
    await list.press('x', new RegExp(`Kill "${name}"\\?`));
    list.sendKeys('y');
    await waitUntil(async () => (await sandbox.stayJson()).every((one) => one.name !== name), `${name} is gone`);
    await waitUntil(
      () => !list.names().includes(name!),
      () => `the row is gone:\n${list.text()}`,
    );
  });
});

describe.skipIf(!hasTmux)('the mouse', () => {
  it('selects, closes, scrolls, attaches and makes', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'gamma');
    const list = await openList(['alpha', 'beta', 'gamma']);
    const click = (cell: { col: number; row: number }) => {
      list.mouse(0, cell);
      list.mouse(0, cell, 'm');
    };
    for (const name of ['alpha', 'gamma', 'beta']) {
      click({ col: 8, row: list.rowOf(name) });
      await list.select(new RegExp(name));
    }
    const bar = list
      .text()
      .split('\n')
      .find((line) => line.includes('│'))!
      .indexOf('│');
    list.mouse(35, { col: bar - 1, row: list.rowOf('beta') });
    await list.waitFor(/beta.*[×x] +│/);
    click({ col: bar - 1, row: list.rowOf('beta') });
    await list.waitFor(/Kill "beta"\?/);
    list.sendKeys('n');
    await waitUntil(() => !/Kill/.test(list.text()), 'nothing is asked');

    list.mouse(65, { col: 8, row: 5 });
    await waitUntil(
      () => list.selected().includes(list.names().at(-1)!),
      () => `the last:\n${list.text()}`,
    );
    list.mouse(64, { col: 8, row: 5 });
    await waitUntil(
      () => list.selected().includes(list.names()[0]!),
      () => `the first:\n${list.text()}`,
    );

    const cell = { col: 8, row: list.rowOf('gamma') };
    click(cell);
    click(cell);
    await list.waitFor(/^I am gamma$/m);
    list.sendKeys('C-\\');
    await list.waitFor(/New session/);
    click({ col: list.text().split('\n')[0]!.indexOf('New session') + 2, row: 1 });
    await list.waitFor(/Directory/i);
    list.sendKeys('Escape');
    await waitUntil(() => !/Directory/i.test(list.text()), 'the form is closed');
  });
});

describe.skipIf(!hasTmux)('the list around', () => {
  it('is drawn anew at every size, without leftovers', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const list = await openList(['alpha', 'beta'], { cols: 100, rows: 30 });
    for (let round = 0; round < 30; round++) list.resize({ cols: 20 + randomInt(140), rows: 5 + randomInt(40) });
    for (const size of [
      { cols: 40, rows: 10 },
      { cols: 131, rows: 33 },
    ]) {
      list.resize(size);
      // Ages go on, and one list may have been told of something later.
      const settled = () => list.text().replaceAll(/\d+[smh]|now/g, '  ');
      const fresh = startTmux(sandbox, 'stay', size, { socket: 'fresh.sock' });
      const expected = () => fresh.text().replaceAll(/\d+[smh]|now/g, '  ');
      try {
        await fresh.waitFor(/beta/);
        await waitUntil(
          () => settled() === expected(),
          () => `at ${size.cols}x${size.rows} as a new list looks,\n${expected()}\nnot\n${settled()}`,
        );
      } finally {
        fresh.stop();
      }
    }
  });

  it('tells within a second of a server that hangs, and works on', async () => {
    await makeSessions(sandbox, 'alpha', 'beta', 'hung');
    const server = await sandbox.serverPid('hung');
    signal(server, 'SIGSTOP');
    onTestFinished(() => signal(server, 'SIGCONT'));
    const list = await openList(['alpha', 'beta']);
    const startedAt = performance.now();
    expect(list.names()).toEqual(expect.arrayContaining(['alpha', 'beta']));
    await list.waitFor(/hung +(no answer|not answering)/);
    // A second from when it was asked, which was before it was shown; what is left is for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    list.sendKeys('o');
    await list.waitFor(/Order: by name/);
    signal(server, 'SIGCONT');
    await waitUntil(
      () => !/hung +(no answer|not answering)/.test(list.text()),
      () => `it answers again:\n${list.text()}`,
    );
  });

  it('shows who comes and goes while something is typed into the filter', async () => {
    await makeSessions(sandbox, 'api-one', 'other');
    const list = await openList(['api-one', 'other']);
    list.sendKeys('/');
    list.sendText('ap');
    await waitUntil(
      () => list.names().join() === 'api-one',
      () => `filtered:\n${list.text()}`,
    );
    await makeSessions(sandbox, 'api-two');
    await waitUntil(
      () => list.names().sort().join() === 'api-one,api-two',
      () => `another:\n${list.text()}`,
    );
    list.sendText('i-t');
    await waitUntil(
      () => list.names().join() === 'api-two',
      () => `filtered further:\n${list.text()}`,
    );
    await sandbox.runOk(['kill', 'api-two']);
    await list.waitFor(/No session matches/);
    list.sendKeys('BSpace', 'BSpace');
    await waitUntil(
      () => list.names().join() === 'api-one',
      () => `less filtered:\n${list.text()}`,
    );
    list.sendKeys('Enter');
    await list.waitFor(/^I am api-one$/m);
  });

  it('scrolls through two hundred sessions', async () => {
    await sandbox.runOk(['new', '-d', 's000', '--', ...idle]);
    const first = await stopSession(sandbox, 's000');
    for (let index = 1; index < 200; index++) {
      const id = `copy${String(index).padStart(6, '0')}`;
      cpSync(join(sandbox.stateDir, 'sessions', first.id), join(sandbox.stateDir, 'sessions', id), { recursive: true });
      const socket = join(sandbox.root, `${id}.sock`);
      changeRecord(sandbox, { id }, { id, socket, name: `s${String(index).padStart(3, '0')}` });
    }
    await sandbox.runOk(['new', '-d', 'alive', '--', ...script('echo I am alive; exec sleep 4000')]);
    const list = await openList(['alive']);
    await list.press('o', /Order: by name/);
    list.sendKeys('G');
    await list.select(/s199/);
    for (let page = 0; page < 20; page++) list.sendKeys('PPage');
    await list.select(/alive/);
    for (let row = 0; row < 60; row++) list.sendKeys('j');
    await list.select(/s059/);
    list.sendKeys('/');
    list.sendText('s142');
    await waitUntil(
      () => list.names().join() === 's142',
      () => `found:\n${list.text()}`,
    );
  });
});
