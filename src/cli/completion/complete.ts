// What may stand at the cursor, for every shell alike. A pure function of the definitions, the words so far, and the
// sessions; how words are quoted is the shells' affair.

import { type Flag, helpFlag, type VerbDefinition, versionFlag } from '../definition.ts';
import type { WordKind } from '../verb.ts';

export interface Candidate {
  value: string;
  /** What it is, for shells that show it; '' where nothing is to be said. */
  describe: string;
}

/** Words; or what the shell itself knows better: the folders there are, or the words of another command (that after `--`). */
export type Answer = { kind: 'words'; candidates: Candidate[] } | { kind: 'folders' } | { kind: 'command' };

export interface Known {
  verbs: readonly VerbDefinition[];
  /** Asked only where a session may stand. */
  sessions(): Candidate[];
}

/**
 * Completes the last of `words`, the words behind `stay` up to the cursor. What is returned need not begin with it: shells
 * have their own ideas of what matches.
 */
export function complete(words: readonly string[], known: Known): Answer {
  const current = words.at(-1) ?? '';
  const [first = '', ...given] = words.slice(0, -1);
  if (words.length <= 1) return wordsOf(current.startsWith('-') ? outerFlags(known) : verbWords(known));
  const verb = known.verbs.find(({ names }) => names.includes(first));
  if (verb === undefined) return wordsOf([]);
  const reading = readWords(given, verb);
  if (reading.isBehindDashes) return answerFor(verb.rest ?? 'other', known);
  if (reading.open !== null) return answerFor(reading.open.value ?? 'other', known);
  const assigned = assignedFlag(current, verb);
  if (assigned !== null) return withPrefix(`${assigned.name}=`, answerFor(assigned.flag.value ?? 'other', known));
  if (current.startsWith('-')) return wordsOf(flagWords(verb, reading));
  const answer = positionalAnswer(verb, reading, known);
  // Where no word can be told, the flags are: they show what else there is.
  return answer ?? wordsOf(current === '' ? flagWords(verb, reading) : []);
}

function verbWords({ verbs }: Known): Candidate[] {
  return verbs
    .filter(({ names, isHidden }) => !isHidden && names[0] !== '$0')
    .map(({ names, describe }) => ({ value: names[0]!, describe }));
}

function outerFlags({ verbs }: Known): Candidate[] {
  const list = verbs.find(({ names }) => names[0] === '$0');
  return [...(list?.flags ?? []), helpFlag, versionFlag].flatMap(spellings);
}

interface Reading {
  flags: Set<Flag>;
  positionals: string[];
  /** The flag whose value comes next. */
  open: Flag | null;
  isBehindDashes: boolean;
}

function readWords(words: readonly string[], verb: VerbDefinition): Reading {
  const reading: Reading = { flags: new Set(), positionals: [], open: null, isBehindDashes: false };
  for (const word of words) {
    if (reading.isBehindDashes) break;
    if (reading.open !== null) reading.open = null;
    else if (word === '--') reading.isBehindDashes = true;
    else if (word.startsWith('-') && word !== '-') readFlag(word, verb, reading);
    else reading.positionals.push(word);
  }
  return reading;
}

function readFlag(word: string, verb: VerbDefinition, reading: Reading): void {
  const flag = flagNamed(word.split('=')[0]!, verb);
  if (flag === undefined) return;
  reading.flags.add(flag);
  if (flag.value !== null && !word.includes('=')) reading.open = flag;
}

function flagNamed(name: string, { flags }: VerbDefinition): Flag | undefined {
  return [...flags, helpFlag].find((flag) => spellings(flag).some(({ value }) => value === name));
}

/** `--flag=` before the cursor. */
function assignedFlag(current: string, verb: VerbDefinition): { name: string; flag: Flag } | null {
  const name = /^(--[^=]+)=/.exec(current)?.[1];
  const flag = name === undefined ? undefined : flagNamed(name, verb);
  return flag === undefined ? null : { name: name!, flag };
}

/** The flags that may still be given. */
function flagWords(verb: VerbDefinition, { flags }: Reading): Candidate[] {
  return [...verb.flags, helpFlag].filter((flag) => flag.isMany || !flags.has(flag)).flatMap(spellings);
}

function spellings({ names, describe, isNegatable }: Flag): Candidate[] {
  const [name] = names;
  const negated = isNegatable ? [{ value: `--no-${name.slice(2)}`, describe: `Not: ${describe}` }] : [];
  return [...names.map((value) => ({ value, describe })), ...negated];
}

/** What the next positional may be; null where there is none, or it may be anything. */
function positionalAnswer(verb: VerbDefinition, { positionals }: Reading, known: Known): Answer | null {
  const last = verb.positionals.at(-1);
  const positional = verb.positionals[positionals.length] ?? (last?.isMany ? last : undefined);
  if (positional === undefined || positional.kind === 'other') return null;
  const answer = answerFor(positional.kind, known);
  if (answer.kind !== 'words') return answer;
  return wordsOf(answer.candidates.filter(({ value }) => !positionals.includes(value)));
}

function answerFor(kind: WordKind, known: Known): Answer {
  if (kind === 'folder') return { kind: 'folders' };
  if (kind === 'command') return { kind: 'command' };
  if (kind === 'session') return wordsOf(known.sessions());
  return wordsOf(kind === 'other' ? [] : kind.map((value) => ({ value, describe: '' })));
}

function withPrefix(prefix: string, answer: Answer): Answer {
  if (answer.kind !== 'words') return answer;
  return wordsOf(answer.candidates.map(({ value, describe }) => ({ value: `${prefix}${value}`, describe })));
}

function wordsOf(candidates: Candidate[]): Answer {
  return { kind: 'words', candidates };
}
