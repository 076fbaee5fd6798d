import type { SessionPreviews } from '../ui/session-list.ts';

export function sessionPreviews(): SessionPreviews {
  return { watch: () => ({ dispose: () => {} }) };
}
