// What a session's facts are called on the screen: states, holders, directories, ages, and the
// questions before something ends.

import { graphemes, printable, shorten, widthOf } from './display-width.ts';
import type { ListedSession } from './session-list.ts';

const secondMs = 1_000;

/** The units of an age: its letter, its length, and from where the next one is used. */
const units = [
  { letter: 's', ms: secondMs, untilMs: 60 * secondMs },
  { letter: 'm', ms: 60 * secondMs, untilMs: 3_600 * secondMs },
  { letter: 'h', ms: 3_600 * secondMs, untilMs: 24 * 3_600 * secondMs },
  { letter: 'd', ms: 24 * 3_600 * secondMs, untilMs: Number.POSITIVE_INFINITY },
] as const;

/** How long ago `at` was, such as `3s` or `4d`; one from the future (a clock was set back) counts as now. */
export function formatAge(at: number, now: number): string {
  const age = Math.max(0, now - at);
  const unit = unitOf(age);
  return `${Math.floor(age / unit.ms)}${unit.letter}`;
}

/** Milliseconds from `now` until the text of that age changes. */
export function ageChangesIn(at: number, now: number): number {
  if (now < at) return at - now + secondMs;
  const { ms } = unitOf(now - at);
  return ms - ((now - at) % ms);
}

function unitOf(age: number): (typeof units)[number] {
  return units.find((unit) => age < unit.untilMs) ?? units[3];
}

/** A directory with the user's home as `~`. */
export function formatDirectory(path: string, home: string | undefined): string {
  const prefix = home?.replace(/\/+$/, '') ?? '';
  if (prefix === '' || !`${path}/`.startsWith(`${prefix}/`)) return printable(path);
  return printable(`~${path.slice(prefix.length)}`);
}

/** A directory within `width` cells: as people shorten it, from the left, to the first letters of its folders. */
export function shortenDirectory(path: string, width: number, ellipsis: string): string {
  const parts = path.split('/');
  for (let index = 0; index < parts.length - 1 && widthOf(parts.join('/')) > width; index++) {
    const [first = '', second = ''] = graphemes(parts[index] ?? '');
    parts[index] = first === '.' ? first + second : first;
  }
  return shorten(parts.join('/'), width, 'start', ellipsis);
}

/** The kinds of rows that a person tells apart at a glance; each has its mark and its words. */
export type RowKind = 'held' | 'running' | 'exited' | 'stopped' | 'silent' | 'foreign';

export function rowKind(session: ListedSession): RowKind {
  if (session.needs) return 'foreign';
  if (session.state !== 'running') return session.state;
  if (!session.isAnswering) return 'silent';
  return session.attached === null ? 'running' : 'held';
}

/** The state in words: in full, and shorter and shorter for narrower columns. */
export function formatState(session: ListedSession): Words {
  const words = stateWords(session);
  if (!session.isAnswering || !session.notSaved) return words;
  const [first, ...others] = words.map((text) => `${text}, not saved`);
  return [first ?? '', ...others, 'not saved'];
}

type Words = readonly [string, ...string[]];

function stateWords(session: ListedSession): Words {
  const kind = rowKind(session);
  switch (kind) {
    case 'held':
      return [`held by ${holderOf(session)}`, holderOf(session), holderTty(session)];
    case 'silent':
      return ['not answering', 'no answer'];
    case 'foreign':
      return formatNeed(session);
    case 'exited':
      return formatExit(session);
    case 'stopped':
      return formatStop(session);
    default:
      return ['running'];
  }
}

function formatNeed({ state, needs }: ListedSession): Words {
  const need = `needs ${printable(needs ?? '')}`;
  return [`${state}, ${need}`, need];
}

const stopReasons = {
  restarted: 'machine restarted',
  killed: 'server killed',
  terminated: 'server told to end',
} as const;

function formatStop({ stopped }: ListedSession): Words {
  if (stopped?.isBraked) return ['stopped: keeps dying', 'stopped'];
  return stopped ? [`stopped: ${stopReasons[stopped.reason]}`, 'stopped'] : ['stopped'];
}

function formatExit({ exitCode, signal }: ListedSession): Words {
  if (signal !== null) return [`killed by ${signal}`, signal];
  return [exitCode === null ? 'exited' : `exited ${exitCode}`];
}

function holderOf(session: ListedSession): string {
  const from = session.attached?.from ?? null;
  return printable(from === null ? holderTty(session) : `${holderTty(session)} from ${from}`);
}

function holderTty({ attached }: ListedSession): string {
  if (attached === null) return '';
  return attached.tty === null ? `process ${attached.pid}` : printable(attached.tty.replace(/^\/dev\//, ''));
}

/** The question before sessions are killed or restarted: which, and what will end. */
export function confirmQuestion(what: 'kill' | 'restart', sessions: readonly ListedSession[]): string {
  const [first, ...others] = sessions;
  if (first === undefined) return '';
  if (others.length > 0) return severalQuestion(what, sessions);
  return what === 'kill' ? killQuestion(first) : `Restart "${printable(first.name)}"? ${whatEnds(first)}`;
}

function severalQuestion(what: 'kill' | 'restart', sessions: readonly ListedSession[]): string {
  const names = listed(sessions.map(({ name }) => `"${printable(name)}"`));
  const running = sessions.filter(({ state }) => state === 'running').map(({ program }) => printable(program));
  const verb = what === 'kill' ? 'Kill' : 'Restart';
  const ends = running.length === 0 ? 'Nothing runs in them any more.' : `This ends ${listed(running)}.`;
  return `${verb} ${sessions.length} sessions? ${names}. ${ends}`;
}

/** Words that a question tells; of more, it tells how many they are. */
const maxToldWords = 5;

function listed(words: readonly string[]): string {
  const told = words.slice(0, words.length > maxToldWords ? maxToldWords - 1 : maxToldWords);
  const rest = words.length - told.length;
  return rest === 0 ? told.join(', ') : `${told.join(', ')} and ${rest} more`;
}

function killQuestion(session: ListedSession): string {
  const name = `"${printable(session.name)}"`;
  switch (rowKind(session)) {
    case 'held':
      return `Kill ${name}? It is held by ${holderOf(session)}. ${whatEnds(session)}`;
    case 'running':
      return `Kill ${name}? ${whatEnds(session)}`;
    case 'silent':
      return `Kill ${name}? Its server does not answer. ${whatEnds(session)}`;
    case 'foreign':
      return `Kill ${name}? It ${formatNeed(session)[1]}.${session.state === 'running' ? ` ${whatEnds(session)}` : ''}`;
    default:
      return `Remove ${name}? Nothing runs in it any more; its screen and history will be gone.`;
  }
}

function whatEnds(session: ListedSession): string {
  return `This ends ${printable(session.program)} and everything else that runs in it.`;
}
