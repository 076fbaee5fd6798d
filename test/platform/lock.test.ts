import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lockTimeoutMs } from '../../src/base/limits.ts';
import { withLock } from '../../src/platform/lock.ts';
import { processStamp } from '../../src/platform/processes.ts';
import { deadPid, startModule } from '../support/child.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

afterEach(() => {
  vi.useRealTimers();
});

const lockIn = (folder: string) => join(folder, '.lock');
const deadStamp = async () => JSON.stringify({ pid: await deadPid(), start: '1' });

describe('withLock', () => {
  it('gives the result of the work and leaves nothing behind', async () => {
    const folder = tempFolder();
    expect(await withLock(lockIn(folder), () => 'result')).toBe('result');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is let go when the work fails', async () => {
    const folder = tempFolder();
    const failing = withLock(lockIn(folder), () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is private and names its holder while it is held', async () => {
    const path = lockIn(tempFolder());
    await withLock(path, () => {
      expect(JSON.parse(fs.readFileSync(path, 'utf8'))).toEqual(processStamp(process.pid));
      expect(modeOf(path)).toBe(0o600);
    });
  });

  it('lets one at a time in within a process', async () => {
    const path = lockIn(tempFolder());
    let inside = 0;
    const seen: number[] = [];
    const turn = () =>
      withLock(path, async () => {
        seen.push(++inside);
        await Promise.resolve();
        inside--;
      });
    await Promise.all(Array.from({ length: 20 }, turn));
    expect(seen).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('lets one at a time in among processes', async () => {
    const folder = tempFolder();
    // Each adds to a number that it read before: two at once would lose an addition.
    const adder = `
      import * as fs from 'node:fs';
      import { withLock } from './src/platform/lock.ts';
      const file = ${JSON.stringify(join(folder, 'number'))};
      for (let turn = 0; turn < 50; turn++) await withLock(${JSON.stringify(lockIn(folder))}, async () => {
        const number = Number(fs.readFileSync(file, 'utf8'));
        await new Promise((resolve) => setImmediate(resolve));
        fs.writeFileSync(file, String(number + 1));
      });`;
    fs.writeFileSync(join(folder, 'number'), '0');
    const children = [startModule(adder), startModule(adder), startModule(adder)];
    expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0, 0]);
    expect(fs.readFileSync(join(folder, 'number'), 'utf8')).toBe('150');
    expect(fs.readdirSync(folder)).toEqual(['number']);
  });

  it('takes over the lock of a holder that died', async () => {
    const folder = tempFolder();
    fs.writeFileSync(lockIn(folder), await deadStamp());
    expect(await withLock(lockIn(folder), () => 'mine')).toBe('mine');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('takes over the lock of a holder whose pid another process has now', async () => {
    const folder = tempFolder();
    fs.writeFileSync(lockIn(folder), JSON.stringify({ pid: process.pid, start: 'long ago' }));
    expect(await withLock(lockIn(folder), () => 'mine')).toBe('mine');
  });

  it.each(['', '{', '7', '{}'])('takes over a lock that names nobody: %j', async (text) => {
    const folder = tempFolder();
    fs.writeFileSync(lockIn(folder), text);
    expect(await withLock(lockIn(folder), () => 'mine')).toBe('mine');
  });

  it('takes over the lock of a holder that was killed in the middle of its work', async () => {
    const folder = tempFolder();
    const holder = startModule(`
      import { withLock } from './src/platform/lock.ts';
      await withLock(${JSON.stringify(lockIn(folder))}, () => new Promise(() => { console.log('in'); setInterval(() => {}, 1000); }));`);
    expect(await holder.line()).toBe('in');
    holder.kill('SIGKILL');
    await holder.ended;
    expect(await withLock(lockIn(folder), () => 'mine')).toBe('mine');
  });

  it('is handed on when its holder lets go', async () => {
    const path = lockIn(tempFolder());
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = withLock(path, () => promise.then(() => order.push('first')));
    const second = withLock(path, () => order.push('second'));
    resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('is given up after a while, in a sentence, when its living holder keeps it', async () => {
    const folder = tempFolder();
    fs.writeFileSync(lockIn(folder), JSON.stringify(processStamp(process.pid)));
    vi.useFakeTimers();
    const waiting = expect(withLock(lockIn(folder), () => 'mine')).rejects.toThrow(
      expect.objectContaining({
        code: 'busy',
        message: `Cannot lock "${lockIn(folder)}": another stay has held it for 5 s`,
      }),
    );
    await vi.advanceTimersByTimeAsync(lockTimeoutMs + 100);
    await waiting;
    expect(fs.readdirSync(folder)).toEqual(['.lock']);
  });

  it('never takes a lock that came to life between the look at its dead holder and the breaking', async () => {
    const folder = tempFolder();
    const path = lockIn(folder);
    // A named pipe in the lock's place holds the breaker at the moment of its look.
    execFileSync('mkfifo', [path]);
    const breaker = startModule(`
      import { withLock } from './src/platform/lock.ts';
      console.log('ready');
      setInterval(() => console.log('waiting'), 10).unref();
      await withLock(${JSON.stringify(path)}, () => console.log('in'));`);
    expect(await breaker.line()).toBe('ready');
    const pipe = await fs.promises.open(path, 'w');
    fs.writeFileSync(join(folder, 'live'), JSON.stringify(processStamp(process.pid)));
    fs.renameSync(join(folder, 'live'), path);
    await pipe.write(await deadStamp());
    await pipe.close();
    expect([await breaker.line(), await breaker.line()]).toEqual(['waiting', 'waiting']);
    fs.rmSync(path);
    for (let line = await breaker.line(); line !== 'in'; ) line = await breaker.line();
    expect(await breaker.ended).toBe(0);
  });
});
