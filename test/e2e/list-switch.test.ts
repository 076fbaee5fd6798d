import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { keys, openList, selectedRow } from './support/list-screen.ts';
import { recordKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
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
