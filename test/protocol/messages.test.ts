import { describe, expect, it } from 'vitest';
import { pack } from '../../src/base/pack.ts';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  type Left,
  protocolVersion,
  type Reply,
  type Request,
  replyTags,
  requestTags,
} from '../../src/protocol/messages.ts';
import { bytesOf } from '../support/bytes.ts';
import { framesIn } from '../support/frames-in.ts';
import { sampleActivity, sampleHolder, sampleStatus } from '../support/samples.ts';

const hello = { protocol: 1, version: '0.1.0', pid: 42 };

const requests: Request[] = [
  { kind: 'hello', body: hello },
  {
    kind: 'attach',
    body: {
      cols: 80,
      rows: 24,
      tty: null,
      from: '2001:db8::7',
      inside: 'abcdefghij',
      ifFree: true,
      replayLines: 1_000,
    },
  },
  { kind: 'input', body: Uint8Array.of(0, 27, 255) },
  { kind: 'resize', body: { cols: 300, rows: 1, pixelWidth: 2_400, pixelHeight: 16 } },
  { kind: 'detach', body: {} },
  { kind: 'status', body: {} },
  { kind: 'watch', body: {} },
  { kind: 'release', body: {} },
  { kind: 'kill', body: {} },
  { kind: 'rename', body: { name: 'été 👩‍💻' } },
  { kind: 'peek', body: { historyLines: 100, isAnsi: true } },
  { kind: 'configure', body: { restart: 'ask', resumeCommand: ['/bin/sh', '-c', 'vim -S'], isPrivate: true } },
  { kind: 'configure', body: {} },
  { kind: 'forget', body: {} },
  { kind: 'watchScreen', body: { cols: 60, rows: 20 } },
  { kind: 'move', body: { to: 'abcdefghij' } },
  { kind: 'cover', body: {} },
  { kind: 'uncover', body: {} },
  { kind: 'line', body: { time: '12:34', keys: 'f8 next' } },
  { kind: 'taken', body: { bytes: 16_384 } },
];

const lefts: Left[] = [
  { reason: 'detached' },
  { reason: 'released' },
  { reason: 'takenOver', by: sampleHolder() },
  { reason: 'exited', exitCode: 3, signal: null, at: 1_700_000_000_000 },
  { reason: 'killed' },
  { reason: 'serverEnding' },
  { reason: 'switched', to: 'abcdefghij' },
];

const replies: Reply[] = [
  { kind: 'hello', body: hello },
  { kind: 'status', body: sampleStatus({ attached: sampleHolder({ tty: null }) }) },
  { kind: 'status', body: sampleStatus({ activity: sampleActivity() }) },
  { kind: 'attached', body: { id: 'abcdefghij', name: 'work' } },
  { kind: 'output', body: bytesOf('\x1b[31mred') },
  { kind: 'restoration', body: new Uint8Array() },
  ...lefts.map((left): Reply => ({ kind: 'left', body: { left, endRow: 24 } })),
  { kind: 'done', body: {} },
  { kind: 'resync', body: {} },
  { kind: 'covered', body: { isAnswerDue: true, attributesDue: 1 } },
  { kind: 'lines', body: bytesOf('one\ntwo\n') },
  {
    kind: 'screen',
    body: {
      cols: 80,
      rows: 24,
      historyLines: 2,
      cursor: { col: 0, row: 23, isVisible: false },
      isAlternateScreen: true,
      title: 'notes',
    },
  },
  { kind: 'failed', body: { code: 'busy', message: 'Cannot attach "work": it is held', hint: 'Leave out --if-free' } },
  {
    kind: 'preview',
    body: { lines: ['\x1b[0;31mred\x1b[0m', ''], cols: 80, rows: 24, cursor: { col: 3, row: 0 } },
  },
  { kind: 'preview', body: { lines: [], cols: 80, rows: 24, cursor: null } },
  { kind: 'failed', body: { code: 'internal', message: 'Cannot', hint: undefined } },
];

function frameOf(bytes: Uint8Array) {
  return framesIn([bytes])[0]!;
}

