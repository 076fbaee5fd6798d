// The servers of the sessions: whether they answer, how fast, and of which version they are.

import { slowAnswerMs } from '../../base/limits.ts';
import { localDate } from '../../base/local-date.ts';
import { shellQuote } from '../../base/shell-quote.ts';
import type { NotSaved } from '../../protocol/session-status.ts';
import { note, ok, problem, type Verdict } from './finding.ts';
import { count, listOf } from './phrases.ts';

export interface ServerFacts {
  /** The session's. */
  name: string;
  answer: AnsweredFacts | { kind: 'mute'; why: string };
}

export interface AnsweredFacts {
  kind: 'answered';
  version: string;
  protocol: number;
  tookMs: number;
  /** What the server says of saving; null while all is well. */
  notSaved: NotSaved | null;
}

/** Whom they are compared with: us. */
export interface OwnVersion {
  version: string;
  protocol: number;
}

type Answered = ServerFacts & { answer: AnsweredFacts };

/** Why a server without a socket is mute. */
export const notListening = 'does not listen on its socket';

function answered(servers: readonly ServerFacts[]): Answered[] {
  return servers.filter((server): server is Answered => server.answer.kind === 'answered');
}

export function answersVerdict(servers: readonly ServerFacts[]): Verdict {
  const mute = servers.flatMap(({ name, answer }) => (answer.kind === 'mute' ? [{ name, why: answer.why }] : []));
  if (servers.length === 0) return ok('No session runs.');
  if (mute.length === 0)
    return ok(`The ${count(servers.length, 'server')} of running sessions answer${servers.length === 1 ? 's' : ''}.`);
  const reasons = mute.map(({ name, why }) => `"${name}" ${why}`).join('; ');
  return problem(`${count(mute.length, 'server')} of running sessions cannot be reached: ${reasons}.`, mendMute(mute));
}

/** A server that runs without its socket makes another for whoever looks; else it hangs. */
function mendMute(mute: readonly { name: string; why: string }[]): string {
  if (mute.every(({ why }) => why === notListening)) return 'Have them listen again: stay list';
  return `If that lasts, end them: stay kill ${mute.map(({ name }) => shellQuote(name)).join(' ')}`;
}

export function versionsVerdict(servers: readonly ServerFacts[], own: OwnVersion): Verdict {
  const foreign = answered(servers).filter(({ answer }) => answer.protocol !== own.protocol);
  if (foreign.length > 0) {
    const versions = foreign.map(({ name, answer }) => `"${name}" runs ${answer.version}`).join('; ');
    return problem(
      `${count(foreign.length, 'server')} cannot be understood by this stay (${own.version}): ${versions}.`,
      'Attach with the version that started the session, or kill it',
    );
  }
  const others = answered(servers).filter(({ answer }) => answer.version !== own.version);
  if (others.length === 0) return ok(`No server is of another version than this stay (${own.version}).`);
  const versions = [...new Set(others.map(({ answer }) => answer.version))].sort();
  const what = `${count(others.length, 'server')} of another version (${versions.join(', ')}) than this stay (${own.version})`;
  const names = listOf(others.map(({ name }) => name));
  return note(`${what}: ${names}. They go on with the code that they were started with.`);
}

/** Whether what sessions show gets to the disk. `mend` is what looks into it. */
export function persistenceVerdict(servers: readonly ServerFacts[], mend: string): Verdict {
  const all = answered(servers);
  const failing = all.flatMap(({ name, answer: { notSaved } }) => (notSaved === null ? [] : [{ name, ...notSaved }]));
  if (failing.length === 0) return ok(all.length === 0 ? 'There is no session to save.' : 'Every session is saved.');
  const reasons = failing.map(({ name, since, why }) => `"${name}" since ${localDate(since)} (${lowerFirst(why)})`);
  return problem(
    `${count(failing.length, 'session')} ${failing.length === 1 ? 'is' : 'are'} not being saved: ${reasons.join('; ')}. ` +
      'They run on, and are saved again by themselves once the disk takes them.',
    mend,
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function speedVerdict(servers: readonly ServerFacts[]): Verdict {
  const all = answered(servers);
  if (all.length === 0) return ok('There is no server to measure.');
  const slow = all.filter(({ answer }) => answer.tookMs >= slowAnswerMs);
  const slowest = Math.ceil(Math.max(...all.map(({ answer }) => answer.tookMs)));
  if (slow.length === 0) return ok(`The slowest server answered in ${slowest} ms.`);
  const times = slow.map(({ name, answer }) => `"${name}" took ${Math.round(answer.tookMs)} ms`).join('; ');
  return note(
    `${count(slow.length, 'server')} answered slowly: ${times}.`,
    'A flood of output or a busy machine does that; see: top',
  );
}
