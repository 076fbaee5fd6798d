// A server killed at any moment: what is restored is, to the last cell, what the screen was at a moment at most a tenth of a
// second before, not counting the time for which a busy machine left the processes waiting.
// STAY_CRASH_RUNS says how often; 20 times unless told. `npm run test:crash` does it 200 times and tells the figures.

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  commandOf,
  drawing,
  flooding,
  type KnownProgram,
  type SeenScreen,
  steady,
  stepAfter,
  timesIn,
  withoutColours,
} from './support/known-output.ts';
import { isAlive, seeProcess, signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { watchScheduling } from './support/scheduling.ts';
import { pause, waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const usualRuns = 20;
const runs = Number(process.env.STAY_CRASH_RUNS ?? usualRuns);

/** Milliseconds by which the screen may be older than the kill, waiting left out. */
const maxAgeMs = 100;
/** The same with all waiting: no machine that one can work on leaves a process waiting for longer. */
const maxWholeAgeMs = 1_000;
/** Of the clocks that are compared: both tell whole milliseconds. */
const clockStepMs = 2;
const timeoutMs = 60_000 + runs * 10_000;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface Peeked extends SeenScreen {
  title: string;
}

async function peek(name: string, args: string[] = []): Promise<Peeked> {
  return JSON.parse((await sandbox.runOk(['peek', name, '--json', ...args])).stdout);
}

interface Age {
  /** Milliseconds between the moment that the restored screen shows and the kill. */
  age: number;
  /** Of these, the time for which the server and its program waited for a CPU. */
  waited: number;
}

/** Kills the server of a session at a random moment under load, finds out how old its screen is, and resumes it. */
async function crash(program: KnownProgram): Promise<Age> {
  const timesFile = sandbox.freshPath('times');
  const command = commandOf(program, { file: sandbox.freshPath('program.cjs'), timesFile });
  await sandbox.runOk(['new', '-d', 'load', '--', ...command]);
  const pid = (await sandbox.session('load')).pid ?? 0;
  const server = seeProcess(pid)?.parent ?? 0;
  const scheduling = watchScheduling([server, pid]);
  // A server in a flood may take too long to answer, once.
  const hasBegun = () =>
    peek('load').then(
      ({ screen }) => screen[20] !== '',
      () => false,
    );
  await waitUntil(hasBegun, 'the program has begun');
  // Before that an empty screen would be none too old.
  await pause(300 + Math.random() * 500);
  scheduling.look();
  const killedAt = Date.now();
  signal(server, 'SIGKILL');
  scheduling.stop();
  await waitUntil(() => !isAlive(server), 'the server is dead');

  const seen = await peek('load', ['--ansi', '--all']);
  const next = stepAfter(program, seen);
  expect(next, `no moment of the program looked like ${JSON.stringify(seen, null, 2)}`).not.toBeNull();
  if (program === flooding) expectInOrder(seen);
  // Until then the screen was as it is restored, at least.
  const lastSeenAt = timesIn(timesFile)[next!] ?? killedAt;
  const age = Math.max(0, killedAt - lastSeenAt);
  const waited = scheduling.waitedSince(lastSeenAt);
  await expectResumed(program, seen);
  await sandbox.runOk(['kill', 'load']);
  return { age, waited };
}

/** The history of a flood has holes, which are told; what is there is of the output, in its order. */
function expectInOrder({ history, screen }: SeenScreen): void {
  let last = -1;
  for (const line of [...history, ...screen].map(withoutColours)) {
    const number = Number(/^(\d+) is line \d+$/.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(number) || number < last) {
      expect(line).toMatch(/^$|^\[stay\] (\d+ )?lines are missing here$|^\d[\w ]*$/);
      continue;
    }
    last = number;
  }
}

/** It comes back with what was seen before, a line that tells why, and a program. */
async function expectResumed(program: KnownProgram, seen: SeenScreen): Promise<void> {
  await sandbox.runOk(['resume', 'load']);
  const { history, screen, alternateScreen } = await peek('load', ['--all']);
  const rows = [...history, ...screen];
  const told = rows.findIndex((line) => /^\[stay\] [-\d]+ [:\d]+: its server was killed; started again$/.test(line));
  expect(told, rows.join('\n')).toBeGreaterThanOrEqual(0);
  expect(alternateScreen).toBe(false);
  // A program that is gone leaves its alternate screen behind.
  if (program === drawing) return;
  // As text a line ends with its last letter.
  const before = [...seen.history, ...seen.screen].map((line) => withoutColours(line).trimEnd());
  const kept = before.slice(0, before.findLastIndex((line) => line !== '') + 1);
  // A full history lets go of as many old lines as come.
  expect(kept.length - told, rows.join('\n')).toBeLessThanOrEqual(2);
  expect(rows.slice(0, told)).toEqual(kept.slice(-told));
}

function summary(program: KnownProgram, ages: readonly Age[]): string {
  const of = (value: (one: Age) => number) => {
    const sorted = ages.map(value).sort((a, b) => a - b);
    return `median ${Math.round(sorted[sorted.length >> 1] ?? 0)}, at most ${Math.round(sorted.at(-1) ?? 0)} ms`;
  };
  const rest = of(({ age, waited }) => Math.max(0, age - waited));
  return `${program.name}: ${ages.length} kills; age ${of(({ age }) => age)}; without waiting for a CPU ${rest}`;
}

describe(`a server killed at a random moment`, () => {
  it.each([
    { program: steady, share: 1 / 2, what: 'leaves every line of output, all but those of the last tenth of a second' },
    { program: flooding, share: 1 / 4, what: 'in a flood leaves a screen of it that is no older' },
    {
      program: drawing,
      share: 1 / 4,
      what: 'under a program that draws all the time leaves one of its screens, no older',
    },
  ])(
    '$what',
    async ({ program, share }) => {
      const ages: Age[] = [];
      for (let run = 0; run < Math.ceil(runs * share); run++) {
        const one = await crash(program);
        ages.push(one);
        expect(one.age - one.waited, JSON.stringify(one)).toBeLessThanOrEqual(maxAgeMs + clockStepMs);
        expect(one.age).toBeLessThan(maxWholeAgeMs);
      }
      if (runs > usualRuns) console.info(summary(program, ages));
    },
    timeoutMs,
  );
});

/** A program of Node's. */
const node = (code: string) => [process.execPath, '-e', code];

/** Prints lines of a number and the time, one every millisecond or so. */
const lines = node(`
  let number = 0;
  setInterval(() => process.stdout.write((number++) + ' ' + Date.now() + '\\r\\n'), 1);
`);
/** The same as fast as they are taken. */
const flood = node(`
  const { writeSync } = require('node:fs');
  for (let number = 0; ; ) {
    let text = '';
    for (let count = 0; count < 100; count++) text += (number++) + ' ' + Date.now() + '\\r\\n';
    writeSync(1, text);
  }
`);

describe('a server killed while nothing happens', () => {
  it('leaves the whole screen and history, title and directory', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'quiet',
      '--',
      ...script('seq 1 500; cd /usr; printf "\\e]2;a title\\a"; exec sleep 4000'),
    ]);
    await waitUntil(async () => (await peek('quiet')).title === 'a title', 'the title is set');
    await sandbox.waitForSession('quiet', (one) => one.cwd === '/usr');
    const before = await peek('quiet', ['--history', '1000']);
    await pause(1_500);
    signal(await sandbox.serverPid('quiet'), 'SIGKILL');
    await sandbox.waitForSession(
      'quiet',
      (one) => one.state === 'stopped' && one.title === 'a title' && one.cwd === '/usr',
    );
    expect(await peek('quiet', ['--history', '1000'])).toEqual({ ...before, state: 'stopped' });
  });
});

