// Where a setting stands in a TOML file: the parser tells the place of a syntax error, but not of a value it accepted.

import { parse } from 'smol-toml';

/**
 * The line, from 1, on which the top-level key or table `key` of a valid TOML text begins.
 * Works with the parser itself, so that strings, comments and values over many lines are what TOML says they are: the
 * text is cut into the shortest runs of lines that parse alone, each of which is one statement or none.
 */
export function keyLine(text: string, key: string): number {
  const lines = text.split(/(?<=\n)/);
  let start = 0;
  let isInTable = false;
  for (let end = 1; end <= lines.length; end++) {
    const statement = parsed(lines.slice(start, end).join(''));
    if (statement === undefined) continue;
    const isHeader = lines[start]!.trimStart().startsWith('[');
    if ((isHeader || !isInTable) && Object.hasOwn(statement, key)) return start + 1;
    isInTable ||= isHeader;
    start = end;
  }
  throw new Error(`no top-level key ${key}`);
}

function parsed(text: string): object | undefined {
  try {
    return parse(text);
  } catch {
    // A statement that goes on: a text that is valid as a whole has no other fault.
    return undefined;
  }
}
