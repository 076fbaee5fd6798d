// A question on the terminal.

import type { UserTerminal } from '../platform/user-terminal.ts';
import { waitForKey } from './wait-for-key.ts';

/** Asks `question` and waits for one key: true for `y`, false for any other. */
export async function askYesNo(question: string, terminal: UserTerminal): Promise<boolean> {
  const isYes = /^[yY]/.test(await waitForKey(`${question} [y/N] `, terminal));
  await terminal.write(new TextEncoder().encode(isYes ? 'yes\r\n' : 'no\r\n'));
  return isYes;
}
