// The machine starts anew: every server is gone at once, and the boot has another identifier.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isAlive, seeProcess, signal } from './support/processes.ts';
import { script } from './support/programs.ts';
import { makeSandbox, type RunOptions } from './support/sandbox.ts';
import { recordOf } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();
const count = 20;
/** Milliseconds for all of them together, far above what it takes. */
const resumeLimitMs = 30_000;
const timeoutMs = 180_000;

const nextBoot: RunOptions = { env: { STAY_BOOT_ID: 'the next boot' } };

afterEach(async () => {
  // Servers of the next boot run for whoever is in it only.
  await sandbox.runOk(['kill', '--all'], nextBoot);
});

const names = Array.from({ length: count }, (_, index) => `session-${index}`);

/** All that is recorded of a session's screen. */
function filesOf(id: string): string {
  const folder = join(sandbox.stateDir, 'sessions', id);
  const files = readdirSync(folder).filter((file) => /^(screen|journal)\.\d+/.test(file));
  return files.map((file) => readFileSync(join(folder, file), 'latin1')).join('');
}

async function shownIn(name: string): Promise<string> {
  return (await sandbox.runOk(['peek', name, '--ansi', '--all'])).stdout;
}

/** Runs `work` for all, a few at a time: so many processes at once would time each other out on a busy machine. */
async function forEach<T>(work: (name: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < count; at += 4) results.push(...(await Promise.all(names.slice(at, at + 4).map(work))));
  return results;
}

it(
  `leaves ${count} sessions that "resume --all" brings back with their screens, directories and names`,
  async () => {
    const folders = new Map(names.map((name) => [name, sandbox.freshPath(name)]));
    await forEach(async (name) => {
      const folder = folders.get(name) ?? '';
      mkdirSync(folder, { recursive: true });
      // The last words in one write, so that they lie side by side in the journal.
      const says = `printf '\\e]2;title of ${name}\\a\\e[31m'; seq 1 40; printf '\\e[mI am ${name}\\n'`;
      await sandbox.runOk(['new', '-d', name, '--', ...script(`cd '${folder}'; ${says}; exec sleep 4000`)]);
    });
    const isSettled = async () => (await sandbox.stayJson()).every(({ name, cwd }) => cwd === folders.get(name));
    await waitUntil(isSettled, 'all programs are where they belong', { timeoutMs });
    const before = await sandbox.stayJson();
    expect(before.map(({ name }) => name).sort()).toEqual([...names].sort());
    const servers = before.map(({ pid }) => seeProcess(pid ?? 0)?.parent ?? 0);
    // Of a program that ran for less than a second not everything need be on the disk.
    const isSaved = ({ id, name }: { id: string; name: string }) =>
      recordOf(sandbox, { id }).lastCwd === folders.get(name) && filesOf(id).includes(`I am ${name}`);
    await waitUntil(() => before.every(isSaved), 'all is saved', { timeoutMs });
    for (const server of servers) signal(server, 'SIGKILL');
    await waitUntil(() => !servers.some(isAlive), 'all servers are gone');

    const table = (await sandbox.runOk(['list'], nextBoot)).stdout;
    expect(table.match(/ stopped: machine restarted /g)).toHaveLength(count);
    const shown = new Map(await forEach(async (name) => [name, await shownIn(name)] as const));
    for (const [name, text] of shown) expect(text).toMatch(new RegExp(`^\\x1b\\[0;31m1[^]*I am ${name}\n$`));

    const startedAt = performance.now();
    expect(await sandbox.runOk(['resume', '--all'], nextBoot)).toMatchObject({ stdout: '', stderr: '' });
    const tookMs = performance.now() - startedAt;
    console.info(`resuming ${count} sessions took ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(resumeLimitMs);

    const after = await sandbox.stayJson(nextBoot);
    const factsOf = (sessions: typeof before) =>
      sessions.map(({ id, name, cwd }) => ({ id, name, cwd })).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(factsOf(after)).toEqual(factsOf(before));
    expect(factsOf(after).map(({ name, cwd }) => cwd === folders.get(name))).toEqual(Array(count).fill(true));
    expect(after.map(({ state }) => state)).toEqual(Array(count).fill('running'));
    await forEach(async (name) => {
      const { stdout } = await sandbox.runOk(['peek', name, '--ansi', '--all'], nextBoot);
      expect(stdout.startsWith(shown.get(name) ?? '?')).toBe(true);
      expect(stdout.slice(shown.get(name)?.length)).toMatch(
        /\[stay\] [-\d]+ [:\d]+: the machine was restarted; started again/,
      );
    });
  },
  timeoutMs,
);
