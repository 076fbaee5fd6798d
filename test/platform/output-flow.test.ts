import { describe, expect, it } from 'vitest';
import { controlOutput } from '../../src/platform/output-flow.ts';
import { hasRuntime, startModuleOn } from '../support/other-runtimes.ts';

const turned = () => new Promise((resolve) => setImmediate(resolve));

/** The flow of a terminal that is read through a gate, which can be shut or not. */
function controlled({ isUsable = true } = {}) {
  const terminal = { isOpen: true, calls: 0 };
  const flow = controlOutput({
    shut() {
      terminal.calls++;
      if (isUsable) terminal.isOpen = false;
      return isUsable;
    },
    open() {
      terminal.isOpen = true;
    },
  });
  return { terminal, flow };
}

describe('the flow of output', () => {
  it('stops from a hold to its release', async () => {
    const { terminal, flow } = controlled();
    expect(flow.hold()).toBe(true);
    await turned();
    expect(terminal.isOpen).toBe(false);
    flow.release();
    expect(terminal.isOpen).toBe(true);
  });

  it('stops until the event loop has turned', async () => {
    const { terminal, flow } = controlled();
    flow.turn();
    flow.turn();
    expect(terminal.isOpen).toBe(false);
    await turned();
    expect(terminal).toEqual({ isOpen: true, calls: 1 });
  });

  it('goes on only once both are over', async () => {
    const { terminal, flow } = controlled();
    flow.turn();
    flow.hold();
    await turned();
    expect(terminal.isOpen).toBe(false);
    flow.release();
    flow.turn();
    flow.hold();
    flow.release();
    expect(terminal.isOpen).toBe(false);
    await turned();
    expect(terminal.isOpen).toBe(true);
  });

  it('goes on for good once it has ended', async () => {
    for (const stop of ['hold', 'turn'] as const) {
      const { terminal, flow } = controlled();
      flow[stop]();
      flow.end();
      expect(terminal.isOpen).toBe(true);
      expect(flow.hold()).toBe(false);
      flow.turn();
      await turned();
      expect(terminal).toEqual({ isOpen: true, calls: 1 });
    }
  });

  it('goes on where it cannot be stopped', async () => {
    const { terminal, flow } = controlled({ isUsable: false });
    expect(flow.hold()).toBe(false);
    flow.turn();
    await turned();
    expect(terminal.isOpen).toBe(true);
    expect(controlOutput(null).hold()).toBe(false);
  });
});

/**
 * A program that writes numbers faster than they are read, to a reader that takes its time; then it is held, ^S and ^Q are
 * typed, and in the end no line's end may be missing.
 */
const flooded = (readsOn: number) => `
import { spawnPty } from 'src:platform/pty.ts';
let sinceTurn = 0;
let most = 0;
let all = 0;
let rest = '';
let next = 1;
let wrong = 'none';
let onEnd = () => {};
const ended = new Promise((resolve) => { onEnd = resolve; });
const decoder = new TextDecoder();
const pty = await spawnPty({
  command: ['seq', '1', '6000000'],
  cwd: '/', env: { PATH: process.env.PATH, TERM: 'xterm' }, cols: 80, rows: 24,
  onOutput(bytes) {
    sinceTurn += bytes.length;
    all += bytes.length;
    most = Math.max(most, sinceTurn);
    const lines = (rest + decoder.decode(bytes)).split('\\r\\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line !== String(next) && wrong === 'none') wrong = line + ' in place of ' + next;
      next = Number.parseInt(line) + 1;
    }
  },
  readsOn: () => ${readsOn},
  onExit: () => onEnd(),
});
(function turn() { sinceTurn = 0; setImmediate(turn); })();
const pass = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (condition) => { while (!condition()) await pass(1); };
await until(() => all > 10_000_000);
console.log(most < 1_500_000 ? 'turns' : 'waits for ' + most);
let held = 0;
for (let count = 0; count < 20; count++) {
  if (!pty.pause()) break;
  await pass(5);
  const before = all;
  await pass(5);
  if (all === before) held++;
  pty.resume();
  await until(() => all > before + 200_000);
}
console.log('held', held);
let stopped = 0;
for (let count = 0; count < 3; count++) {
  pty.write(Uint8Array.of(0x13));
  await pass(50);
  const before = all;
  await pass(50);
  if (all === before) stopped++;
  pty.write(Uint8Array.of(0x11));
  await until(() => all > before + 200_000);
}
console.log('stopped', stopped);
await ended;
console.log('wrong', wrong, 'last', next - 1);
process.exit(0);
`;

it.skipIf(!hasRuntime('bun')).each([
  { what: 'as much as there is', readsOn: 0 },
  { what: 'in small pieces', readsOn: 2_048 },
  { what: 'in large pieces', readsOn: 65_536 },
])('a flood read $what leaves the event loop and ^S their turn on Bun, and loses nothing', async ({ readsOn }) => {
  const child = startModuleOn('bun', flooded(readsOn));
  expect(await child.line()).toBe('turns');
  expect(await child.line()).toBe('held 20');
  expect(await child.line()).toBe('stopped 3');
  expect(await child.line()).toBe('wrong none last 6000000');
});

/** Programs that are held from their first output on, for good, and end. */
const endedWhileHeld = `
import { spawnPty } from 'src:platform/pty.ts';
const decoder = new TextDecoder();
const seen = [];
for (const readsOn of [0, 2_048, 65_536, 0]) {
  let all = '';
  const end = Promise.withResolvers();
  const pty = await spawnPty({
    command: ['sh', '-c', 'seq 1 5; sleep 0.02; seq 6 1000'],
    cwd: '/', env: { PATH: process.env.PATH, TERM: 'xterm' }, cols: 80, rows: 24,
    onOutput(bytes) {
      all += decoder.decode(bytes);
      pty.pause();
    },
    readsOn: () => readsOn,
    onExit: end.resolve,
  });
  await end.promise;
  pty.close();
  seen.push(all.trimEnd().split('\\r\\n').length);
}
console.log(seen.join(' '));
process.exit(0);
`;

it.skipIf(!hasRuntime('bun'))('a program that ends while it is held on Bun is read to its end', async () => {
  expect(await startModuleOn('bun', endedWhileHeld).line()).toBe('1000 1000 1000 1000');
});
