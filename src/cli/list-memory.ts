// What is known beyond one showing of the list. Apart from the list, so that who may show it need not load it.

import type { ListView } from '../ui/session-list.ts';
import type { Background } from '../ui/theme.ts';

export interface ListMemory {
  /** The terminal's. */
  background: Background | null;
  /** Whether the terminal's answer to our question may still be under way. */
  isAnswerDue: boolean;
  /** As the person left it; null until then. */
  view: ListView | null;
}

export function freshListMemory(): ListMemory {
  return { background: null, isAnswerDue: false, view: null };
}
