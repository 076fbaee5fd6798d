// The harness itself, with ordinary programs.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlive, processesMarked } from './support/processes.ts';
import { makeSandbox } from './support/sandbox.ts';
import { hasTmux, startTmux } from './support/tmux.ts';
import { waitUntil } from './support/waiting.ts';

// Stands in for stay: the end of the suite asks it to kill all sessions, and there are none.
const sandbox = makeSandbox(['/bin/true']);

describe('the terminal', () => {
  it('shows what a program prints and answers what it asks', async () => {
    const terminal = sandbox.open([
      '/bin/bash',
      '-c',
      "stty raw -echo; printf 'a\\033[6n'; read -rd R answer; printf '%q|' \"$answer\"; sleep 100",
    ]);
    await terminal.waitFor(/\[1\\;2\||\[1;2'?\|/);
    expect(terminal.cursor().y).toBe(0);
  });

  it('passes keys, sizes and the exit status', async () => {
    const shell = await sandbox.shell({ cols: 100, rows: 30 });
    await shell.type('stty size\r');
    await shell.waitFor(/^30 100$/m);
    shell.resize({ cols: 60, rows: 20 });
    await shell.type('clear; stty size\r');
    await shell.waitFor(/^20 60$/m);
    await shell.type('exit 7\r');
    expect(await shell.waitForExit()).toEqual({ code: 7, signal: null });
  });

  it('takes five megabytes as fast as the program reads them', async () => {
    const path = sandbox.freshPath('typed');
    const terminal = sandbox.open([
      '/bin/bash',
      '-c',
      `stty raw -echo; echo READY; head -c 5000000 > ${path}; echo GOT; sleep 100`,
    ]);
    await terminal.waitFor(/READY/);
    await terminal.type(Buffer.alloc(5_000_000, 'abcdefg'));
    await terminal.waitFor(/GOT/);
    expect(readFileSync(path).equals(Buffer.alloc(5_000_000, 'abcdefg'))).toBe(true);
  });

  it('hangs up its program when it is closed, though other terminals are open', async () => {
    const first = sandbox.open(['/bin/sleep', '100']);
    const second = sandbox.open(['/bin/sleep', '100']);
    first.close();
    expect(await first.pty.exited).toEqual({ code: null, signal: 'SIGHUP' });
    expect(isAlive(second.pty.pid)).toBe(true);
  });

  it('says what is on the screen when a wait fails', async () => {
    const terminal = sandbox.open(['/bin/echo', 'something else']);
    await expect(terminal.waitFor(/never/)).rejects.toThrow(/something else/);
  });
});

describe('the sandbox', () => {
  it('finds its processes, also those that left their session', async () => {
    const terminal = sandbox.open(['/bin/bash', '-c', 'setsid sleep 4711 & sleep 100']);
    const isThere = () => processesMarked(sandbox.root).find((one) => one.args.join(' ') === 'sleep 4711');
    const found = await waitUntil(isThere, 'the process that called setsid');
    process.kill(found.pid);
    await waitUntil(() => !isThere(), 'its end');
    terminal.close();
  });
});

describe.skipIf(!hasTmux)('tmux', () => {
  it('shows what is typed into it', async () => {
    const tmux = startTmux(sandbox, 'bash --norc');
    try {
      tmux.sendText('echo $((6 * 7))');
      tmux.sendKeys('Enter');
      await tmux.waitFor(/^42$/m);
    } finally {
      tmux.stop();
    }
  });
});
