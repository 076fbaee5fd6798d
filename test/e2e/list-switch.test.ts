import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { keys, makeSessions, openList, select, selectedRow } from './support/list-screen.ts';
import { recordKeys, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('a session opened from the list', () => {
  it('that is detached from elsewhere gives the list back, which says so', async () => {
    await makeSessions(sandbox, 'alpha');
    const list = await openList(sandbox, ['alpha']);
    await list.type(keys.enter);
    await list.waitFor(/^I am alpha$/m);
    await sandbox.runOk(['detach', 'alpha']);
    await list.waitFor(() => /detached/.test(list.text()) && selectedRow(list).includes('alpha'));
  });

  it('that is killed from elsewhere gives the list back without it', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const list = await openList(sandbox, ['alpha', 'beta']);
    await select(list, 'alpha');
    await list.type(keys.enter);
    await list.waitFor(/^I am alpha$/m);
    await sandbox.runOk(['kill', 'alpha']);
    await list.waitFor(() => /alpha was killed/.test(list.text()) && selectedRow(list).includes('beta'));
  });

  // Several times: the end may be heard as a signal, as the end of input or as a failed write, in any order.
  it.each([1, 2, 3, 4, 5])('stays when the terminal of the list is closed (%i)', async () => {
    await makeSessions(sandbox, 'alpha');
    const list = await openList(sandbox, ['alpha']);
    await list.type(keys.enter);
    await list.waitFor(/^I am alpha$/m);
    list.close();
    await list.pty.exited;
    await sandbox.waitForSession('alpha', (one) => one.attached === null && one.state === 'running');
  });

  it('of a program on the alternate screen leaves nothing of it on the list, and comes back whole', async () => {
    const program = script(
      "stty raw -echo; printf '\\033[?1049h\\033[2J\\033[3;10r\\033[?25l\\033[?1003h\\033[5;5HOVER'; sleep 4000",
    );
    await sandbox.runOk(['new', '-d', 'full', '--', ...program]);
    const list = await openList(sandbox, ['full']);
    const modes = list.snapshot().modes;
    // In the preview it stands beside a row of the list.
    const isShown = () => /^ {4}OVER$/m.test(list.text());
    const hasModes = () => list.snapshot().modes.mouseTrackingMode === 'any' && !list.cursor().isVisible;
    for (let round = 0; round < 3; round++) {
      await list.type(keys.enter);
      await list.waitFor(() => isShown() && hasModes());
      await list.type(keys.detach);
      await list.waitFor(() => selectedRow(list).includes('full') && !isShown());
      await list.waitFor(() => isDeepStrictEqual(list.snapshot().modes, modes));
    }
  });

  it('that ends gives the list back, which says so and shows the session as exited', async () => {
    const list = await openList(sandbox);
    await sandbox.runOk(['new', '-d', 'brief', '--', ...script('echo READY; read -r; exit 6')]);
    await list.waitFor(/brief/);
    await list.type(keys.enter);
    await list.waitFor(/^READY$/m);
    await list.type('\r');
    await list.waitFor(/exited/);
    expect(list.text()).toMatch(/6/);
  });

  it('that has ended before shows its last screen until a key, and stays selected', async () => {
    await makeSessions(sandbox, 'alpha');
    await sandbox.runOk(['new', '-d', 'brief', '--', ...script('echo last words; exit 6')]);
    await sandbox.waitForSession('brief', ({ state }) => state === 'exited');
    const list = await openList(sandbox, ['alpha', 'brief']);
    await select(list, 'brief');
    await list.type(keys.enter);
    await list.waitFor(/^last words\n+\[stay\] brief ended with status 6 \(any key: back to the list\)$/m);
    // Not for the list: it would mark the session.
    await list.type(' ');
    await list.waitFor(() => selectedRow(list).includes('brief'));
    expect(list.text()).not.toContain('marked');
    await list.type('q');
    expect((await list.waitForExit()).code).toBe(0);
    expect(list.text()).toMatch(/^last words\n+\[stay\] brief ended with status 6 .*$/m);
  });

  it('that is taken over gives the list back, which says by whom', async () => {
    await makeSessions(sandbox, 'alpha');
    const list = await openList(sandbox, ['alpha']);
    await list.type(keys.enter);
    await list.waitFor(/^I am alpha$/m);
    const thief = sandbox.terminal(['attach', 'alpha']);
    await list.waitFor(/taken over/);
    await thief.waitFor(/I am alpha/);
    expect((await sandbox.session('alpha')).attached?.pid).toBe(thief.pty.pid);
  });
});

describe('twenty times from the list into a session and back', () => {
  it('no key typed during the switch is lost or reaches the wrong place', async () => {
    const path = sandbox.freshPath('keys');
    await sandbox.runOk(['new', '-d', 'only', '--', ...recordKeys(path)]);
    await waitUntil(() => existsSync(path), 'the program runs');
    const list = await openList(sandbox, ['only']);
    let expected = '';
    for (let round = 1; round <= 20; round++) {
      // In one write: the Enter is for the list, the rest for the program.
      await list.type(`${keys.enter}key-${round};`);
      expected += `key-${round};`;
      await waitUntil(
        () => readFileSync(path, 'utf8') === expected,
        () => `round ${round}: ${readFileSync(path, 'utf8')}\n${list.text()}`,
      );
      // In one write: the first is for the client, the rest for the list.
      await list.type(`${keys.detach}?`);
      await list.waitFor(/rename/i);
      await list.type('?');
      await list.waitFor(() => selectedRow(list).includes('only'));
    }
    await list.type('q');
    expect((await list.waitForExit()).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(expected);
  });

  it('keys typed while nobody waits are all there', async () => {
    const path = sandbox.freshPath('keys');
    await sandbox.runOk(['new', '-d', 'only', '--', ...recordKeys(path)]);
    await waitUntil(() => existsSync(path), 'the program runs');
    const list = await openList(sandbox, ['only']);
    let typed = '';
    let expected = '';
    for (let round = 1; round <= 20; round++) {
      typed += `${keys.enter}<${round}>${keys.detach}`;
      expected += `<${round}>`;
    }
    await list.type(`${typed}q`);
    expect((await list.waitForExit({ timeoutMs: 30_000 })).code).toBe(0);
    await waitUntil(
      () => readFileSync(path, 'utf8') === expected,
      () => readFileSync(path, 'utf8'),
    );
  });

  it('keys typed while a new session is being made reach it', async () => {
    const list = await openList(sandbox);
    await list.type(`n${keys.enter}echo made-$((40 + 2))\r`);
    await list.waitFor(/^made-42$/m);
    expect(await sandbox.stayJson()).toHaveLength(1);
  });
});