describe('a server that is told to end', () => {
  it('ends within a second, under load as well, and leaves the last screen', async () => {
    for (const program of [idle, lines, flood]) {
      await sandbox.runOk(['new', '-d', 'told', '--', ...program]);
      const server = await sandbox.serverPid('told');
      await pause(300);
      const toldAt = performance.now();
      signal(server, 'SIGTERM');
      await waitUntil(() => !isAlive(server), 'the server ends');
      expect(performance.now() - toldAt).toBeLessThan(1_000 + 250);
      expect(await sandbox.session('told')).toMatchObject({ state: 'stopped', pid: null });
      if (program !== idle) expect((await peek('told')).screen[20]).toMatch(/^\d+ \d{13}$/);
      await sandbox.runOk(['kill', 'told']);
    }
  });
});

describe('the files of a session', () => {
  it('come back when somebody removes them, and the session with them', async () => {
    await sandbox.runOk(['new', '-d', 'load', '--', ...lines]);
    const { id } = await sandbox.session('load');
    rmSync(join(sandbox.stateDir, 'sessions', id), { recursive: true });
    expect(await sandbox.stayJson()).toEqual([]);
    await sandbox.waitForSession('load', (one) => one.id === id && one.state === 'running');
    signal(await sandbox.serverPid('load'), 'SIGKILL');
    await sandbox.waitForSession('load', (one) => one.state === 'stopped');
    expect((await peek('load')).screen[20]).toMatch(/^\d+ \d{13}$/);
  });

  it('are private, and bounded while it floods', async () => {
    await sandbox.runOk(['new', '-d', 'load', '--', ...flood]);
    const folder = join(sandbox.stateDir, 'sessions', (await sandbox.session('load')).id);
    await pause(2_000);
    const files = readdirSync(folder).map((name) => ({ name, ...statSync(join(folder, name)) }));
    expect(files.filter(({ mode }) => (mode & 0o777) !== 0o600)).toEqual([]);
    expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(20 * 1024 * 1024);
  });
});
