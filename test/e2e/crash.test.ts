// A server killed at any moment: what `peek` then shows is what the screen was, at most a tenth of a second before.
// STAY_CRASH_RUNS says how often; 20 times unless told.

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, signal } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { pause, waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const runs = Number(process.env.STAY_CRASH_RUNS ?? 20);

/**
 * Milliseconds by which the screen may be older than the kill: usually what is promised and a little for a busy machine, and
 * never more than such a machine may leave any process waiting.
 */
const maxAgeMs = { usually: 100 + 50, ever: 1_000 } as const;
const timeoutMs = 60_000 + runs * 5_000;

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

interface Peeked {
  title: string;
  alternateScreen: boolean;
  screen: string[];
  history: string[];
}

async function peek(name: string, args: string[] = []): Promise<Peeked> {
  return JSON.parse((await sandbox.runOk(['peek', name, '--json', ...args])).stdout);
}

/** A program of Node's. */
const node = (code: string) => [process.execPath, '-e', code];

/** Prints lines of a number and the time, one every millisecond or so. */
const steady = node(`
  let number = 0;
  setInterval(() => process.stdout.write((number++) + ' ' + Date.now() + '\\r\\n'), 1);
`);
/** The same as fast as they are taken. */
const flooding = node(`
  const { writeSync } = require('node:fs');
  for (let number = 0; ; ) {
    let text = '';
    for (let count = 0; count < 100; count++) text += (number++) + ' ' + Date.now() + '\\r\\n';
    writeSync(1, text);
  }
`);
/** Draws a full screen in place, over and over; the same number and time in its first and its last row. */
const drawing = node(`
  let number = 0;
  process.stdout.write('\\x1b[?1049h');
  setInterval(() => {
    const mark = (number++) + ' ' + Date.now();
    const rows = Array.from({ length: 22 }, (_, row) => '\\x1b[' + (row + 2) + ';1H\\x1b[3' + (row % 8) + 'm' + 'x'.repeat(80));
    process.stdout.write('\\x1b[?2026h\\x1b[1;1H' + mark + rows.join('') + '\\x1b[24;1H' + mark + '\\x1b[?2026l');
  }, 2);
`);

/** Kills the server of a session at a random moment under load; the time at which it was still alive. */
async function killUnderLoad(program: string[]): Promise<number> {
  await sandbox.runOk(['new', '-d', 'load', '--', ...program]);
  const server = await sandbox.serverPid('load');
  // A server in a flood may take too long to answer, once.
  const hasBegun = () =>
    peek('load').then(
      ({ screen }) => screen[20] !== '',
      () => false,
    );
  await waitUntil(hasBegun, 'the program has begun');
  // Before that an empty screen would be none too old.
  await pause(300 + Math.random() * 500);
  const killedAt = Date.now();
  signal(server, 'SIGKILL');
  await waitUntil(() => !isAlive(server), 'the server is dead');
  return killedAt;
}

function expectFresh(ages: number[]): void {
  const sorted = ages.sort((a, b) => a - b);
  expect(sorted[sorted.length >> 1], String(ages)).toBeLessThan(maxAgeMs.usually);
  expect(sorted.at(-1), String(ages)).toBeLessThan(maxAgeMs.ever);
}

const numbersOf = (line: string) => line.split(' ').map(Number);

describe(`a server killed at a random moment`, () => {
  it(
    'leaves a line of output that is no older than a tenth of a second, and every one before it',
    async () => {
      const ages: number[] = [];
      for (let run = 0; run < Math.ceil(runs / 2); run++) {
        const killedAt = await killUnderLoad(steady);
        const { screen, history } = await peek('load', ['--history', '100000']);
        const lines = [...history, ...screen].filter((line) => line !== '');
        const whole = lines.filter((line) => /^\d+ \d{13}$/.test(line)).map(numbersOf);
        // The last one may have been cut off by the kill itself.
        expect(lines.length - whole.length, lines.at(-1)).toBeLessThanOrEqual(1);
        expect(whole.map(([number]) => number)).toEqual(whole.map((_, index) => index));
        ages.push(killedAt - (whole.at(-1)?.[1] ?? 0));
        await sandbox.runOk(['kill', 'load']);
      }
      expectFresh(ages);
    },
    timeoutMs,
  );

  it(
    'in a flood leaves a screen of it that is no older',
    async () => {
      const ages: number[] = [];
      for (let run = 0; run < Math.ceil(runs / 4); run++) {
        const killedAt = await killUnderLoad(flooding);
        const { screen } = await peek('load');
        const whole = screen.filter((line) => /^\d+ \d{13}$/.test(line)).map(numbersOf);
        expect(whole.length, screen.join('\n')).toBeGreaterThanOrEqual(22);
        const first = whole[0]?.[0] ?? Number.NaN;
        expect(whole.map(([number]) => number)).toEqual(whole.map((_, index) => first + index));
        ages.push(killedAt - (whole.at(-1)?.[1] ?? 0));
        await sandbox.runOk(['kill', 'load']);
      }
      expectFresh(ages);
    },
    timeoutMs,
  );

  it(
    'under a program that draws all the time leaves one of its screens, no older',
    async () => {
      const ages: number[] = [];
      for (let run = 0; run < Math.ceil(runs / 4); run++) {
        const killedAt = await killUnderLoad(drawing);
        const { screen, alternateScreen } = await peek('load');
        expect(alternateScreen).toBe(true);
        expect(screen.slice(1, 23).map((line) => line.length)).toEqual(Array(22).fill(80));
        const [first, last] = [numbersOf(screen[0]!), numbersOf(screen[23]!)];
        // One is drawn while the other still shows what was before.
        expect(first[0]! - last[0]!).toBeLessThanOrEqual(1);
        ages.push(killedAt - (last[1] ?? 0));
        await sandbox.runOk(['kill', 'load']);
      }
      expectFresh(ages);
    },
    timeoutMs,
  );
});

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
    expect(await peek('quiet', ['--history', '1000'])).toEqual(before);
  });
});

describe('a server that is told to end', () => {
  it('ends within a second, under load as well, and leaves the last screen', async () => {
    for (const program of [idle, steady, flooding]) {
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
    await sandbox.runOk(['new', '-d', 'load', '--', ...steady]);
    const { id } = await sandbox.session('load');
    rmSync(join(sandbox.stateDir, 'sessions', id), { recursive: true });
    expect(await sandbox.stayJson()).toEqual([]);
    await sandbox.waitForSession('load', (one) => one.id === id && one.state === 'running');
    signal(await sandbox.serverPid('load'), 'SIGKILL');
    await sandbox.waitForSession('load', (one) => one.state === 'stopped');
    expect((await peek('load')).screen[20]).toMatch(/^\d+ \d{13}$/);
  });

  it('are private, and bounded while it floods', async () => {
    await sandbox.runOk(['new', '-d', 'load', '--', ...flooding]);
    const folder = join(sandbox.stateDir, 'sessions', (await sandbox.session('load')).id);
    await pause(2_000);
    const files = readdirSync(folder).map((name) => ({ name, ...statSync(join(folder, name)) }));
    expect(files.filter(({ mode }) => (mode & 0o777) !== 0o600)).toEqual([]);
    expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(20 * 1024 * 1024);
  });
});
