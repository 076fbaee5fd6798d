// The traits of a new session, as far as the settings say.

import { defaultTraits, type SessionTraits } from '../base/session-traits.ts';
import type { Settings } from '../config/settings.ts';

export function traitsFrom({ historyLimit }: Settings): SessionTraits {
  return { ...defaultTraits, historyBytes: historyLimit };
}
