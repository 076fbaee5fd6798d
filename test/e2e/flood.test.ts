import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { peakResidentBytes } from './support/processes.ts';
import { script } from './support/programs.ts';
import { startPty } from './support/pty.ts';
import { makeSandbox } from './support/sandbox.ts';
import { waitUntil, within } from './support/waiting.ts';

const sandbox = makeSandbox();
const floodBytes = 50 * 1024 * 1024;
const floodTimeoutMs = 40_000;

/** Of what a terminal that only counts remembers: more than the paint of a screen. */
const tailBytes = 4096;

/** Resident bytes that a server may ever need: its binary's shared pages (35 MB), the history, the queue, and room. */
const maxServerBytes = 200 * 1024 * 1024;

// Lines of 64 bytes, sent as they are: the terminal must not add a carriage return to each.
const flood = (rest: string) =>
  script(
    `stty raw -echo; printf 'READY\\r\\n'; read -rn1; yes $'${'0123456789'.repeat(6)}ab\\r' | head -c ${floodBytes}; printf '\\r\\nTHE-END\\r\\n'; ${rest}`,
  );

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('fifty megabytes', () => {
  it('while detached: the program is not held up and its screen is known', async () => {
    const done = sandbox.freshPath('done');
    const program = script(
      `yes ${'0123456789'.repeat(6)}abc | head -c ${floodBytes}; echo THE-END; touch ${done}; sleep 4000`,
    );
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const server = await sandbox.serverPid('work');
    await waitUntil(() => existsSync(done), 'the program is done', { timeoutMs: floodTimeoutMs });
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/THE-END$/);
    expect(terminal.lines().slice(0, 22)).toEqual(Array(22).fill(`${'0123456789'.repeat(6)}abc`));
    expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
  });

  it('while detached: the session answers all the time', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--',
      ...script(`yes ${'0123456789'.repeat(6)} | head -c ${floodBytes}; echo THE-END; sleep 4000`),
    ]);
    for (let index = 0; index < 10; index++) expect((await sandbox.session('work')).state).toBe('running');
  });

  it('while attached: every byte reaches the terminal, and the server stays small', async () => {
    const client = startPty([...sandbox.command, 'new', 'work', '--', ...flood('sleep 4000')], {
      env: { ...sandbox.env },
      cwd: sandbox.home,
    });
    let tail = '';
    client.onData((bytes) => {
      tail = (tail + Buffer.from(bytes.subarray(-tailBytes)).toString('latin1')).slice(-tailBytes);
    });
    try {
      await waitUntil(
        () => tail.includes('READY'),
        () => `READY, after ${tail}`,
      );
      const server = await sandbox.serverPid('work');
      const before = client.byteCount;
      await client.write('x');
      await waitUntil(
        () => tail.includes('THE-END'),
        () => `the end, after ${client.byteCount - before} bytes: ${tail}`,
        { timeoutMs: floodTimeoutMs },
      );
      expect(client.byteCount - before).toBe(floodBytes + '\r\nTHE-END\r\n'.length);
      expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
      expect(peakResidentBytes(client.pid)).toBeLessThan(maxServerBytes);
    } finally {
      client.close();
      await within(client.exited, () => 'the end of the client');
    }
  });

  it('while attached: the detach key is heard at once in the middle of it', async () => {
    const done = sandbox.freshPath('done');
    const terminal = sandbox.terminal(['new', 'work', '--', ...flood(`touch ${done}; sleep 4000`)]);
    await terminal.waitFor(/READY/);
    await terminal.type('x');
    await terminal.waitFor(/0123456789/);
    const startedAt = performance.now();
    await terminal.type('\x1c');
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(terminal.text()).toMatch(/detached from work/);
    await waitUntil(() => existsSync(done), 'the program goes on to its end', { timeoutMs: floodTimeoutMs });
  });

  it('to a terminal that reads nothing: the program is not held up, and the screen is right in the end', async () => {
    const done = sandbox.freshPath('done');
    const terminal = sandbox.terminal(['new', 'work', '--', ...flood(`touch ${done}; sleep 4000`)]);
    await terminal.waitFor(/READY/);
    const server = await sandbox.serverPid('work');
    terminal.pty.pause();
    await terminal.type('x');
    await waitUntil(() => existsSync(done), 'the program is done', { timeoutMs: floodTimeoutMs });
    terminal.pty.resume();
    await terminal.waitFor(/THE-END$/, { timeoutMs: floodTimeoutMs });
    expect(terminal.lines().slice(0, 21)).toEqual(Array(21).fill(`${'0123456789'.repeat(6)}ab`));
    expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
  });
});
