import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ByteConnection, connectTo, listenAt } from '../../src/platform/sockets.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { modeOf, tempFolder } from '../support/temp-folder.ts';

/** A listener of this test and the connections that came to it. */
async function listener(path = join(tempFolder(), 'a.sock')) {
  const connections: ByteConnection[] = [];
  const listening = await listenAt(path, (connection) => connections.push(connection));
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    listening.close();
  });
  return { path, connections, listening };
}

/** Both ends of a connection. */
async function pair() {
  const { path, connections } = await listener();
  const near = (await connectTo(path))!;
  onTestFinished(() => near.destroy());
  await expect.poll(() => connections.length).toBe(1);
  return { near, far: connections[0]! };
}

function received(connection: ByteConnection): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  connection.onBytes((bytes) => pieces.push(bytes));
  return pieces;
}

const closed = (connection: ByteConnection) => new Promise<void>((resolve) => connection.onClose(resolve));

describe('listenAt', () => {
  it('makes a private socket and removes it when it closes, twice if asked', async () => {
    const { path, listening } = await listener();
    expect(modeOf(path)).toBe(0o600);
    listening.close();
    expect(fs.existsSync(path)).toBe(false);
    expect(() => listening.close()).not.toThrow();
  });

  it('replaces what a dead server left in its place', async () => {
    const path = join(tempFolder(), 'a.sock');
    fs.writeFileSync(path, 'stale');
    await listener(path);
    expect(await connectTo(path).then((connection) => connection?.destroy())).toBeUndefined();
    expect(fs.statSync(path).isSocket()).toBe(true);
  });

  it('keeps open connections when it closes', async () => {
    const { path, connections, listening } = await listener();
    const near = (await connectTo(path))!;
    onTestFinished(() => near.destroy());
    await expect.poll(() => connections.length).toBe(1);
    listening.close();
    const pieces = received(near);
    connections[0]!.write(bytesOf('still here'));
    await expect.poll(() => textOf(...pieces)).toBe('still here');
  });

  it('says why it cannot listen', async () => {
    await expect(listenAt(join(tempFolder(), 'none', 'a.sock'), () => {})).rejects.toThrow(/EACCES|ENOENT/);
  });
});

describe('connectTo', () => {
  it('is null when nobody listens: no socket, a dead one, or another file', async () => {
    const folder = tempFolder();
    fs.writeFileSync(join(folder, 'file'), '');
    expect(await connectTo(join(folder, 'none'))).toBeNull();
    expect(await connectTo(join(folder, 'file'))).toBeNull();
  });
});

describe('a connection', () => {
  it('carries bytes both ways, in order', async () => {
    const { near, far } = await pair();
    const [atNear, atFar] = [received(near), received(far)];
    near.write(bytesOf('to '));
    near.write(bytesOf('the server'));
    far.write(bytesOf('to the client'));
    await expect.poll(() => textOf(...atFar)).toBe('to the server');
    await expect.poll(() => textOf(...atNear)).toBe('to the client');
  });

  it('says that the peer is slow, and later that it has taken all', async () => {
    const { near, far } = await pair();
    let drained = 0;
    near.onDrain(() => drained++);
    const piece = new Uint8Array(65_536);
    let count = 1;
    while (near.write(piece)) count++;
    expect(drained).toBe(0);
    const pieces = received(far);
    await expect.poll(() => drained).toBe(1);
    await expect.poll(() => pieces.reduce((sum, bytes) => sum + bytes.length, 0)).toBe(count * piece.length);
  });

  it('lets the peer feel it when reading is paused, and loses nothing', async () => {
    const { near, far } = await pair();
    const pieces = received(far);
    far.pause();
    const total = 4_000_000;
    expect(near.write(new Uint8Array(total))).toBe(false);
    far.resume();
    await expect.poll(() => pieces.reduce((sum, bytes) => sum + bytes.length, 0)).toBe(total);
  });

  it('sends what is queued before it ends', async () => {
    const { near, far } = await pair();
    const pieces = received(near);
    far.write(new Uint8Array(4_000_000));
    far.write(bytesOf('the last word'));
    far.end();
    await closed(near);
    expect(textOf(...pieces).slice(-13)).toBe('the last word');
  });

  it('tells of its end once, on both sides, and later to whoever asks late', async () => {
    const { near, far } = await pair();
    let ends = 0;
    far.onClose(() => ends++);
    const nearClosed = closed(near);
    received(far);
    near.destroy();
    await Promise.all([nearClosed, closed(far)]);
    expect(ends).toBe(1);
    await closed(far);
  });

  it('takes writes after its end without complaint', async () => {
    const { near, far } = await pair();
    received(far);
    near.destroy();
    await closed(far);
    expect(far.write(bytesOf('nobody hears'))).toBe(true);
    expect(() => far.end()).not.toThrow();
  });
});
