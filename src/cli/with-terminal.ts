// What a verb needs of the user's terminal: it must be there, and it is given back before anything is said.

import { StayError } from '../base/stay-error.ts';
import { isOnTerminal } from '../platform/standard-terminal.ts';
import { openUserTerminal, type UserTerminal } from '../platform/user-terminal.ts';

/** Runs `work` with the user's terminal and gives the terminal back whatever happens. */
export async function withTerminal<T>(what: string, work: (terminal: UserTerminal) => Promise<T>): Promise<T> {
  if (!(await isOnTerminal())) {
    throw new StayError('usage', `Cannot ${what}: input and output are not a terminal`, {
      hint: 'In scripts use: stay new -d, stay list --json, stay kill',
    });
  }
  const terminal = await openUserTerminal();
  try {
    return await work(terminal);
  } finally {
    terminal.dispose();
  }
}
