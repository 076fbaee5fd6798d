// What `stay peek` prints: lines for people, an object for scripts.

import type { PeekedScreen } from '../client/peek.ts';
import type { SessionStatus } from '../protocol/session-status.ts';

/** The lines, without the empty ones at the end. */
export function peekText({ lines }: PeekedScreen): string {
  const end = lines.findLastIndex((line) => line !== '') + 1;
  return lines
    .slice(0, end)
    .map((line) => `${line}\n`)
    .join('');
}

/** An object with stable fields; rows and columns of the cursor count from 0. */
export function peekJson({ id, name, state, exitCode, signal }: SessionStatus, { lines, facts }: PeekedScreen): string {
  const { cols, rows, title, isAlternateScreen, cursor, historyLines } = facts;
  const [history, screen] = [lines.slice(0, historyLines), lines.slice(historyLines)];
  const session = { id, name, state, exitCode, signal };
  const object = { ...session, cols, rows, title, alternateScreen: isAlternateScreen, cursor, screen, history };
  return `${JSON.stringify(object, null, 2)}\n`;
}
