// An error as people read it.

import { messageOf, StayError } from './stay-error.ts';

/** The sentence and its hint, a line each. They quote what was typed: nothing in them may act on the terminal. */
export function errorText(error: unknown): string {
  return sentenceOf(error).replace(/[^\P{Cc}\n]/gu, '\ufffd');
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof StayError)) return `stay: Internal error: ${messageOf(error)}\n`;
  const hint = error.hint === undefined ? '' : `  ${error.hint}\n`;
  return `stay: ${error.message}\n${hint}`;
}
