import { expect, it } from 'vitest';
import { processStamp } from '../../src/platform/processes.ts';
import { askForSocket } from '../../src/platform/socket-signal.ts';
import { deadPid, startChild } from '../support/child.ts';

const isLinux = process.platform === 'linux';

it('reaches a server that listens for it', async () => {
  const child = startChild(['bash', '-c', `trap 'echo asked' USR1; echo ready; while :; do sleep 0.02; done`]);
  await child.line();
  expect(askForSocket(processStamp(child.pid))).toBe(true);
  expect(await child.line()).toBe('asked');
});

it.runIf(isLinux)('is not sent to one that it would end', async () => {
  const child = startChild(['sleep', '1000']);
  expect(askForSocket(processStamp(child.pid))).toBe(false);
  child.kill('SIGKILL');
  expect(await child.ended).toBe('SIGKILL');
});

it('is not sent to one that is gone, nor to a stranger that has its pid', async () => {
  expect(askForSocket({ pid: await deadPid(), start: '1' })).toBe(false);
  expect(askForSocket({ pid: process.pid, start: 'another time' })).toBe(false);
});
