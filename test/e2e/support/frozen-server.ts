// The server of a session as an older stay ran it: a process that says, byte for byte, what that stay said. Started by
// `startFrozenServer`, with its options as JSON; prints a line once it listens.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as net from 'node:net';
import { pack, unpack } from '../../../src/base/pack.ts';
import { encodeFrame } from '../../../src/protocol/frames.ts';
import { type Entry, framesOf, frozenTalks, readTalk } from '../../support/transcript.ts';

export interface FrozenServerOptions {
  version: string;
  id: string;
  socket: string;
  /** The session's folder, which it removes when it is killed. */
  folder: string;
  /** Greets as one of this protocol, and says nothing that anybody could read. */
  foreign?: { protocol: number; version: string };
  /** Leaves out of its status what was not always there. */
  isTerse?: boolean;
}

/** Numbers on the wire, written down here for ever. */
const tags = { hello: 1, attach: 2, detach: 5, release: 8, kill: 9, peek: 11, greeting: 128, status: 129, left: 133 };
/** The fields of a status from the very first. */
const firstFields = [
  ...['id', 'name', 'state', 'attached', 'command', 'program', 'cwd', 'title', 'pid', 'exitCode', 'signal'],
  ...['createdAt', 'lastOutputAt', 'lastUsedAt', 'cols', 'rows'],
];

const options = JSON.parse(process.argv[2] ?? '') as FrozenServerOptions;
const talks = new Map(frozenTalks(options.version).map((name) => [name, readTalk(options.version, name)]));
const holders = new Set<net.Socket>();

/** The program of the session. As with every server, its end is ours. */
const program = spawn('sleep', ['4000'], {
  detached: true,
  stdio: 'ignore',
  env: { ...process.env, STAY_SESSION: options.id },
});
program.on('exit', () => process.exit(0));

function talkNamed(name: string): Entry[] {
  return talks.get(name) ?? [];
}

/** The talk that begins with this question. */
function talkFor({ tag, body }: Entry): Entry[] {
  if (tag === tags.attach) return talkNamed('attach');
  const asks = (entry: Entry) => entry.side === 'client' && entry.tag === tag;
  const candidates = [...talks.values()].filter((talk) => talk.some(asks));
  const isSame = (entry: Entry) => asks(entry) && Buffer.compare(entry.body, body) === 0;
  return candidates.find((talk) => talk.some(isSame)) ?? candidates[0] ?? [];
}

function lastLeft(name: string): Uint8Array {
  return talkNamed(name).findLast(({ tag }) => tag === tags.left)?.frame ?? new Uint8Array();
}

function frameOf(entry: Entry): Uint8Array {
  if (entry.tag !== tags.status || !options.isTerse) return entry.frame;
  const status = unpack(entry.body) as Record<string, unknown>;
  return encodeFrame(tags.status, pack(Object.fromEntries(firstFields.map((field) => [field, status[field]]))));
}

function greeting(): Uint8Array {
  if (options.foreign !== undefined) return encodeFrame(tags.greeting, pack({ ...options.foreign, pid: process.pid }));
  return talkNamed('status').find(({ tag }) => tag === tags.greeting)?.frame ?? new Uint8Array();
}

function welcome(connection: net.Socket): void {
  let rest: Uint8Array = new Uint8Array();
  let talk: Entry[] | null = null;
  let position = 0;
  connection.on('error', () => {});
  connection.on('close', () => holders.delete(connection));
  connection.write(greeting());
  connection.on('data', (bytes: Buffer) => {
    if (options.foreign !== undefined) return void connection.end(Uint8Array.of(0, 0, 0, 2, tags.status, 0xc1));
    const { entries, rest: left } = framesOf('client', Buffer.concat([rest, bytes]));
    rest = left;
    for (const entry of entries) if (entry.tag !== tags.hello) hear(entry);
  });

  /** Says what was said to the same question, up to the next one. */
  function hear(heard: Entry): void {
    talk ??= talkFor(heard);
    if (heard.tag === tags.attach) holders.add(connection);
    const at = talk.findIndex(
      (entry, index) => index >= position && entry.side === 'client' && entry.tag === heard.tag,
    );
    if (at < 0) return;
    for (position = at + 1; talk[position]?.side === 'server'; position++) {
      const entry = talk[position]!;
      if (entry.tag !== tags.greeting) connection.write(frameOf(entry));
    }
    if (heard.tag === tags.detach) connection.end();
    if (heard.tag === tags.release) for (const holder of holders) holder.end(lastLeft('attach-released'));
    if (heard.tag === tags.kill) end(connection);
  }
}

function end(connection: net.Socket): void {
  for (const holder of holders) holder.end(lastLeft('attach-killed'));
  rmSync(options.folder, { recursive: true });
  rmSync(options.socket);
  connection.end(() => program.kill('SIGKILL'));
}

net.createServer(welcome).listen(options.socket, () => console.log('listening'));
