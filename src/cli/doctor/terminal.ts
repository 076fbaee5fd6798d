// This terminal, and what programs in a session are told of theirs.

import { note, ok, problem, type Verdict } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What `TERM` is in every session. */
export const innerTerm = 'xterm-256color';

/** Terminals that do not understand what programs send to an xterm. */
const poorTerms = /^(?:dumb|unknown|linux|cons25|vt\d|ansi|eterm|emacs|sun|wsvt)/i;

export function termVerdict({ TERM }: Environment): Verdict {
  if (!TERM) return note('TERM is not set: this is no terminal, so only verbs that need none work here.');
  if (!poorTerms.test(TERM)) return ok(`This terminal is "${TERM}".`);
  return note(
    `This terminal is "${TERM}": programs in a session take it for "${innerTerm}", so some colours and keys will be wrong.`,
  );
}

/** `file` describes the terminal that programs in a session see; null where none does. */
export function terminfoVerdict(file: string | null): Verdict {
  if (file !== null) return ok(`Programs find "${innerTerm}" described in "${file}".`);
  return problem(
    `There is no description of "${innerTerm}", which programs in a session need.`,
    'Install it: apt install ncurses-base, dnf install ncurses-base, or apk add ncurses-terminfo-base',
  );
}

export function colorVerdict({ COLORTERM, TERM }: Environment): Verdict {
  if (/^(?:truecolor|24bit)$/i.test(COLORTERM ?? '') || /-direct$/.test(TERM ?? ''))
    return ok('This terminal says that it shows 24-bit colours.');
  return note(
    'COLORTERM does not tell of 24-bit colours here (ssh does not pass it on); in a session it always does.',
    'If colours are wrong in a session: stay new --env COLORTERM= ...',
  );
}

/** `installed` are the system's locales, or null where it does not tell. */
export function localeVerdict(env: Environment, installed: readonly string[] | null): Verdict {
  const variable = ['LC_ALL', 'LC_CTYPE', 'LANG'].find((name) => env[name]);
  const locale = variable === undefined ? 'C' : env[variable]!;
  const mend = 'Choose one of UTF-8, such as: export LANG=C.UTF-8';
  if (/^(?:C|POSIX)$/.test(locale)) {
    const why = variable === undefined ? 'No locale is set' : `${variable} is "${locale}"`;
    return note(`${why}: programs will not show characters beyond ASCII.`, mend);
  }
  if (!/utf-?8/i.test(locale))
    return problem(`${variable} is "${locale}", which is not UTF-8: characters beyond ASCII will be wrong.`, mend);
  const known = installed?.map(plainLocale);
  if (known !== undefined && known.length > 0 && !known.includes(plainLocale(locale))) {
    return note(
      `${variable} is "${locale}", which this system does not have: programs will not show characters beyond ASCII.`,
      mend,
    );
  }
  return ok(`The locale is UTF-8 (${variable} is "${locale}").`);
}

/** One spelling for `en_US.UTF-8` and `en_US.utf8`; `C.UTF-8` is built in where it is known at all. */
function plainLocale(name: string): string {
  return name.toLowerCase().replace('utf-8', 'utf8').replace(/@.*$/, '');
}

/** Multiplexers that take keys before we see them. `session` is the name of the session we are in, if any. */
export function nestedVerdict(env: Environment, session: string | null): Verdict {
  const around = [
    ...(env.TMUX ? ['tmux'] : []),
    ...(env.STY ? ['GNU screen'] : []),
    ...(env.ZELLIJ !== undefined ? ['zellij'] : []),
    ...(session === null ? [] : [`the session "${session}" of stay`]),
  ];
  if (around.length === 0) return ok('This terminal is not inside another multiplexer.');
  const hint =
    session === null
      ? 'Their keys never reach a session; leave them first for those to work'
      : 'To go to another session detach first, for the inner one would be detached by the same keys';
  return note(`This terminal is inside ${around.join(' and ')}.`, hint);
}
