import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, failureOf, openLink } from '../../src/client/link.ts';
import { type ByteConnection, listenAt } from '../../src/platform/sockets.ts';
import { type Channel, openChannel } from '../../src/protocol/channel.ts';
import { decodeRequest, encodeReply, type Reply, type Request, replyTags } from '../../src/protocol/messages.ts';
import { sampleStatus } from '../support/samples.ts';
import { tempFolder } from '../support/temp-folder.ts';

const hello = { protocol: 1, version: '0.1.0', pid: 42 };
const status: Reply = { kind: 'status', body: sampleStatus() };

/** A server at a socket; `onRequest` says what it does. */
async function serve(
  onRequest: (request: Request, client: { channel: Channel<Reply, Request>; connection: ByteConnection }) => void,
  greeting = { ...hello, pid: 1 },
) {
  const path = join(tempFolder(), 'a.sock');
  const open = new Set<ByteConnection>();
  const listener = await listenAt(path, (connection) => {
    open.add(connection);
    connection.onClose(() => open.delete(connection));
    const channel = openChannel<Reply, Request>(connection, { encode: encodeReply, decode: decodeRequest }, () => {});
    channel.send({ kind: 'hello', body: greeting });
    channel.onMessage((request) => onRequest(request, { channel, connection }));
  });
  onTestFinished(() => {
    for (const connection of open) connection.destroy();
    listener.close();
  });
  return { path, open };
}

describe('a link', () => {
  it('greets first, and hears everything but the greeting', async () => {
    const heard: Request[] = [];
    const { path } = await serve((request, { channel }) => {
      heard.push(request);
      if (request.kind === 'watch') for (const reply of [status, status]) channel.send(reply);
    });
    const link = (await openLink(path, hello))!;
    onTestFinished(() => link.close());
    const replies: Reply[] = [];
    link.send({ kind: 'watch', body: {} });
    link.onReply((reply) => replies.push(reply));
    await expect.poll(() => replies).toEqual([status, status]);
    expect(heard).toEqual([
      { kind: 'hello', body: hello },
      { kind: 'watch', body: {} },
    ]);
  });

  it('keeps what is said before anybody listens', async () => {
    const { path } = await serve((request, { channel, connection }) => {
      if (request.kind !== 'hello') return;
      channel.send(status);
      connection.end();
    });
    const link = (await openLink(path, hello))!;
    await new Promise<void>((resolve) => link.onClose(resolve));
    const replies: Reply[] = [];
    link.onReply((reply) => replies.push(reply));
    expect(replies).toEqual([status]);
  });

  it('is null when nobody listens', async () => {
    expect(await openLink(join(tempFolder(), 'none'), hello)).toBeNull();
  });
});

describe('asking', () => {
  it('gives the reply and closes the connection', async () => {
    const { path, open } = await serve((request, { channel }) => {
      if (request.kind === 'status') channel.send(status);
    });
    expect(await ask(path, { kind: 'status', body: {} }, { hello })).toEqual({ kind: 'reply', reply: status });
    await expect.poll(() => open.size).toBe(0);
  });

  it('finds a server absent that is not there, or goes without a word', async () => {
    const { path } = await serve((request, { connection }) => {
      if (request.kind === 'status') connection.end();
    });
    expect(await ask(join(tempFolder(), 'none'), { kind: 'status', body: {} }, { hello })).toEqual({ kind: 'absent' });
    expect(await ask(path, { kind: 'status', body: {} }, { hello })).toEqual({ kind: 'absent' });
  });

  it('finds a server silent that does not answer in time', async () => {
    const { path } = await serve(() => {});
    expect(await ask(path, { kind: 'status', body: {} }, { hello, timeoutMs: 20 })).toEqual({ kind: 'silent' });
  });
});

describe('a server of another protocol', () => {
  const foreign = { protocol: 2, version: '0.9.0', pid: 1 };

  it('is told by its greeting, whatever else it says', async () => {
    const { path } = await serve((request, { channel, connection }) => {
      if (request.kind !== 'hello') return;
      channel.send(status);
      connection.write(Uint8Array.of(0, 0, 0, 2, replyTags.status, 0xc1));
    }, foreign);
    expect(await ask(path, { kind: 'status', body: {} }, { hello })).toEqual({ kind: 'foreign', peer: foreign });
  });

  it('says nothing on a link but which it is', async () => {
    const { path } = await serve((request, { channel }) => {
      if (request.kind === 'hello') channel.send(status);
    }, foreign);
    const link = (await openLink(path, hello))!;
    onTestFinished(() => link.close());
    const replies: Reply[] = [];
    link.onReply((reply) => replies.push(reply));
    await expect.poll(() => replies.length).toBe(1);
    expect(replies).toEqual([
      {
        kind: 'failed',
        body: expect.objectContaining({ code: 'otherVersion', message: expect.stringContaining('it runs stay 0.9.0') }),
      },
    ]);
  });
});

it('makes the error of a refusal', () => {
  const body = { code: 'busy', message: 'Cannot', hint: 'Wait' } as const;
  expect(failureOf({ kind: 'failed', body })).toMatchObject({ name: 'StayError', ...body });
});
