// Completing the directory of a new session while it is typed, as shells do.

import { maxCompletions } from '../base/limits.ts';
import { folderNames } from '../platform/folder-names.ts';

export interface DirectoryCompletion {
  /** What was typed, as far as it can go on in one way only; with a slash behind a whole name. */
  text: string;
  /** Names of the directories that go on with it, in order, without slash; at most `maxCompletions`. */
  candidates: string[];
}

interface Places {
  /** What `~` stands for. */
  home: string;
  /** What a relative path begins from. */
  cwd: string;
}

/** What a terminal would act on: such a name cannot be typed either. */
const unprintable = /\p{Cc}/u;

const collator = new Intl.Collator();

/**
 * Completes `text`, which may begin with `~/` or be relative. Only directories are offered, and hidden ones only where the name
 * has begun with a dot. Never rejects: where nothing can be read, or too much, the text stays.
 */
export async function completeDirectory(text: string, places: Places): Promise<DirectoryCompletion> {
  if (text === '~' || /(?:^|\/)\.\.$/.test(text)) {
    return { text: `${text}/`, candidates: [text.slice(text.lastIndexOf('/') + 1)] };
  }
  const parent = text.slice(0, text.lastIndexOf('/') + 1);
  const start = text.slice(parent.length);
  const found = await folderNames(resolveDirectory(parent, places), start);
  const names = found.names.filter((name) => isOffered(name, start));
  const candidates = names.toSorted(collator.compare).slice(0, maxCompletions);
  if (names.length === 0 || !found.areAll) return { text, candidates };
  return { text: parent + (names.length === 1 ? `${names[0]}/` : commonStart(names)), candidates };
}

/** The path that `text` means: absolute if `home` and `cwd` are. Another user's home (`~name`) is not known here. */
export function resolveDirectory(text: string, { home, cwd }: Places): string {
  if (text.startsWith('/')) return text;
  if (text === '~' || text.startsWith('~/')) return home + text.slice(1);
  return text === '' ? cwd : `${cwd.replace(/\/$/, '')}/${text}`;
}

function isOffered(name: string, start: string): boolean {
  return !unprintable.test(name) && (!name.startsWith('.') || start.startsWith('.'));
}

/** Compared by code points, for half a character is none. */
function commonStart([first = '', ...others]: readonly string[]): string {
  let common = [...first];
  for (const other of others) {
    const characters = [...other];
    const differing = common.findIndex((character, at) => character !== characters[at]);
    if (differing !== -1) common = common.slice(0, differing);
  }
  return common.join('');
}
