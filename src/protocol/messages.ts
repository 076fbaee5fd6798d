// What client and server say to each other. Tags are numbered once and never used for anything else;
// unknown tags and unknown fields are ignored, so that each side may learn new words first. See docs/protocol.md.

import * as v from 'valibot';
import type { Look } from '../base/look.ts';
import { pack, packOnce, unpack } from '../base/pack.ts';
import { exitCodes } from '../base/stay-error.ts';
import { encodeFrame, type Frame, frameParts } from './frames.ts';
import { holderSchema, sessionStatusSchema } from './session-status.ts';
import { traitSchemas } from './traits.ts';

/** Raised only when an old peer could no longer be understood. */
export const protocolVersion = 1;

/** Cells, and pixels where the terminal tells them. */
const size = {
  cols: v.number(),
  rows: v.number(),
  pixelWidth: v.optional(v.number()),
  pixelHeight: v.optional(v.number()),
};
const nothing = v.object({});
const lineText = { time: v.string(), keys: v.string() };
const lookSchema: v.GenericSchema<Look> = v.variant('kind', [
  v.object({ kind: v.literal('plain') }),
  v.object({ kind: v.literal('line'), ...lineText }),
  v.object({ kind: v.literal('title') }),
]);
/** Answers of the holder's terminal to the program that may still be under way. */
const answersDue = { isAnswerDue: v.optional(v.boolean()), attributesDue: v.optional(v.number()) };
const answersDueSchema = v.object(answersDue);
export type AnswersDue = v.InferOutput<typeof answersDueSchema>;
const errorCodes = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

/** Bodies of the client's messages; `raw` ones are terminal bytes. */
export const requestSchemas = {
  hello: v.object({ protocol: v.number(), version: v.string(), pid: v.number() }),
  /** Become the holder. Answered by `attached`, or by `failed` with `busy` when `ifFree` is set and there is one. */
  attach: v.object({
    ...size,
    tty: v.nullable(v.string()),
    from: v.nullable(v.string()),
    inside: v.nullable(v.string()),
    ifFree: v.boolean(),
    replayLines: v.number(),
    /** The client understands `left` with the reason `switched`. */
    canSwitch: v.optional(v.boolean()),
    /** The client sends `taken`. */
    tellsTaken: v.optional(v.boolean()),
    /** What is to be shown of ours around the session; nothing if left out. */
    look: v.optional(lookSchema),
  }),
  input: 'raw',
  resize: v.object(size),
  /** Stop being the holder. Answered by `left`. */
  detach: nothing,
  /** Answered by one `status`. */
  status: nothing,
  /** Answered by a `status` now and after every change. */
  watch: nothing,
  /** Detach whoever holds the session. Answered by `done`. */
  release: nothing,
  /** End the program and all its processes and forget the session. Answered by `done` when none is left. */
  kill: nothing,
  /** Answered by `done` or `failed`. */
  rename: v.object({ name: v.string() }),
  /** Answered by `lines`, any number of them, then `screen`. Attaches nobody. */
  peek: v.object({ historyLines: v.number(), isAnsi: v.boolean() }),
  /** Change some of the session's traits. Answered by `done`, once the disk is as they want it, or `failed`. */
  configure: v.partial(v.object(traitSchemas)),
  /** Forget the history, in memory and on the disk; the screen stays. Answered by `done` or `failed`. */
  forget: nothing,
  /**
   * Answered by a `preview` of at most that many cells, now and after every change. Another one changes the size. Attaches
   * nobody.
   */
  watchScreen: v.object({ cols: v.number(), rows: v.number() }),
  /** Send whoever holds the session to another one. Answered by `done`, or by `failed` when there is nobody who can be sent. */
  move: v.object({ to: v.string() }),
  /** The holder shows something else on its terminal: nothing of the session until `uncover`. Answered by `covered`. */
  cover: nothing,
  /**
   * The holder shows the session again. Answered by `resync` and what paints its present screen in place, after the lines
   * that scrolled away meanwhile; the same comes unasked before the holder leaves.
   */
  uncover: nothing,
  /** What the holder's line says from now on. */
  line: v.object(lineText),
  /** The holder's terminal has taken so many bytes of `output` more. */
  taken: v.object({ bytes: v.number() }),
} as const;

/** Why a holder is not one any more. */
export const leftSchema = v.variant('reason', [
  v.object({ reason: v.literal('detached') }),
  v.object({ reason: v.literal('released') }),
  v.object({ reason: v.literal('takenOver'), by: holderSchema }),
  v.object({
    reason: v.literal('exited'),
    exitCode: v.nullable(v.number()),
    signal: v.nullable(v.string()),
    at: v.number(),
  }),
  v.object({ reason: v.literal('killed') }),
  v.object({ reason: v.literal('serverEnding') }),
  v.object({ reason: v.literal('notStarted'), message: v.string() }),
  /** It was sent to the session of the id `to`. Only clients hear this that said `canSwitch`. */
  v.object({ reason: v.literal('switched'), to: v.string() }),
]);
export type Left = v.InferOutput<typeof leftSchema>;

