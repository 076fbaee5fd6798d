import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bashReplacement, readBashLine } from '../../src/cli/completion/bash-words.ts';

/** What bash has in COMP_WORDBREAKS. */
const breaks = ' \t\n"\'@><=;|&(:';

describe('readBashLine', () => {
  it.each([
    ['stay ', ['stay', ''], null, ''],
    ['stay  attach we', ['stay', 'attach', 'we'], null, ''],
    ['stay kill two\\ words x', ['stay', 'kill', 'two words', 'x'], null, ''],
    ['stay kill "two w', ['stay', 'kill', 'two w'], '"', ''],
    ["stay kill 'two w", ['stay', 'kill', 'two w'], "'", ''],
    ['stay kill "a\\"b\\c" ', ['stay', 'kill', 'a"b\\c', ''], null, ''],
    ["stay kill 'a\\' ", ['stay', 'kill', 'a\\', ''], null, ''],
    ['stay kill ab"c d', ['stay', 'kill', 'abc d'], '"', 'ab'],
    ['stay kill time:12:3', ['stay', 'kill', 'time:12:3'], null, 'time:12:'],
    ['stay kill time\\:12', ['stay', 'kill', 'time:12'], null, ''],
    ['stay new --cwd=/tm', ['stay', 'new', '--cwd=/tm'], null, '--cwd='],
    ['stay kill ""', ['stay', 'kill', ''], null, ''],
    ['stay kill a\\', ['stay', 'kill', 'a'], null, ''],
  ])('reads %j', (line, words, quote, kept) => {
    expect(readBashLine(line, breaks)).toEqual({ words, quote, kept });
  });
});

describe('bashReplacement', () => {
  it('is nothing for a word that does not begin as what was typed', () => {
    expect(bashReplacement('web', readBashLine('stay kill x', breaks))).toBeNull();
  });

  it('gives, with what readline keeps and the quote that it closes, the word itself', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab \'"\\$`!~*:=@#;&é🚀'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, fc.constantFrom('', '"', "'"), fc.nat(8), (value, quote, length) => {
        const typed = [...value].slice(0, length).join('');
        // Nothing of itself can stand between single quotes.
        fc.pre(quote !== "'" || !typed.includes("'"));
        const text = `stay kill ${quoted(typed, quote)}`;
        const line = readBashLine(text, breaks);
        expect(line).toMatchObject({ words: ['stay', 'kill', typed], quote: quote || null });
        const start = quote === '' ? behindLastBreak(text) : 'stay kill '.length + 1;
        const inserted = text.slice(0, start) + bashReplacement(value, line);
        const closing = inserted.endsWith(quote) ? '' : quote;
        expect(readBashLine(`${inserted}${closing} `, breaks).words).toEqual(['stay', 'kill', value, '']);
      }),
    );
  });
});

/** `text` as one types it, behind an open quote or without any. */
function quoted(text: string, quote: string): string {
  if (quote === "'") return `'${text}`;
  const escaped = quote === '"' ? /["\\$`]/g : /[^\w:=@]/gu;
  return quote + text.replace(escaped, String.raw`\$&`);
}

/** Where readline begins to replace outside of quotes. */
function behindLastBreak(text: string): number {
  const breakings = Array.from(text.matchAll(/\\.|[ :=@]/gsu)).filter(([found]) => !found.startsWith('\\'));
  return breakings.at(-1)!.index + 1;
}
