// What a new server is told by whoever starts it, and what it answers: one line of JSON each way.

import * as v from 'valibot';
import { defaultTraits } from '../base/session-traits.ts';
import { exitCodes, StayError } from '../base/stay-error.ts';
import { systemFailure } from '../base/system-failure.ts';
import { traitSchemas } from './traits.ts';

const errorCodes = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

const orderSchema = v.object({
  name: v.string(),
  /** The argv to run; null asks for the user's login shell. */
  command: v.nullable(v.array(v.string())),
  cwd: v.string(),
  /** Variables beyond the starter's own environment, which the server inherits. */
  env: v.record(v.string(), v.string()),
  cols: v.number(),
  rows: v.number(),
  /** Whether somebody attaches at once: the program is then started in front of them, and says everything to them. */
  isAwaited: v.boolean(),
  /** Whether the session is there already and is to be started again. */
  isResume: v.optional(v.boolean(), false),
  /** Whether nobody asked for this session by name: such starts are braked when none of them lasts. */
  isAutomatic: v.optional(v.boolean(), false),
  /** The session's traits; a session that is there already keeps its own. */
  restart: v.optional(traitSchemas.restart, defaultTraits.restart),
  resumeCommand: v.optional(traitSchemas.resumeCommand, defaultTraits.resumeCommand),
  isPrivate: v.optional(traitSchemas.isPrivate, defaultTraits.isPrivate),
  isPinned: v.optional(traitSchemas.isPinned, defaultTraits.isPinned),
  historyLines: v.optional(traitSchemas.historyLines, defaultTraits.historyLines),
  historyBytes: v.optional(traitSchemas.historyBytes, defaultTraits.historyBytes),
});
export type SessionOrder = v.InferOutput<typeof orderSchema>;
type OrderText = v.InferInput<typeof orderSchema>;

const answerSchema = v.variant('kind', [
  v.object({ kind: v.literal('started') }),
  v.object({
    kind: v.literal('failed'),
    code: v.picklist(errorCodes),
    message: v.string(),
    hint: v.optional(v.string()),
  }),
]);

export const encodeOrder = (order: OrderText): string => JSON.stringify(order);
export const decodeOrder = (text: string): SessionOrder => v.parse(orderSchema, JSON.parse(text));

export const startedAnswer = JSON.stringify({ kind: 'started' });

export function failedAnswer(error: unknown): string {
  const { code, message, hint } = systemFailure('start the session', error);
  return JSON.stringify({ kind: 'failed', code, message, hint });
}

/** Throws what the server said when it could not start. */
export function requireStarted(answer: string): void {
  const parsed = v.parse(answerSchema, JSON.parse(answer));
  if (parsed.kind === 'failed') throw new StayError(parsed.code, parsed.message, { hint: parsed.hint });
}
