// Clients that are slow, stopped, or come and go: the program never waits for them, the server stays as small as without them,
// and what they show in the end is the session's screen.

import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { holdLimitMs, memoryBound } from '../../src/base/limits.ts';
import { waitForExactScreen, watchScreen } from './support/exact-screen.ts';
import { openSocketCount, ownBytes } from './support/processes.ts';
import { script } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { watchScheduling } from './support/scheduling.ts';
import type { TestTerminal } from './support/screen.ts';
import { heldByLine, throttle } from './support/slow-line.ts';
import { pause, waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const timeoutMs = 60_000;

/** Lines of 80 bytes and more, 32 MB. */
const lineCount = 400_000;
const coloured = "$'\\e[3%sm%%.0f\\e[0;1m is a line of a flood, as long as a line is \\e[4min a terminal\\e[m'";
const lines = (count: number, colour: number) =>
  `seq -f ${coloured.replace('%s', `${colour}`).replace('%%', '%')} 1 ${count}`;

/**
 * Bytes by which a server may be larger than one without a slow client, once both have been quiet for a while: 10 MiB, and what
 * two servers differ by that did the same (47 to 60 MB were seen).
 */
const extraBytes = 16 * 1024 * 1024;

/** Milliseconds that a client is stopped for. */
const stoppedMs = process.env.STAY_LONG === '1' ? 60_000 : 5_000;

/** Milliseconds after which a server that is quiet has given memory back: it looks every `quietMs` whether it is. */
const settleMs = 2 * memoryBound.quietMs;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** A program that writes its flood once `begin` is called. */
function floodOnce() {
  const [go, done] = [sandbox.freshPath('go'), sandbox.freshPath('done')];
  return {
    program: script(
      `echo READY; until [ -e ${go} ]; do sleep 0.02; done; ${lines(lineCount, 2)}; echo THE-END; touch ${done}; sleep 4000`,
    ),
    /** Resolves with the milliseconds that it took, and the most that the server had for itself meanwhile. */
    async run(server: number): Promise<{ ms: number; peakBytes: number }> {
      const startedAt = performance.now();
      let peakBytes = 0;
      writeFileSync(go, '');
      await waitUntil(
        () => {
          peakBytes = Math.max(peakBytes, ownBytes(server));
          return existsSync(done);
        },
        'the program is done',
        { timeoutMs },
      );
      return { ms: performance.now() - startedAt, peakBytes };
    },
  };
}

/** A program that floods until it is told to stop. */
function floodUntilTold() {
  const stop = sandbox.freshPath('stop');
  const flood = `for ((i = 0; ; i++)); do ${lines(1000, 1)}; [ -e ${stop} ] && break; ${lines(9000, 3)}; done`;
  return {
    program: script(`echo READY; ${flood}; echo; echo THE-END; sleep 4000`),
    stop: () => writeFileSync(stop, ''),
  };
}

describe('beside a session that nobody is attached to', () => {
  let alone = { ms: 0, peakBytes: 0, quietBytes: 0 };

  beforeAll(async () => {
    const { program, run } = floodOnce();
    await sandbox.runOk(['new', '-d', 'alone', '--', ...program]);
    const server = await sandbox.serverPid('alone');
    const flooded = await run(server);
    await pause(settleMs);
    alone = { ...flooded, quietBytes: ownBytes(server) };
    await sandbox.runOk(['kill', '--all']);
  });

  /** Once the server has had the time to give back what the flood took. */
  async function expectSmall(server: number): Promise<void> {
    await pause(settleMs);
    const mostBytes = alone.quietBytes + extraBytes;
    await waitUntil(
      () => ownBytes(server) <= mostBytes,
      () => `the server has ${ownBytes(server)} bytes, with nobody attached ${alone.quietBytes}`,
    );
  }

  it('one with a terminal that is read at 10 kB/s is as quick and as small, and the screen is exact in the end', async () => {
    const { program, run } = floodOnce();
    const terminal = sandbox.terminal(['new', 'work', '--', ...program]);
    const shown = watchScreen(terminal);
    await terminal.waitFor(/READY/);
    const server = await sandbox.serverPid('work');
    throttle(terminal.pty, 10_000);
    const { ms, peakBytes } = await run(server);
    // At 10 kB/s all of it would take an hour.
    expect(ms).toBeLessThan(3 * alone.ms + 4 * holdLimitMs + 1_000);
    expect(peakBytes).toBeLessThan(2 * alone.peakBytes);
    await expectSmall(server);
    await terminal.waitFor(/THE-END/, { timeoutMs });
    await waitForExactScreen(sandbox, { session: 'work', shown });
  });

  it('one with a stopped client is as small, and the client shows the exact screen once it goes on', {
    timeout: 60_000 + stoppedMs,
  }, async () => {
    const { program, stop } = floodUntilTold();
    const terminal = sandbox.terminal(['new', 'work', '--', ...program]);
    const shown = watchScreen(terminal);
    await terminal.waitFor(/is a line/);
    const server = await sandbox.serverPid('work');
    terminal.pty.kill('SIGSTOP');
    const before = (await sandbox.session('work')).lastOutputAt ?? 0;
    await pause(stoppedMs);
    // It goes on all the time.
    const { lastOutputAt } = await sandbox.session('work');
    expect(lastOutputAt ?? 0).toBeGreaterThan(before + stoppedMs / 2);
    stop();
    await waitUntil(async () => (await sandbox.runOk(['peek', 'work'])).stdout.includes('THE-END'), 'the program ends');
    await expectSmall(server);
    expect(terminal.text()).not.toContain('THE-END');
    terminal.pty.kill('SIGCONT');
    await terminal.waitFor(/THE-END/, { timeoutMs });
    await waitForExactScreen(sandbox, { session: 'work', shown });
  });

  it('one whose clients come and are killed in a flood is as small, and the last of them shows the exact screen', async () => {
    const { program, stop } = floodUntilTold();
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const server = await sandbox.serverPid('work');
    const before = openSocketCount(server);
    for (let count = 0; count < 30; count++) {
      const client = sandbox.terminal(['attach', 'work']);
      await client.waitFor(/is a line/);
      // Some of them with all that a slow one has under way.
      if (count % 2 === 0) client.pty.pause();
      await pause(20);
      client.pty.kill('SIGKILL');
      await client.waitForExit();
    }
    await sandbox.waitForSession('work', ({ attached }) => attached === null);
    await waitUntil(
      () => openSocketCount(server) <= before,
      () => `${openSocketCount(server)} sockets are open, before ${before}`,
    );
    const last = sandbox.terminal(['attach', 'work']);
    const shown = watchScreen(last);
    await last.waitFor(/is a line/);
    stop();
    await last.waitFor(/THE-END/, { timeoutMs });
    await waitForExactScreen(sandbox, { session: 'work', shown });
    await expectSmall(server);
  });
});

describe('^C in a flood, on a line of 1 MB/s', () => {
  const bytesPerMs = 1_000;
  /** Milliseconds from the key until the prompt is there, beyond what the line itself holds. */
  const promptMs = 300;
  const line = '0123456789'.repeat(7);

  it.each([
    ['that has no end', () => `yes ${line}`],
    [
      'that is a little faster than the line',
      () => `bash -c 'trap "exit 1" INT; while :; do ${someLines(20_000)}; sleep 0.005; done'`,
    ],
  ])('%s: the prompt is there at once, and the screen is exact', async (_, flood) => {
    const terminal = sandbox.terminal(['new', 'work']);
    const shown = watchScreen(terminal);
    await terminal.waitFor(promptPattern);
    const processes = [process.pid, terminal.pty.pid, await sandbox.serverPid('work')];
    throttle(terminal.pty, 1_000 * bytesPerMs);
    const allMs: number[] = [];
    for (const delayMs of [600, 1_050, 1_490, 1_930, 370]) {
      await terminal.type(`clear; ${flood()}\r`);
      await terminal.waitFor(/0123456789\n0123456789/);
      await pause(delayMs);
      const { bytes, ms, waitedMs } = await interrupt(terminal, processes);
      // In between stand what is under way (what the line takes in 40 ms, and one piece of output or a paint), what is
      // queued until that is looked at (50 ms), and the paint with the prompt. In a flood the line is never idle: what it
      // carried tells the time, more reliably than a clock on a machine that has other things to do. What the processes
      // waited for a CPU, while it went on carrying what was there, is not ours.
      expect(bytes).toBeLessThan(heldByLine + (promptMs + waitedMs) * bytesPerMs);
      allMs.push(ms);
      await waitForExactScreen(sandbox, { session: 'work', shown });
    }
    // Nor does the line stand idle while everybody waits for somebody.
    expect(allMs.sort((a, b) => a - b)[2]).toBeLessThan(5 * promptMs);
  });

  function someLines(bytes: number): string {
    const path = sandbox.freshPath('lines');
    writeFileSync(path, `${line}\n`.repeat(bytes / (line.length + 1)));
    return `cat ${path}`;
  }

  async function interrupt(terminal: TestTerminal, processes: readonly number[]) {
    const witness = watchScheduling(processes);
    const [startedAt, from, before] = [performance.now(), Date.now(), terminal.pty.byteCount];
    await terminal.type('\x03');
    await terminal.waitFor(promptPattern);
    witness.look();
    witness.stop();
    const ms = performance.now() - startedAt;
    return { bytes: terminal.pty.byteCount - before, ms, waitedMs: witness.waitedSince(from) };
  }
});
