// Servers and clients of other versions, as they were frozen.

import { mkdirSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { unpack } from '../../../src/base/pack.ts';
import { bootId, processStamp } from '../../../src/platform/processes.ts';
import { encodeRecord, type SessionRecord } from '../../../src/storage/session-record.ts';
import { type Child, startChild } from '../../support/child.ts';
import { sampleRecord } from '../../support/samples.ts';
import { type Entry, framesOf, readTalk } from '../../support/transcript.ts';
import type { FrozenServerOptions } from './frozen-server.ts';
import type { Sandbox } from './sandbox.ts';
import { waitUntil } from './waiting.ts';

const statusTag = 129;

/** Starts the server of a session of that version, whose files are in the sandbox. It ends with the test. */
export async function startFrozenServer(
  sandbox: Sandbox,
  version: string,
  special: Pick<FrozenServerOptions, 'foreign' | 'isTerse'> = {},
): Promise<{ server: Child; record: SessionRecord; recordFile: string }> {
  const { id, name } = unpack(readTalk(version, 'status').find(({ tag }) => tag === statusTag)!.body) as SessionRecord;
  const folder = join(sandbox.stateDir, 'sessions', id);
  const socket = join(sandbox.runtimeDir, `${id}.sock`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const options: FrozenServerOptions = { version, id, socket, folder, ...special };
  const program = join(import.meta.dirname, 'frozen-server.ts');
  const server = startChild([process.execPath, program, JSON.stringify(options)], { env: { ...sandbox.env } });
  await server.line();
  const record = sampleRecord({
    ...{ id, name, socket, server: processStamp(server.pid), bootId: bootId(), program: null },
    ...{ command: ['/bin/bash'], cwd: '/', lastCwd: '/' },
  });
  const recordFile = join(folder, 'session.msgpack');
  writeFileSync(recordFile, encodeRecord(record), { mode: 0o600 });
  return { server, record, recordFile };
}

export interface FrozenClient {
  /** Everything the server has said so far. */
  heard(): Entry[];
  /** The last message of that tag, unpacked; undefined when there was none. */
  last(tag: number): Record<string, unknown> | undefined;
  /** Sends what is left of the talk, each message once its turn has come. Resolves once the last was answered. */
  goOn(): Promise<void>;
  /** Waits until the server has said that. */
  waitFor(tag: number): Promise<void>;
  close(): void;
}

/** Connects as the client of a frozen talk and sends what that sent, until it would leave by `until`, if that is told. */
export async function playClient(
  socket: string,
  talk: readonly Entry[],
  { until }: { until?: number } = {},
): Promise<FrozenClient> {
  const connection = net.connect(socket);
  // A server that was told to end waits for clients that may still read.
  onTestFinished(() => void connection.destroy());
  const entries: Entry[] = [];
  let rest: Uint8Array = new Uint8Array();
  let position = 0;
  connection.on('data', (bytes: Buffer) => {
    const read = framesOf('server', Buffer.concat([rest, bytes]));
    entries.push(...read.entries);
    rest = read.rest;
  });
  connection.on('error', () => {});
  const count = (tag: number) => entries.filter((entry) => entry.tag === tag).length;
  const waitFor = (tag: number, times = 1) =>
    waitUntil(
      () => count(tag) >= times,
      () => `tag ${tag} ${times} times; heard were ${entries.map((entry) => entry.tag)}`,
    );

  async function sendUntil(tag: number | undefined): Promise<void> {
    const expected = new Set<number>();
    for (; position < talk.length; position++) {
      const entry = talk[position]!;
      if (entry.side === 'server') {
        expected.add(entry.tag);
        continue;
      }
      if (entry.tag === tag) return;
      for (const one of expected) await waitFor(one);
      connection.write(entry.frame);
    }
    for (const one of expected) await waitFor(one);
  }

  await sendUntil(until);
  return {
    heard: () => entries,
    last(tag) {
      const found = entries.findLast((entry) => entry.tag === tag);
      return found === undefined ? undefined : (unpack(found.body) as Record<string, unknown>);
    },
    goOn: () => sendUntil(undefined),
    waitFor: async (tag) => void (await waitFor(tag)),
    close: () => connection.destroy(),
  };
}
