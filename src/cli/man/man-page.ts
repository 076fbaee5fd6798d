// The manual page, made from the definitions of verbs and settings, so that it says what the program does.

import { type Flag, helpFlag, type Positional, purpose, type VerbDefinition, versionFlag } from '../definition.ts';
import type { WordKind } from '../verb.ts';
import { environmentFacts, exitFacts, type Fact, fileFacts } from './facts.ts';
import { bold, entry, italic, literal, paragraph, section, subsection } from './roff.ts';

export interface ManPageOptions {
  version: string;
  verbs: readonly VerbDefinition[];
  /** As the file would have them, and what they do. */
  settings: readonly { text: string; doc: string }[];
}

/** The page of section 1, as roff. */
export function manPage({ version, verbs, settings }: ManPageOptions): string {
  const told = verbs.filter(({ isHidden }) => !isHidden);
  return [
    // Without a date: the same program makes the same page.
    `.TH STAY 1 "" "stay ${literal(version)}" "User Commands"\n`,
    // Neither hyphens nor wider blanks: much of it is to be typed.
    '.nh\n.ad l\n',
    section('NAME'),
    `stay \\- ${literal(purpose.charAt(0).toLowerCase() + purpose.slice(1, -1))}\n`,
    section('SYNOPSIS'),
    `${told.map(synopsis).join('\n.br\n')}\n`,
    section('DESCRIPTION'),
    description,
    section('VERBS'),
    ...told.map(verbText),
    section('OPTIONS'),
    ...[helpFlag, versionFlag].map(flagText),
    section('SETTINGS'),
    paragraph(literal('They are in config.toml. Each is told here as it is unless the file says otherwise.')),
    ...settings.map(({ text, doc }) => entry(bold(text), literal(doc))),
    ...facts('ENVIRONMENT', environmentFacts),
    ...facts('FILES', fileFacts),
    ...facts('EXIT STATUS', exitFacts),
  ].join('');
}

const description = [
  'A session is a program on a terminal of its own. It outlives the window, the connection and the login that it was started from; who attaches again finds it as they left it.',
  'Attaching is exclusive: the newest terminal takes a session from the one that holds it. Ctrl-\\ detaches, unless the settings name other keys.',
  'A beginning of a name is enough where only one session has it.',
]
  .map((text) => paragraph(literal(text)))
  .join('');

function facts(title: string, list: readonly Fact[]): string[] {
  return [section(title), ...list.map(({ name, text }) => entry(bold(name), literal(text)))];
}

/** `stay new [flags] [name] [-- command...]` */
function synopsis({ names, flags, positionals, rest }: VerbDefinition): string {
  const [name = ''] = names;
  return [
    bold(name === '$0' ? 'stay' : `stay ${name}`),
    ...(flags.length === 0 ? [] : [`[${italic('flags')}]`]),
    ...positionals.map(positionalForm),
    ...(rest === null ? [] : [`[${bold('--')} ${italic(typeof rest === 'string' ? rest : 'word')}...]`]),
  ].join(' ');
}

function positionalForm({ name, isRequired, isMany }: Positional): string {
  const form = `${italic(name)}${isMany ? '...' : ''}`;
  return isRequired ? form : `[${form}]`;
}

function verbText(verb: VerbDefinition): string {
  const [, ...others] = verb.names;
  const also = others.length === 0 ? '' : ` Also: ${others.map((name) => `stay ${name}`).join(', ')}.`;
  return [
    subsection(synopsis(verb)),
    `${literal(`${verb.describe}.${also}`)}\n`,
    ...verb.positionals.map(({ name, describe }) => entry(italic(name), literal(`${describe}.`))),
    ...verb.flags.map(flagText),
    ...(verb.examples.length === 0 ? [] : [paragraph('Examples:')]),
    ...verb.examples.map(({ command, text }) => entry(bold(command), literal(`${text}.`))),
  ].join('');
}

function flagText({ names, describe, value, isNegatable, isMany }: Flag): string {
  const spellings = isNegatable ? [...names, `--no-${names[0].slice(2)}`] : names;
  const form = spellings.map((name) => bold(name)).join(', ');
  const repeat = isMany ? ' Can be given more than once.' : '';
  return entry(value === null ? form : `${form} ${valueForm(value)}`, literal(`${describe}.${repeat}`));
}

function valueForm(kind: WordKind): string {
  if (typeof kind !== 'string') return kind.map(bold).join('|');
  return italic(kind === 'other' ? 'value' : kind);
}
