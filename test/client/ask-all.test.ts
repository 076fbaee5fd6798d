import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ByteConnection, listenAt } from '../../src/platform/sockets.ts';
import { encodeReply, type Reply } from '../../src/protocol/messages.ts';
import { bytesOf } from '../support/bytes.ts';
import { type Child, deadPid } from '../support/child.ts';
import { hasRuntime, startModuleOn } from '../support/other-runtimes.ts';
import { sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const status: Reply = { kind: 'status', body: sampleStatus() };
const hello = (protocol: number): Reply => ({ kind: 'hello', body: { protocol, version: '0.9.0', pid: 1 } });
/** Much more than a socket takes at once. */
const long: Reply = { kind: 'status', body: sampleStatus({ title: 'long '.repeat(100_000) }) };

interface Server {
  socket: string;
  /** Bytes that came. */
  heard: number;
  open: Set<ByteConnection>;
}

/** What listens in this process, and does something once it was asked. */
async function serve(onAsked: (connection: ByteConnection) => void): Promise<Server> {
  const server: Server = { socket: join(tempFolder(), 'a.sock'), heard: 0, open: new Set() };
  const listener = await listenAt(server.socket, (connection) => {
    server.open.add(connection);
    connection.onClose(() => server.open.delete(connection));
    connection.onBytes(({ length }) => {
      if (server.heard === 0) onAsked(connection);
      server.heard += length;
    });
  });
  onTestFinished(() => {
    for (const connection of server.open) connection.destroy();
    listener.close();
  });
  return server;
}

/** Says replies, each in a piece of its own. */
function saying(...replies: Reply[]): (connection: ByteConnection) => void {
  return (connection) => {
    for (const reply of replies) connection.write(encodeReply(reply));
  };
}

/** Asks on Bun and prints each answer; then stays. */
function startAsking(listeners: readonly { server: { pid: number }; socket: string }[]): Child {
  return startModuleOn(
    'bun',
    `
import { askAll } from 'src:client/ask-all.ts';
const listeners = ${JSON.stringify(listeners)};
const hello = { protocol: 1, version: '0.1.0', pid: 1 };
const answers = await askAll(listeners, { kind: 'status', body: {} }, { hello });
for (const one of listeners) console.log(JSON.stringify(answers.get(one) ?? null));
setTimeout(() => {}, 1_000_000);
`,
  );
}

const ours = ({ socket }: Server) => ({ server: { pid: process.pid }, socket });
const answered = (child: Child) => child.line().then((line) => JSON.parse(line) as unknown);
const onLinux = it.runIf(process.platform === 'linux' && hasRuntime('bun'));

onLinux('gives what each server answers, whatever the others do', async () => {
  const servers = [
    await serve(saying(hello(1), status)),
    await serve(saying(hello(2), status)),
    await serve((connection) => connection.end()),
    await serve((connection) => void connection.write(bytesOf('\xff\xff\xff\xff what is this'))),
    await serve(() => {}),
    await serve(saying(hello(1), long)),
  ];
  const child = startAsking(servers.map(ours));
  expect(await answered(child)).toEqual({ kind: 'reply', reply: status });
  expect(await answered(child)).toEqual({ kind: 'foreign', peer: hello(2).body });
  expect(await answered(child)).toEqual({ kind: 'absent' });
  expect(await answered(child)).toEqual({ kind: 'absent' });
  expect(await answered(child)).toEqual({ kind: 'silent' });
  expect(await answered(child)).toEqual({ kind: 'reply', reply: long });
  // They are let go of, although who asked goes on.
  await expect.poll(() => servers.map(({ open }) => open.size)).toEqual(servers.map(() => 0));
});

onLinux('leaves out where nobody listens, and says nothing to another process than was meant', async () => {
  const server = await serve(saying(hello(1), status));
  const child = startAsking([
    { server: { pid: await deadPid() }, socket: server.socket },
    { server: { pid: process.pid }, socket: join(tempFolder(), 'none') },
    { server: { pid: process.pid }, socket: join(tempFolder(), 'x'.repeat(200)) },
    ours(server),
  ]);
  for (let count = 0; count < 3; count++) expect(await answered(child)).toBeNull();
  expect(await answered(child)).toEqual({ kind: 'reply', reply: status });
});

it.runIf(hasRuntime('deno'))('is not to be had on Deno: each is then asked by itself', async () => {
  const text =
    "import { openInquiry } from 'src:platform/inquiry.ts'; console.log(await openInquiry(new Uint8Array()));";
  expect(await startModuleOn('deno', text).line()).toBe('null');
});