/** What there is to know of a screen besides its text. */
export const screenFactsSchema = v.object({
  ...size,
  /** Lines of history that stand before those of the screen. */
  historyLines: v.number(),
  /** From 0. */
  cursor: v.object({ col: v.number(), row: v.number(), isVisible: v.boolean() }),
  isAlternateScreen: v.boolean(),
  title: v.string(),
});
export type ScreenFacts = v.InferOutput<typeof screenFactsSchema>;

/** The part of a screen around its cursor. */
export const previewSchema = v.object({
  /** Text and SGR; each line stands by itself. */
  lines: v.array(v.string()),
  /** The size of the whole screen. */
  cols: v.number(),
  rows: v.number(),
  /** Within the lines, from 0; null when it is hidden. */
  cursor: v.nullable(v.object({ col: v.number(), row: v.number() })),
});
export type ScreenPreview = v.InferOutput<typeof previewSchema>;

/** Bodies of the server's messages. A word among several that we do not know must not cost the whole message: `fallback`. */
export const replySchemas = {
  hello: requestSchemas.hello,
  status: sessionStatusSchema,
  /** `canCover`: the server understands `cover`. */
  attached: v.object({ id: v.string(), name: v.string(), canCover: v.optional(v.boolean()) }),
  output: 'raw',
  /** What undoes, in the holder's terminal, what the program did to it so far. Replaces the one before. */
  restoration: 'raw',
  /**
   * `endRow`: the last row that the session uses in the holder's terminal, from 1; what follows goes below it.
   * `isAnswerDue`: the holder's terminal may still have answers to the program under way; `attributesDue` of them are to DA1.
   */
  left: v.object({
    // A reason that a newer server has learned: it let us go, as others do.
    left: v.fallback(leftSchema, { reason: 'released' }),
    endRow: v.number(),
    ...answersDue,
  }),
  /** No more of the session comes until it is uncovered. The answers that are due are as in `left`. */
  covered: answersDueSchema,
  done: nothing,
  /** Text in UTF-8, cut anywhere; together one line of the terminal a line, each ended by LF. */
  lines: 'raw',
  /** Output was left out; the client undoes what it was shown (with the newest `restoration`), and a repaint follows. */
  resync: nothing,
  screen: screenFactsSchema,
  failed: v.object({
    code: v.fallback(v.picklist(errorCodes), 'internal'),
    message: v.string(),
    hint: v.optional(v.string()),
  }),
  preview: previewSchema,
} as const;

/** Pinned by a test: never change a number, never use one again; add new ones at the end of their side's range. */
export const requestTags = {
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
} as const satisfies Record<keyof typeof requestSchemas, number>;

export const replyTags = {
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
} as const satisfies Record<keyof typeof replySchemas, number>;

type Schemas = Readonly<Record<string, 'raw' | v.GenericSchema>>;
type BodyOf<S> = S extends v.GenericSchema ? v.InferOutput<S> : Uint8Array;
type MessageOf<S extends Schemas> = { [K in keyof S]: { kind: K; body: BodyOf<S[K]> } }[keyof S];

export type Request = MessageOf<typeof requestSchemas>;
export type Reply = MessageOf<typeof replySchemas>;
export type AttachRequest = BodyOf<typeof requestSchemas.attach>;
export type Hello = BodyOf<typeof requestSchemas.hello>;

/** The bytes of a client's message. */
export function encodeRequest(message: Request): Uint8Array {
  return encodeFrame(requestTags[message.kind], encodeBody(message.body));
}

/** What a server says to everybody, and is mostly the same. */
const repeated: Readonly<Record<string, (body: unknown) => Uint8Array>> = { hello: packOnce(), status: packOnce() };

/** The bytes of a server's message. */
export function encodeReply(message: Reply): Uint8Array {
  return encodeFrame(replyTags[message.kind], (repeated[message.kind] ?? encodeBody)(message.body));
}

/** The same, a large body in a piece of its own, uncopied. */
export function replyParts(message: Reply): Uint8Array[] {
  return frameParts(replyTags[message.kind], encodeBody(message.body));
}

/** A client's message, or null when its tag is unknown. Throws on a body that is not of its tag's form. */
export const decodeRequest = decoderOf<Request>(requestSchemas, requestTags);

/** A server's message, or null when its tag is unknown. Throws on a body that is not of its tag's form. */
export const decodeReply = decoderOf<Reply>(replySchemas, replyTags);

function encodeBody(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : pack(body);
}

function decodeBody(schema: v.GenericSchema, bytes: Uint8Array): unknown {
  return schema === nothing && isEmptyMap(bytes) ? {} : v.parse(schema, unpack(bytes));
}

/** In the two forms that msgpack has for it. */
function isEmptyMap(bytes: Uint8Array): boolean {
  if (bytes.length === 1) return bytes[0] === 0x80;
  return bytes.length === 3 && bytes[0] === 0xde && bytes[1] === 0 && bytes[2] === 0;
}

function decoderOf<M>(schemas: Schemas, tags: Readonly<Record<string, number>>): (frame: Frame) => M | null {
  const known: ({ kind: string; schema: 'raw' | v.GenericSchema } | undefined)[] = [];
  for (const [kind, tag] of Object.entries(tags)) known[tag] = { kind, schema: schemas[kind]! };
  return ({ tag, body }) => {
    const form = known[tag];
    if (form === undefined) return null;
    const { kind, schema } = form;
    return { kind, body: schema === 'raw' ? body : decodeBody(schema, body) } as M;
  };
}
