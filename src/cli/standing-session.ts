// How a quiet session is, by what its server has left beside its socket, so that a list does not wake it up.

import { commandName } from '../base/command-name.ts';
import { answerIn } from '../client/ask-all.ts';
import type { Answer } from '../client/link.ts';
import { foregroundOf, readFacts } from '../platform/processes.ts';
import { fileIdentity } from '../platform/socket-place.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { readStandingAnswer, type StandingAnswer } from '../storage/standing-answer.ts';
import { hello } from './hello.ts';

/** The answer of the session's server as it stands; null when there is none, and when the server may not be able to give it. */
export function standingAnswer({ server, socket }: SessionRecord): Answer | null {
  const standing = readStandingAnswer(socket);
  if (standing?.server.pid !== server.pid || standing.server.start !== server.start) return null;
  if (!isAble(server) || fileIdentity(socket) === null) return null;
  const answer = answerIn(standing.said, { hello });
  if (answer?.kind !== 'reply' || answer.reply.kind !== 'status') return answer;
  return { kind: 'reply', reply: { kind: 'status', body: withForeground(answer.reply.body, standing) } };
}

/** Whether that very process runs, and is not stopped by a signal. */
function isAble({ pid, start }: SessionRecord['server']): boolean {
  const facts = readFacts(pid);
  return facts?.start === start && !['Z', 'X', 'T', 't'].includes(facts.state);
}

/** With what changes without the server's knowing: what runs in the foreground, and where. */
function withForeground(status: SessionStatus, { isCwdTold }: StandingAnswer): SessionStatus {
  if (status.pid === null) return status;
  const foreground = foregroundOf(status.pid);
  return {
    ...status,
    program: foreground.program ?? commandName(status.command),
    cwd: (isCwdTold ? null : foreground.cwd) ?? status.cwd,
  };
}
