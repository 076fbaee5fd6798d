// What a check says: whether something is well, in a sentence, and what mends it.

import { messageOf } from '../../base/stay-error.ts';

/** `note` is worth knowing; `problem` makes sessions fail, or end, or look wrong. */
export type Health = 'ok' | 'note' | 'problem';

export interface Verdict {
  state: Health;
  message: string;
  hint: string | null;
}

export interface Finding extends Verdict {
  id: string;
}

export interface Check {
  /** Stable: scripts look for it. */
  id: string;
  examine(): Verdict | Promise<Verdict>;
}

export function ok(message: string): Verdict {
  return { state: 'ok', message, hint: null };
}

export function note(message: string, hint: string | null = null): Verdict {
  return { state: 'note', message, hint };
}

export function problem(message: string, hint: string): Verdict {
  return { state: 'problem', message, hint };
}

/** Runs the checks one after another; one that fails to run is a note that says so. */
export async function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { id, examine } of checks) findings.push({ id, ...(await verdictOf(id, examine)) });
  return findings;
}

async function verdictOf(id: string, examine: Check['examine']): Promise<Verdict> {
  try {
    return await examine();
  } catch (error) {
    return note(`The check "${id}" could not be made: ${messageOf(error)}`);
  }
}

/** Whether all is well, as an exit status. */
export function statusOf(findings: readonly Finding[]): number {
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}
