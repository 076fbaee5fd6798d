// The same source on Deno, client and server: a subset.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seeProcess } from './support/processes.ts';
import { script, showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { denoCommand } from './support/stay-command.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox(denoCommand());

describe('on Deno', () => {
  it('a session is made, listed, attached, typed into, detached, attached again and killed', async () => {
    expect((await sandbox.runOk(['new', '-d', 'work', '--', ...showKeys])).stdout).toBe('work\n');
    const session = await sandbox.session('work');
    expect(session).toMatchObject({ name: 'work', state: 'running', attached: null, command: showKeys });
    const server = seeProcess(await sandbox.serverPid('work'));
    expect(server?.args[0]).toMatch(/deno/);

    const first = sandbox.terminal(['attach', 'work'], { cols: 90, rows: 20 });
    await first.waitFor(/READY/);
    await first.type('typed é日');
    await first.waitFor(/typed/);
    expect(await sandbox.session('work')).toMatchObject({ cols: 90, rows: 20, attached: { pid: first.pty.pid } });
    const shown = first.text();
    await first.type('\x1c');
    expect((await first.waitForExit()).code).toBe(0);
    expect(first.text()).toMatch(/detached from work/);

    const second = sandbox.terminal(['attach', 'work'], { cols: 90, rows: 20 });
    await second.waitFor(() => second.text() === shown);
    await sandbox.runOk(['kill', 'work']);
    await second.waitForExit();
    expect(await sandbox.stayJson()).toEqual([]);
    await waitUntil(() => seeProcess(server?.pid ?? 0) === null, 'the server ends');
  });

  it('the end of a program is told with its status', async () => {
    const terminal = sandbox.terminal(['new', 'brief', '--', 'bash', '-c', 'echo last words; exit 7']);
    expect(await terminal.waitForExit()).toEqual({ code: 7, signal: null });
    expect(terminal.text()).toMatch(/last words/);
  });

  it('a paste that is larger than what the terminal holds arrives whole', async () => {
    const path = sandbox.freshPath('pasted');
    const size = 1024 * 1024;
    const program = script(`stty raw -echo; echo READY; head -c ${size} > ${path}; echo GOT; sleep 4000`);
    const terminal = sandbox.terminal(['new', 'pasted', '--', ...program]);
    await terminal.waitFor(/READY/);
    await terminal.type(Buffer.alloc(size, 'paste '));
    await terminal.waitFor(/GOT/);
    expect(readFileSync(path).equals(Buffer.alloc(size, 'paste '))).toBe(true);
  });

  it('the list opens, attaches and comes back', async () => {
    await sandbox.runOk(['new', '-d', 'listed', '--', 'bash', '-c', 'echo I am listed; sleep 4000']);
    const list = sandbox.terminal([]);
    await list.waitFor(/listed/);
    await list.type('\r');
    await list.waitFor(/^I am listed$/m);
    await list.type('\x1c');
    await list.waitFor(() => /listed/.test(list.text()) && !/^I am listed$/m.test(list.text()));
    await list.type('q');
    expect((await list.waitForExit()).code).toBe(0);
  });

  it('what is not understood is refused as in the binary', async () => {
    expect((await sandbox.run(['lst'])).exitCode).toBe(64);
    expect((await sandbox.run(['kill', 'nobody'])).exitCode).toBe(66);
  });
});
