// The last word of a verb that was attached.

import { printOut } from '../platform/standard-streams.ts';
import type { Parting } from './parting.ts';

/** Says in one line how it ended; the result is the exit status. */
export async function finish({ sentence, exitCode }: Parting): Promise<number> {
  if (sentence !== null) await printOut(`${sentence}\n`);
  return exitCode;
}
