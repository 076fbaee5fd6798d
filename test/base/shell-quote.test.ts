import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellQuote } from '../../src/base/shell-quote.ts';

it('leaves plain words as they are', () => {
  for (const word of ['work', 'été', '日本語', 'a-b_c.d', '/tmp/x']) expect(shellQuote(word)).toBe(word);
});

it('makes one word of anything, for a shell', () => {
  for (const word of ['', 'my work', "it's", '$HOME', '`id`', 'a\\b', '"', '*', '~', '👩‍💻 code', '#x', 'a;b'])
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`]).toString()).toBe(word);
});
