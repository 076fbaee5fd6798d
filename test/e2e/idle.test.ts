// A session in which nothing happens costs no processor time at all.

import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { seeProcess, sleepsOf } from './support/processes.ts';
import { idle, script } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { pause } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Milliseconds that are looked at. */
const windowMs = 10_000;

/** Windows after which a runtime has sent its helpers home, who wait for work for 10 s each; twice what was ever seen. */
const settleWindows = 6;

/** The threads of servers that woke up within a window, and how often. */
async function wakeUps(servers: Readonly<Record<string, number>>): Promise<Record<string, string[]>> {
  const before = Object.values(servers).map((pid) => sleepsOf(pid));
  await pause(windowMs);
  const woken = Object.entries(servers).map(([name, pid], index): [string, string[]] => {
    const changed = [...sleepsOf(pid)].filter(([thread, count]) => before[index]?.get(thread) !== count);
    return [name, changed.map(([thread, count]) => `${thread}: ${count - (before[index]?.get(thread) ?? 0)}`)];
  });
  return Object.fromEntries(woken);
}

it.runIf(process.platform === 'linux')(
  'an idle server wakes up never: no thread of it, in 10 s',
  async () => {
    await sandbox.runOk(['new', '-d', 'fresh', '--', ...idle]);
    const left = sandbox.terminal(['new', 'left']);
    await left.waitFor(promptPattern);
    await left.type('seq 1000\r');
    await left.waitFor(/^1000\nprompt> ?$/m);
    await left.type('\x1c');
    await left.waitForExit();
    await sandbox.runOk(['new', '-d', 'flooded', '--', ...script('seq 1 1000000; echo DONE; exec sleep 4000')]);
    await sandbox.waitForSession('flooded', (one) => seeProcess(one.pid ?? 0)?.args[0] === 'sleep');
    const names = ['fresh', 'left', 'flooded'];
    const servers = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await sandbox.serverPid(name)] as const)),
    );
    const nothing = { fresh: [], left: [], flooded: [] };
    for (let window = 0; window < settleWindows; window++)
      if (JSON.stringify(await wakeUps(servers)) === JSON.stringify(nothing)) break;
    expect(await wakeUps(servers)).toEqual(nothing);
  },
  120_000,
);

it('a program in a session is told nothing of how its server runs', async () => {
  const path = sandbox.freshPath('env');
  const program = script(`env > ${path}.part; mv ${path}.part ${path}; exec sleep 4000`);
  await sandbox.runOk(['new', '-d', 'plain', '--', ...program]);
  await sandbox.waitForSession('plain', (one) => seeProcess(one.pid ?? 0)?.args[0] === 'sleep');
  expect(readFileSync(path, 'utf8')).not.toMatch(/BUN_|MIMALLOC_|STAY_KEPT|STAY_SERVER/);
  await sandbox.runOk(['new', '-d', 'own', '--', ...program], { env: { BUN_GC_TIMER_DISABLE: 'mine' } });
  await sandbox.waitForSession('own', (one) => seeProcess(one.pid ?? 0)?.args[0] === 'sleep');
  expect(readFileSync(path, 'utf8')).toMatch(/^BUN_GC_TIMER_DISABLE=mine$/m);
});
