// Today's code reads what older stays said on the wire. Nothing here may be mended by changing a fixture.

import { describe, expect, it } from 'vitest';
import { unpack } from '../../src/base/pack.ts';
import { pieces } from '../../src/protocol/frames.ts';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  protocolVersion,
  replySchemas,
  replyTags,
  requestSchemas,
} from '../../src/protocol/messages.ts';
import { framesIn } from '../support/frames-in.ts';
import { type Entry, frozenTalks, frozenVersions, readTalk } from '../support/transcript.ts';

const isPresent = (version: string) => version.startsWith(`${protocolVersion}-`);
const talks = frozenVersions()
  .filter(isPresent)
  .flatMap((version) => frozenTalks(version).map((name) => [version, name] as const));

/** What today's code makes of a frozen message. */
function decoded({ side, tag, body }: Entry) {
  return side === 'client' ? decodeRequest({ tag, body }) : decodeReply({ tag, body });
}

function isRaw(kind: string): boolean {
  return { ...requestSchemas, ...replySchemas }[kind as keyof typeof replySchemas] === 'raw';
}

/** Every value of the frozen body that today's code still knows by its name is the same; what it has added may be there, too. */
function expectSame(entry: Entry, message: NonNullable<ReturnType<typeof decoded>>): void {
  if (isRaw(message.kind)) expect(Buffer.compare(message.body as Uint8Array, entry.body)).toBe(0);
  else expect(message.body).toMatchObject(unpack(entry.body) as object);
}

describe('what older stays said', () => {
  it('is there for every message that 0.1.0 knew', () => {
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const tags = new Set(frozenTalks('1-0.1.0').flatMap((name) => readTalk('1-0.1.0', name).map(({ tag }) => tag)));
    expect([...tags].sort((a, b) => a - b)).toEqual([...range(1, 13), ...range(128, 138)]);
  });

  it.each(talks)('is understood by this stay: %s %s', (version, name) => {
    for (const entry of readTalk(version, name)) {
      const message = decoded(entry);
      expect(message, `tag ${entry.tag} of the ${entry.side}`).not.toBeNull();
      expectSame(entry, message!);
    }
  });

  it.each(talks)('is said by this stay under the same numbers, so that they understand it: %s %s', (version, name) => {
    for (const entry of readTalk(version, name)) {
      const message = decoded(entry)!;
      const bytes = entry.side === 'client' ? encodeRequest(message as never) : encodeReply(message as never);
      expect(bytes[4]).toBe(entry.tag);
      if (!isRaw(message.kind)) expect(unpack(bytes.subarray(5))).toMatchObject(unpack(entry.body) as object);
    }
  });

  it.each(talks)('is cut into the same frames, however it arrives: %s %s', (version, name) => {
    const entries = readTalk(version, name);
    for (const side of ['client', 'server'] as const) {
      const frames = entries.filter((entry) => entry.side === side);
      const stream = Buffer.concat(frames.map(({ frame }) => frame));
      for (const step of [1, 7, stream.length]) {
        const tags = framesIn(pieces(stream, step)).map(({ tag }) => tag);
        expect(tags).toEqual(frames.map(({ tag }) => tag));
      }
    }
  });

  it('also of another protocol begins with a greeting that tells protocol and version', () => {
    for (const version of frozenVersions()) {
      const greeting = readTalk(version, 'status').find(({ side }) => side === 'server')!;
      expect(greeting.tag).toBe(replyTags.hello);
      const [protocol, ...rest] = version.split('-');
      expect(decodeReply(greeting)).toMatchObject({ body: { protocol: Number(protocol), version: rest.join('-') } });
    }
  });
});
