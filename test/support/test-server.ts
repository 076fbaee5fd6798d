// A session's server in this very process: a socket, a record that says we are it, and the test for a mind.

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bootId, processStamp } from '../../src/platform/processes.ts';
import { type ByteConnection, listenAt } from '../../src/platform/sockets.ts';
import { openChannel } from '../../src/protocol/channel.ts';
import { decodeRequest, encodeReply, type Hello, type Reply, type Request } from '../../src/protocol/messages.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { sampleRecord } from './samples.ts';

/** What is said to a request; nothing, for one that is not answered. `hangUp` closes the connection. */
export type Answerer = (request: Request) => Reply[] | 'hangUp';

/** Listens in `folder`; the record is of a session whose server is this process. */
export async function startTestServer(
  folder: string,
  answer: Answerer,
  changes: Partial<SessionRecord> = {},
  hello: Hello = { protocol: 1, version: '0.1.0', pid: process.pid },
): Promise<SessionRecord> {
  const record = sampleRecord({ ...liveServer(), ...changes });
  record.socket = join(folder, `${record.id}.sock`);
  const open = new Set<ByteConnection>();
  const listener = await listenAt(record.socket, (connection) => {
    open.add(connection);
    connection.onClose(() => open.delete(connection));
    const channel = openChannel<Reply, Request>(connection, { encode: encodeReply, decode: decodeRequest }, () => {});
    channel.send({ kind: 'hello', body: hello });
    channel.onMessage((request) => {
      const replies = answer(request);
      if (replies === 'hangUp') connection.end();
      else for (const reply of replies) channel.send(reply);
    });
  });
  onTestFinished(() => {
    for (const connection of open) connection.destroy();
    listener.close();
  });
  return record;
}

/** The part of a record that says that its server runs. */
export function liveServer(): Pick<SessionRecord, 'server' | 'bootId'> {
  return { server: processStamp(process.pid), bootId: bootId() };
}
