// Names: one session each, and only such as can be typed again.

import { nameProblem } from '../base/session-name.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import type { Catalog } from './catalog.ts';

/** Throws unless `name` is a proper name that no session has. Call it while holding the catalog, before writing the name. */
export function claimName(catalog: Catalog, name: string): void {
  const problem = nameProblem(name);
  if (problem !== null) throw new StayError('usage', `Cannot name a session "${name}": ${problem}`);
  const isTaken = catalog.entries().some((entry) => entry.kind !== 'unreadable' && entry.record.name === name);
  if (isTaken) {
    throw new StayError('cannotCreate', `Cannot name a session "${name}": there is one of that name already`, {
      hint: `Attach to it: stay attach ${shellQuote(name)}`,
    });
  }
}
