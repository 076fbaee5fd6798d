import { describe, expect, it } from 'vitest';
import { controlOutput } from '../../src/platform/output-flow.ts';
import { bytesOf } from '../support/bytes.ts';
import { hasRuntime, startModuleOn } from '../support/other-runtimes.ts';

const turned = () => new Promise((resolve) => setImmediate(resolve));

/** The flow of a terminal as the kernel has it, whose device is of use or not. */
function controlled({ isUsable = true } = {}) {
  const terminal = { isFlowing: true, calls: 0 };
  const flow = controlOutput({
    setFlow(isFlowing) {
      terminal.calls++;
      if (isUsable) terminal.isFlowing = isFlowing;
      return isUsable;
    },
  });
  return { terminal, flow };
}

describe('the flow of output', () => {
  it('stops from a hold to its release', async () => {
    const { terminal, flow } = controlled();
    expect(flow.hold()).toBe(true);
    await turned();
    expect(terminal.isFlowing).toBe(false);
    flow.release();
    expect(terminal.isFlowing).toBe(true);
  });

  it('stops until the event loop has turned', async () => {
    const { terminal, flow } = controlled();
    flow.turn();
    flow.turn();
    expect(terminal.isFlowing).toBe(false);
    await turned();
    expect(terminal).toEqual({ isFlowing: true, calls: 2 });
  });

  it('is released only once both are over', async () => {
    const { terminal, flow } = controlled();
    flow.turn();
    flow.hold();
    await turned();
    expect(terminal.isFlowing).toBe(false);
    flow.release();
    flow.turn();
    flow.hold();
    flow.release();
    expect(terminal.isFlowing).toBe(false);
    await turned();
    expect(terminal.isFlowing).toBe(true);
  });

  it('goes on before a ^S, which a stopped terminal would not hear', async () => {
    for (const stop of ['hold', 'turn'] as const) {
      const { terminal, flow } = controlled();
      flow[stop]();
      flow.beforeInput(bytesOf('keys'));
      expect(terminal.isFlowing).toBe(false);
      flow.beforeInput(bytesOf('a\x13'));
      expect(terminal.isFlowing).toBe(true);
      const { calls } = terminal;
      // Who pressed ^S is not overruled by what was due.
      await turned();
      expect(terminal.calls).toBe(calls);
    }
  });

  it('is left alone between a ^S and the next key: what is still read must not start it again', async () => {
    const { terminal, flow } = controlled();
    flow.beforeInput(bytesOf('\x13'));
    flow.turn();
    expect(flow.hold()).toBe(false);
    await turned();
    flow.release();
    expect(terminal.calls).toBe(0);
    flow.beforeInput(bytesOf('\x11'));
    expect(flow.hold()).toBe(true);
    flow.release();
    expect(terminal).toEqual({ isFlowing: true, calls: 2 });
  });

  it('goes on where the device is of no use', async () => {
    const { terminal, flow } = controlled({ isUsable: false });
    expect(flow.hold()).toBe(false);
    flow.turn();
    await turned();
    expect(terminal.calls).toBe(2);
  });
});

/** A program that writes faster than it is read, for a reader that takes its time; then ^S and ^Q, a few times. */
const flooded = (takesPieces: boolean) => `
import { spawnPty } from 'src:platform/pty.ts';
let sinceTurn = 0;
let most = 0;
let all = 0;
const pty = await spawnPty({
  command: ['sh', '-c', 'yes 0123456789012345678901234567890123456789 | cat -'],
  cwd: '/', env: { PATH: process.env.PATH, TERM: 'xterm' }, cols: 80, rows: 24,
  onOutput(bytes) {
    sinceTurn += bytes.length;
    all += bytes.length;
    most = Math.max(most, sinceTurn);
    const until = performance.now() + bytes.length / 40_000;
    while (performance.now() < until);
  },
  takesPieces: () => ${takesPieces},
  onExit() { process.exit(0); },
});
(function turn() { sinceTurn = 0; setImmediate(turn); })();
const until = async (condition) => { while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1)); };
await until(() => all > 20_000_000);
console.log(most < 1_000_000 ? 'turns' : 'waits for ' + most);
let stopped = 0;
for (let count = 0; count < 5; count++) {
  pty.write(Uint8Array.of(0x13));
  // What the kernel still has.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = all;
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (all === before) stopped++;
  pty.write(Uint8Array.of(0x11));
  await until(() => all > before + 1_000_000);
}
console.log('stopped', stopped);
pty.close();
setTimeout(() => process.exit(0), 50);
`;

it.skipIf(!hasRuntime('bun')).each([
  { what: 'as much as there is', takesPieces: false },
  { what: 'in pieces', takesPieces: true },
])('a flood read $what leaves the event loop and ^S their turn on Bun', async ({ takesPieces }) => {
  const child = startModuleOn('bun', flooded(takesPieces));
  expect(await child.line()).toBe('turns');
  expect(await child.line()).toBe('stopped 5');
});
