// How being attached ended, in words and as an exit status.

import { shellQuote } from '../base/shell-quote.ts';
import { exitCodes, StayError } from '../base/stay-error.ts';
import type { AttachEnd } from '../client/attach-options.ts';
import { signalStatus } from '../platform/end-signals.ts';
import type { HolderStatus } from '../protocol/session-status.ts';

/** An end that is one for the person, too: no other session follows. */
export type LastEnd = Exclude<AttachEnd, { kind: 'switch' | 'list' }>;

/** How it ended: the sentence that tells it and the exit status that says it to scripts. */
export interface Parting {
  sentence: string | null;
  exitCode: number;
  /** The person left by a key and knows it. */
  isPlainDetach?: boolean;
  /** The terminal is gone, or we were asked to end: nothing more is to be shown on it. */
  isFinal?: boolean;
  /** Nobody was attached: the last screen of a session that has ended stands on the terminal. */
  isLastScreen?: boolean;
}

/** What there is to say of the end of a hold of the session `name`. Throws what was our own fault. */
export function partingOf(name: string, end: LastEnd): Parting {
  switch (end.kind) {
    case 'absent':
    case 'lost':
      return {
        sentence: `[stay] lost ${name}: its server ended without a word; start it again: stay attach ${shellQuote(name)}`,
        exitCode: exitCodes.connectionLost,
      };
    case 'fault':
      throw end.error;
    case 'hangup':
      return { sentence: null, exitCode: signalStatus('SIGHUP'), isFinal: true };
    case 'signal':
      return { sentence: `[stay] detached from ${name}`, exitCode: signalStatus(end.signal), isFinal: true };
    case 'left':
      return partingOfLeft(name, end);
  }
}

function partingOfLeft(name: string, { left }: AttachEnd & { kind: 'left' }): Parting {
  switch (left.reason) {
    case 'detached':
      return { sentence: `[stay] detached from ${name}`, exitCode: 0, isPlainDetach: true };
    case 'released':
      return { sentence: `[stay] ${name} was detached from elsewhere`, exitCode: 0 };
    case 'takenOver':
      return { sentence: `[stay] ${name} was taken over by ${takerOf(left.by)}`, exitCode: 0 };
    case 'killed':
      return { sentence: `[stay] ${name} was killed`, exitCode: signalStatus('SIGHUP') };
    case 'notStarted':
      throw new StayError('cannotCreate', left.message);
    case 'serverEnding':
      return { sentence: `[stay] ${name} stopped: its server was told to end`, exitCode: exitCodes.connectionLost };
    case 'exited':
      return left.signal === null
        ? { sentence: `[stay] ${name} ended with status ${left.exitCode ?? 0}`, exitCode: left.exitCode ?? 0 }
        : { sentence: `[stay] ${name} was ended by ${left.signal}`, exitCode: signalStatus(left.signal) };
  }
}

function takerOf(holder: HolderStatus): string {
  const from = holder.from === null ? '' : ` from ${holder.from}`;
  const time = new Date(holder.since).toTimeString().slice(0, 8);
  return `${holder.tty ?? `process ${holder.pid}`}${from} at ${time}`;
}
