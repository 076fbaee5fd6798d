import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { socketRetryMs, socketSettleMs, watchedSockets } from '../../src/base/limits.ts';
import { type ByteConnection, connectTo, listenAt } from '../../src/platform/sockets.ts';
import { watchFile } from '../../src/platform/watch-file.ts';
import { SocketKeeper } from '../../src/session/socket-keeper.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

vi.mock('../../src/platform/watch-file.ts', { spy: true });

let folder = '';
let path = '';

beforeEach(() => {
  folder = join(tempFolder(), 'user', '0', 'stay');
  path = join(folder, 'a.sock');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  vi.stubEnv('STAY_RUNTIME_DIR', undefined);
  vi.mocked(watchFile).mockClear();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A keeper that listens, and what it said and got so far. */
async function keeping() {
  const clock = fakeClock();
  const logged: string[] = [];
  const connections: ByteConnection[] = [];
  const keeper = new SocketKeeper({
    ...{ path, clock, log: (sentence) => logged.push(sentence) },
    onConnection: (connection) => connections.push(connection),
  });
  await keeper.open();
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    keeper.close();
  });
  return { keeper, clock, logged, connections };
}

/** Whether somebody listens at the path. */
async function answers(): Promise<boolean> {
  const connection = await connectTo(path).catch(() => null);
  connection?.destroy();
  return connection !== null;
}

/** The loss of the socket has been noticed, and the time to settle has passed. */
async function settled(clock: ReturnType<typeof fakeClock>): Promise<void> {
  await expect.poll(() => clock.pending).toBe(1);
  clock.advance(socketSettleMs);
}

describe('a socket', () => {
  it('costs nothing while it is there, whatever happens around it', async () => {
    const { clock, logged } = await keeping();
    for (const name of ['b.sock', 'c']) fs.writeFileSync(join(folder, name), '');
    fs.rmSync(join(folder, 'b.sock'));
    expect(await answers()).toBe(true);
    expect([clock.pending, logged]).toEqual([0, []]);
  });

  it.each([
    ['itself', () => fs.rmSync(path)],
    ['with its folder', () => fs.rmSync(folder, { recursive: true })],
    ['with all folders around it', () => fs.rmSync(join(folder, '..', '..'), { recursive: true })],
  ])('that is removed %s is made again, private, by itself', async (_, wipe) => {
    const { clock, logged } = await keeping();
    wipe();
    await settled(clock);
    await expect.poll(answers).toBe(true);
    expect([modeOf(path), modeOf(folder), modeOf(join(folder, '..'))]).toEqual([0o600, 0o700, 0o700]);
    expect(logged).toEqual(['its socket was removed; it listens on a new one']);
    expect(clock.pending).toBe(0);
  });

  it('among many is made again when a client asks for it, and takes none of the watches that the user has', async () => {
    for (let index = 0; index < watchedSockets; index++) fs.writeFileSync(join(folder, `${index}.sock`), '');
    const { keeper } = await keeping();
    fs.rmSync(path);
    keeper.mend();
    await expect.poll(answers).toBe(true);
    expect(watchFile).not.toHaveBeenCalled();
  });

  it('is made again every time', async () => {
    const { clock } = await keeping();
    for (let time = 0; time < 3; time++) {
      fs.rmSync(folder, { recursive: true });
      await settled(clock);
      await expect.poll(answers).toBe(true);
    }
  });

  it('is made again at once for who asks, also where nothing told of its loss', async () => {
    const { keeper } = await keeping();
    fs.renameSync(join(folder, '..'), join(folder, '..', '..', 'moved'));
    keeper.mend();
    await expect.poll(answers).toBe(true);
  });

  it('that is there stays the same for who asks', async () => {
    const { keeper, logged } = await keeping();
    const { ino } = fs.statSync(path);
    for (let time = 0; time < 5; time++) keeper.mend();
    expect(await answers()).toBe(true);
    expect([fs.statSync(path).ino, logged]).toEqual([ino, []]);
  });

  it('that is lost loses nobody who is connected', async () => {
    const { keeper, connections } = await keeping();
    const near = (await connectTo(path))!;
    onTestFinished(() => near.destroy());
    const heard: Uint8Array[] = [];
    near.onBytes((bytes) => heard.push(bytes));
    await expect.poll(() => connections.length).toBe(1);
    fs.rmSync(folder, { recursive: true });
    keeper.mend();
    await expect.poll(answers).toBe(true);
    connections[0]!.write(bytesOf('still here'));
    await expect.poll(() => textOf(...heard)).toBe('still here');
  });

  it('is not made again once it was closed', async () => {
    const { keeper, clock } = await keeping();
    keeper.close();
    expect(fs.existsSync(path)).toBe(false);
    keeper.mend();
    expect(await answers()).toBe(false);
    expect(clock.pending).toBe(0);
  });
});

describe('what stands in its place', () => {
  it.each([
    ['file', () => fs.writeFileSync(path, 'kept')],
    ['folder', () => fs.mkdirSync(path)],
    ['link', () => fs.symlinkSync('/nowhere', path)],
  ])('is set aside if it is a %s, never removed', async (_, put) => {
    const { keeper } = await keeping();
    fs.rmSync(path);
    put();
    keeper.mend();
    await expect.poll(answers).toBe(true);
    expect(fs.readdirSync(folder).sort()).toEqual(['a.sock', 'a.sock.bad-1']);
  });

  it('is replaced if it is a socket that nobody listens on', async () => {
    const { keeper } = await keeping();
    fs.rmSync(path);
    const other = await listenAt(`${path}2`, () => {});
    fs.linkSync(`${path}2`, path);
    other.close();
    expect(await answers()).toBe(false);
    keeper.mend();
    await expect.poll(answers).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['a.sock']);
  });

  it('is left if somebody listens on it', async () => {
    const { keeper, logged, clock } = await keeping();
    fs.rmSync(path);
    let heard = 0;
    const other = await listenAt(`${path}2`, (connection) => {
      heard++;
      connection.destroy();
    });
    onTestFinished(() => other.close());
    fs.linkSync(`${path}2`, path);
    keeper.mend();
    await expect
      .poll(() => logged)
      .toEqual([`its socket was removed: Cannot listen on "${path}": another process does`]);
    await expect.poll(() => heard).toBe(1);
    expect(fs.existsSync(path)).toBe(true);
    expect(clock.pending).toBe(1);
  });
});

describe('a folder that cannot be had', () => {
  it('is tried again less and less often, and at once for who asks; the log tells it once', async () => {
    const { keeper, clock, logged } = await keeping();
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, 'in the way');
    keeper.mend();
    for (let wait: number = socketRetryMs.first; wait < 10_000; wait *= 2) {
      await expect.poll(() => clock.pending).toBe(1);
      clock.advance(wait - 1);
      expect(clock.pending).toBe(1);
      clock.advance(1);
    }
    expect(logged).toEqual([expect.stringMatching(/^its socket was removed: .*EEXIST|not a (folder|directory)/)]);
    fs.rmSync(folder);
    keeper.mend();
    await expect.poll(answers).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('is not one that others may enter', async () => {
    const { keeper, logged } = await keeping();
    fs.rmSync(path);
    fs.chmodSync(folder, 0o755);
    keeper.mend();
    await expect.poll(() => logged).toEqual([expect.stringContaining('others may enter it')]);
    expect(fs.existsSync(path)).toBe(false);
  });
});
