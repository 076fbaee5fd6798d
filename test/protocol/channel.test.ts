import { describe, expect, it } from 'vitest';
import { type Channel, openChannel } from '../../src/protocol/channel.ts';
import { encodeFrame } from '../../src/protocol/frames.ts';
import { decodeRequest, encodeReply, encodeRequest, type Reply, type Request } from '../../src/protocol/messages.ts';
import { fakeConnection, repliesOn, sendRequests } from '../support/fake-connection.ts';

function open() {
  const connection = fakeConnection();
  const faults: string[] = [];
  const channel: Channel<Reply, Request> = openChannel<Reply, Request>(
    connection,
    { encode: encodeReply, decode: decodeRequest },
    (error) => faults.push(`${connection.state}: ${(error as Error).message}`),
  );
  return { connection, channel, faults };
}

const kinds = (messages: readonly Request[]) => messages.map(({ kind }) => kind);

describe('a channel', () => {
  it('passes messages on in order, several in one read and one in several', () => {
    const { connection, channel } = open();
    const heard: Request[] = [];
    channel.onMessage((message) => heard.push(message));
    sendRequests(connection, { kind: 'status', body: {} }, { kind: 'watch', body: {} });
    for (const byte of encodeRequest({ kind: 'rename', body: { name: 'new' } }))
      connection.receive(Uint8Array.of(byte));
    expect(kinds(heard)).toEqual(['status', 'watch', 'rename']);
  });

  it('keeps what came before anybody listened, in order', () => {
    const { connection, channel } = open();
    sendRequests(connection, { kind: 'status', body: {} }, { kind: 'watch', body: {} });
    const heard: Request[] = [];
    channel.onMessage((message) => heard.push(message));
    sendRequests(connection, { kind: 'kill', body: {} });
    expect(kinds(heard)).toEqual(['status', 'watch', 'kill']);
  });

  it('says when the peer is slow to take what was sent', () => {
    const { connection, channel } = open();
    expect(channel.send({ kind: 'done', body: {} })).toBe(true);
    connection.isSlow = true;
    expect(channel.send({ kind: 'done', body: {} })).toBe(false);
    expect(repliesOn(connection)).toHaveLength(2);
  });

  it('skips a message of an unknown tag and goes on', () => {
    const { connection, channel, faults } = open();
    const heard: Request[] = [];
    channel.onMessage((message) => heard.push(message));
    connection.receive(encodeFrame(99, Uint8Array.of(1, 2, 3)));
    sendRequests(connection, { kind: 'status', body: {} });
    expect(kinds(heard)).toEqual(['status']);
    expect(faults).toEqual([]);
    expect(connection.state).toBe('open');
  });

  it.each([
    ['a body that is not msgpack', encodeFrame(2, Uint8Array.of(0xc1))],
    ['a body of another form', encodeFrame(4, Uint8Array.of(0x80))],
    ['an absurd length', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)],
  ])('tells of %s first, then destroys the connection, and hears nothing more', (_, bytes) => {
    const { connection, channel, faults } = open();
    const heard: Request[] = [];
    channel.onMessage((message) => heard.push(message));
    connection.receive(bytes);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^open: ./);
    expect(connection.state).toBe('destroyed');
    sendRequests(connection, { kind: 'kill', body: {} });
    expect(heard).toEqual([]);
    expect(faults).toHaveLength(1);
  });

  it('delivers what was whole before the fault', () => {
    const { connection, channel } = open();
    const heard: Request[] = [];
    channel.onMessage((message) => heard.push(message));
    connection.receive(
      Buffer.concat([encodeRequest({ kind: 'status', body: {} }), encodeFrame(4, Uint8Array.of(0xc1))]),
    );
    expect(kinds(heard)).toEqual(['status']);
  });
});
