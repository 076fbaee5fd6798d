// The verbs by the words that they are called by. Each is loaded when it is needed: a verb pays for no other.

import type { Verb } from './verb.ts';

export interface VerbEntry {
  /** Its name, then its other ones; `$0` is what runs without a verb. The same as `verbNames` says of it. */
  readonly names: readonly [string, ...string[]];
  load(): Promise<Verb<unknown>>;
}

/** In the order in which help tells them. */
export const verbTable: readonly VerbEntry[] = [
  { names: ['$0'], load: async () => (await import('./verbs/open-list.ts')).openListVerb },
  { names: ['new'], load: async () => (await import('./verbs/new.ts')).newVerb },
  { names: ['attach'], load: async () => (await import('./verbs/attach.ts')).attachVerb },
  { names: ['switch'], load: async () => (await import('./verbs/switch.ts')).switchVerb },
  { names: ['detach'], load: async () => (await import('./verbs/detach.ts')).detachVerb },
  { names: ['list', 'ls'], load: async () => (await import('./verbs/list.ts')).listVerb },
  { names: ['peek'], load: async () => (await import('./verbs/peek.ts')).peekVerb },
  { names: ['history'], load: async () => (await import('./verbs/history.ts')).historyVerb },
  { names: ['search'], load: async () => (await import('./verbs/search.ts')).searchVerb },
  { names: ['rename'], load: async () => (await import('./verbs/rename.ts')).renameVerb },
  { names: ['set'], load: async () => (await import('./verbs/set.ts')).setVerb },
  { names: ['resume'], load: async () => (await import('./verbs/resume.ts')).resumeVerb },
  { names: ['restart'], load: async () => (await import('./verbs/restart.ts')).restartVerb },
  { names: ['kill'], load: async () => (await import('./verbs/kill.ts')).killVerb },
  { names: ['forget'], load: async () => (await import('./verbs/forget.ts')).forgetVerb },
  { names: ['prune'], load: async () => (await import('./verbs/prune.ts')).pruneVerb },
  { names: ['doctor'], load: async () => (await import('./verbs/doctor.ts')).doctorVerb },
  { names: ['service'], load: async () => (await import('./verbs/service.ts')).serviceVerb },
  { names: ['config'], load: async () => (await import('./verbs/config.ts')).configVerb },
  { names: ['man'], load: async () => (await import('./verbs/man.ts')).manVerb },
  { names: ['completion'], load: async () => (await import('./verbs/completion.ts')).completionVerb },
  { names: ['complete'], load: async () => (await import('./verbs/complete.ts')).completeVerb },
];

/** All of them, in their order. */
export function allVerbs(): Promise<Verb<unknown>[]> {
  return Promise.all(verbTable.map((entry) => entry.load()));
}

/** The one that a command line begins with; all, where it begins with none: then help, or what is meant, is to be told. */
export async function verbsFor(args: readonly string[]): Promise<Verb<unknown>[]> {
  const [first = '$0'] = args;
  const entry = verbTable.find(({ names }) => names.includes(first));
  return entry === undefined ? allVerbs() : [await entry.load()];
}