describe('the numbers on the wire', () => {
  it('are these: never change one, never use one again; add new ones instead', () => {
    expect(requestTags).toEqual({
      hello: 1,
      attach: 2,
      input: 3,
      resize: 4,
      detach: 5,
      status: 6,
      watch: 7,
      release: 8,
      kill: 9,
      rename: 10,
      peek: 11,
      configure: 12,
      forget: 13,
      watchScreen: 14,
      move: 16,
      cover: 17,
      uncover: 18,
      line: 19,
      taken: 20,
    });
    expect(replyTags).toEqual({
      hello: 128,
      status: 129,
      attached: 130,
      output: 131,
      restoration: 132,
      left: 133,
      done: 134,
      failed: 135,
      lines: 136,
      screen: 137,
      resync: 138,
      preview: 139,
      covered: 141,
    });
    expect(protocolVersion).toBe(1);
  });

  it('belong to one message each, and to one side', () => {
    const tags = [...Object.values(requestTags), ...Object.values(replyTags)];
    expect(new Set(tags).size).toBe(tags.length);
    expect(Math.max(...Object.values(requestTags))).toBeLessThan(128);
    expect(Math.min(...Object.values(replyTags))).toBeGreaterThanOrEqual(128);
  });
});

describe('messages', () => {
  it('have an example here for every kind', () => {
    expect(new Set(requests.map(({ kind }) => kind))).toEqual(new Set(Object.keys(requestTags)));
    expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(Object.keys(replyTags)));
  });

  it.each(requests)('of the client come back as they were sent: $kind', (request) => {
    expect(decodeRequest(frameOf(encodeRequest(request)))).toEqual(request);
  });

  it.each(replies)('of the server come back as they were sent: $kind', (reply) => {
    expect(decodeReply(frameOf(encodeReply(reply)))).toEqual(reply);
  });

  it('of an unknown tag are ignored, whatever they hold', () => {
    for (const tag of [0, 99, 127, 200, 255]) {
      expect(decodeRequest({ tag, body: Uint8Array.of(0xc1) })).toBeNull();
      expect(decodeReply({ tag, body: Uint8Array.of(0xc1) })).toBeNull();
    }
  });

  it('of the other side are not understood', () => {
    expect(decodeRequest(frameOf(encodeReply({ kind: 'done', body: {} })))).toBeNull();
    expect(decodeReply(frameOf(encodeRequest({ kind: 'kill', body: {} })))).toBeNull();
  });

  it('lose the fields that this version does not know, at every depth', () => {
    const body = { ...sampleStatus(), attached: { ...sampleHolder(), colour: 'green' }, weather: { wind: 3 } };
    const decoded = decodeReply({ tag: replyTags.status, body: pack(body) });
    expect(decoded).toEqual({ kind: 'status', body: sampleStatus({ attached: sampleHolder() }) });
  });

  it.each([...requests].filter(({ body }) => !(body instanceof Uint8Array)))(
    'are refused when their body is broken: $kind',
    ({ kind, body }) => {
      const tag = requestTags[kind];
      const whole = pack(body);
      for (const broken of [
        new Uint8Array(),
        whole.slice(0, -1),
        Uint8Array.of(...whole, 1),
        pack(null),
        pack('text'),
        pack(7),
      ])
        expect(() => decodeRequest({ tag, body: broken })).toThrow();
    },
  );

  it('of the server with a word that this version does not know cost that word, not the message', () => {
    const decode = (kind: keyof typeof replyTags, body: unknown) =>
      decodeReply({ tag: replyTags[kind], body: pack(body) });
    const odd = { ...sampleStatus(), state: 'frozen', stopped: { reason: 'eaten', at: 1 }, restart: 'sometimes' };
    expect(decode('status', odd)).toEqual({ kind: 'status', body: { ...sampleStatus(), stopped: null } });
    expect(decode('failed', { code: 'odd', message: 'Cannot' })).toMatchObject({ body: { code: 'internal' } });
    expect(decode('left', { left: { reason: 'promoted' }, endRow: 1 })).toMatchObject({
      body: { left: { reason: 'released' } },
    });
  });

  it('of which nothing is to be said are taken in every form of an empty map, and in no other', () => {
    const decode = (...body: number[]) => decodeRequest({ tag: requestTags.status, body: Uint8Array.from(body) });
    for (const empty of [[0x80], [0xde, 0, 0], [0xdf, 0, 0, 0, 0]])
      expect(decode(...empty)).toEqual({ kind: 'status', body: {} });
    for (const other of [[], [0xc0], [0xde, 0], [0xde, 0, 1], [0x80, 0x80]]) expect(() => decode(...other)).toThrow();
  });

  it('are refused when a field is missing or of another type', () => {
    const { cols: _, ...withoutCols } = { cols: 80, rows: 24 };
    for (const body of [withoutCols, { cols: '80', rows: 24 }, { cols: null, rows: 24 }])
      expect(() => decodeRequest({ tag: requestTags.resize, body: pack(body) })).toThrow();
    expect(() => decodeReply({ tag: replyTags.status, body: pack({ ...sampleStatus(), name: undefined }) })).toThrow();
  });
});
