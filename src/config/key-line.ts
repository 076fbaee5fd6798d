// Where a setting stands in a TOML file: the parser tells the place of a syntax error, but not of a value it accepted.

import { parse } from 'smol-toml';

/** A key of the file, or of the table that the key before it names. */
export type KeyPath = readonly [string, ...string[]];

/**
 * The line, from 1, on which the key or table at `path` of a valid TOML text begins; of one inside of a value, where that does.
 * Works with the parser itself, so that strings, comments and values over many lines are what TOML says they are: the
 * text is cut into the shortest runs of lines that parse alone, each of which is one statement or none.
 */
export function keyLine(text: string, ...path: KeyPath): number {
  const lines = text.split(/(?<=\n)/);
  let start = 0;
  let table: readonly string[] = [];
  for (let end = 1; end <= lines.length; end++) {
    const statement = parsed(lines.slice(start, end).join(''));
    if (statement === undefined) continue;
    if (lines[start]!.trimStart().startsWith('[')) table = [];
    const inTable = table.every((key, depth) => key === path[depth]) ? path.slice(table.length) : [];
    if (inTable.length > 0 && has(statement, inTable)) return start + 1;
    if (lines[start]!.trimStart().startsWith('[')) table = headerPath(statement);
    start = end;
  }
  throw new Error(`no key ${path.join('.')}`);
}

function parsed(text: string): object | undefined {
  try {
    return parse(text);
  } catch {
    // A statement that goes on: a text that is valid as a whole has no other fault.
    return undefined;
  }
}

function has(value: unknown, [key, ...inner]: readonly string[]): boolean {
  if (key === undefined) return true;
  return isObject(value) && Object.hasOwn(value, key) && has(value[key], inner);
}

/** The keys in a header such as `[a.b]`, which parses to tables with one key each. */
function headerPath(header: unknown): string[] {
  const table = Array.isArray(header) ? header[0] : header;
  const [key] = isObject(table) ? Object.keys(table) : [];
  return key === undefined ? [] : [key, ...headerPath((table as Record<string, unknown>)[key])];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
