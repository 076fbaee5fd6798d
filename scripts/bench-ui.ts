// How quick the list is, measured on the built binary through a real terminal: the table of docs/performance.md.
// Run it with bun, after a build. `--quick` makes fewer sessions and runs: a check that it runs, not a measurement.

import { pass, processorSeconds, quantile } from './bench/measure.ts';
import { openScriptTerminal, type ScriptTerminal } from './support/terminal.ts';
import { openWorkbench, stay, type Workbench } from './support/workbench.ts';

const isQuick = process.argv.includes('--quick');
const runs = isQuick ? 2 : 15;
const keys = isQuick ? 10 : 200;
const idleSeconds = isQuick ? 1 : 30;
const counts = isQuick ? [12] : [20, 200];

function report(what: string, value: string): void {
  console.log(`${what.padEnd(64)} ${value}`);
}

const told = (values: readonly number[], part: number) => quantile(values, part).toFixed(1);

function openList({ env, home }: Workbench): ScriptTerminal {
  return openScriptTerminal([stay], { cols: 120, rows: 40, env, cwd: home });
}

async function firstFrame(bench: Workbench, name: string): Promise<number> {
  const start = performance.now();
  const list = openList(bench);
  const shownAt = await list.until(() => list.shows(name));
  list.close();
  return shownAt - start;
}

async function keyToFrame(list: ScriptTerminal, key: string): Promise<number> {
  const start = performance.now();
  const frame = list.nextFrame();
  list.type(key);
  return (await frame) - start;
}

async function benchCount(bench: Workbench, count: number): Promise<void> {
  const frames: number[] = [];
  for (let run = 0; run < runs; run++) frames.push(await firstFrame(bench, 'session-'));
  report(
    `first frame with sessions in it, ${count} sessions: median, worst`,
    `${told(frames, 0.5)}, ${told(frames, 1)} ms`,
  );

  const list = openList(bench);
  await list.until(() => list.shows('session-'));
  await pass(isQuick ? 300 : 2_000);
  for (const [what, pair] of [
    ['one down or up', ['j', 'k']],
    ['a page down or up', ['\x1b[6~', '\x1b[5~']],
  ] as const) {
    const times: number[] = [];
    for (let press = 0; press < keys; press++) {
      times.push(await keyToFrame(list, pair[press % 2] ?? 'j'));
      await pass(20);
    }
    report(`key to frame, ${what}, ${count} sessions: median, p95`, `${told(times, 0.5)}, ${told(times, 0.95)} ms`);
  }
  await pass(isQuick ? 100 : 3_000);
  const before = processorSeconds([list.pid]);
  await pass(idleSeconds * 1_000);
  report(
    `processor time of the idle list, ${count} sessions`,
    `${((100 * (processorSeconds([list.pid]) - before)) / idleSeconds).toFixed(2)} %`,
  );
  list.close();
}

const bench = openWorkbench();
try {
  let made = 0;
  for (const count of counts) {
    for (; made < count; made++) bench.run('new', '-d', `session-${made}`, '--', 'sleep', '100000');
    await benchCount(bench, count);
  }
} finally {
  bench.close();
}
