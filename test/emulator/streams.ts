// Generated streams of bytes as programs might write them, and as only a fuzzer would, for fast-check.

import fc from 'fast-check';
import { bytesOf } from './new-emulator.ts';

const texts = [
  'a',
  'word ',
  'a line of some length ',
  '    ',
  '世',
  '世界',
  '😀',
  '👍🏽',
  '👩‍👩‍👧',
  '🇩🇪',
  '❤️',
  'e\u0301',
  '\u0301',
  '\u200d',
  'ﬁ',
  'lqkx',
  '0123456789012345678901234567890123456789',
  '한',
  '\u1112\u1161',
  '½',
  '\u00a0',
] as const;

const controls = ['\r', '\n', '\r\n', '\b', '\t', '\x0b', '\x0e', '\x0f', '\x07', '\x00', '\x18'] as const;

const escapes = [
  '\x1b7',
  '\x1b8',
  '\x1bD',
  '\x1bE',
  '\x1bH',
  '\x1bM',
  '\x1b=',
  '\x1b>',
  '\x1b(0',
  '\x1b(B',
  '\x1b)0',
  '\x1b)B',
  '\x1b*A',
  '\x1b+0',
  '\x1bn',
  '\x1bo',
  '\x1b~',
  '\x1b#8',
  '\x1b%G',
  '\x1b\\',
] as const;

const rareEscapes = [
  '\x1bc',
  '\x1b[!p',
  '\x1b[3J',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b[?1047h',
  '\x1b[?47l',
  '\x1b[?1048h',
] as const;

const sgr = fc
  .array(
    fc.constantFrom(
      '0',
      '1',
      '2',
      '3',
      '4',
      '4:3',
      '4:5',
      '21',
      '24',
      '5',
      '7',
      '27',
      '8',
      '9',
      '53',
      '55',
      '31',
      '42',
      '95',
      '106',
      '39',
      '49',
      '38;5;200',
      '48;5;17',
      '38;2;1;2;3',
      '48;2;200;100;50',
      '38:2::9:8:7',
      '58:5:9',
      '58:2::1:2:3',
      '59',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parameters) => `\x1b[${parameters.join(';')}m`);

const small = fc.nat({ max: 25 });

const movement = fc
  .tuple(fc.constantFrom(...'ABCDEFGHIKJLMPSTXZ@`abdefr'), fc.option(small), fc.option(small))
  .map(([final, first, second]) => `\x1b[${first ?? ''}${second === null ? '' : `;${second}`}${final}`);

const erase = fc.constantFrom(
  '\x1b[K',
  '\x1b[1K',
  '\x1b[2K',
  '\x1b[J',
  '\x1b[1J',
  '\x1b[2J',
  '\x1b[?K',
  '\x1b[?2J',
  '\x1b[ @',
  '\x1b[2 A',
  "\x1b[2'}",
  "\x1b['~",
);

const modes = fc
  .tuple(
    fc.constantFrom(
      '?1',
      '?5',
      '?6',
      '?7',
      '?9',
      '?12',
      '?25',
      '?45',
      '?66',
      '?1000',
      '?1002',
      '?1003',
      '?1004',
      '?1006',
      '?1016',
      '?2004',
      '?2026',
      '?7727',
      '4',
      '20',
      '?69',
    ),
    fc.constantFrom('h', 'l', 'h', 's', 'r'),
  )
  .filter(([mode, final]) => mode.startsWith('?') || final === 'h' || final === 'l')
  .map(([mode, final]) => `\x1b[${mode}${final}`);

const settings = fc.constantFrom(
  '\x1b[>1u',
  '\x1b[>31u',
  '\x1b[<u',
  '\x1b[<2u',
  '\x1b[=5u',
  '\x1b[=2;2u',
  '\x1b[=1;3u',
  '\x1b[>4;2m',
  '\x1b[>4m',
  '\x1b[>4n',
  '\x1b[ q',
  '\x1b[5 q',
  '\x1b[1"q',
  '\x1b[0"q',
  '\x1b[g',
  '\x1b[3g',
  '\x1b[22t',
  '\x1b[23t',
  '\x1b[22;1t',
  '\x1b[23;2t',
  '\x1b[s',
  '\x1b[u',
  '\x1b[3b',
  '\x1b[2;18s',
);

const strings = fc
  .tuple(
    fc.constantFrom(
      '0;both',
      '1;icon',
      '2;title – ü',
      '2;',
      '7;file://host/tmp/a%20b',
      '8;;http://x/a',
      '8;id=7;http://x/b;c',
      '8;;',
      '4;1;#fff;2;rgb:1/2/3',
      '104',
      '104;1',
      '10;red',
      '11;#123456;#654321',
      '110',
      '112',
      '17;blue',
      '52;c;Zm9v',
      '133;A',
      '9;4;1;50',
    ),
    fc.constantFrom('\x07', '\x1b\\'),
  )
  .map(([body, end]) => `\x1b]${body}${end}`);

const others = fc.constantFrom(
  '\x1bP+q544e\x1b\\',
  '\x1bPq#0\x1b\\',
  '\x1b_Ga=q\x1b\\',
  '\x1b^pm\x1b\\',
  '\x1b[6n',
  '\x1b[c',
  '\u009b1m',
  '\x1b[1\n;3H',
);

const junk = fc.uint8Array({ minLength: 1, maxLength: 6 });

const token = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...texts).map(bytesOf) },
  { weight: 12, arbitrary: fc.constantFrom(...controls).map(bytesOf) },
  { weight: 12, arbitrary: sgr.map(bytesOf) },
  { weight: 14, arbitrary: movement.map(bytesOf) },
  { weight: 8, arbitrary: erase.map(bytesOf) },
  { weight: 8, arbitrary: modes.map(bytesOf) },
  { weight: 5, arbitrary: fc.constantFrom(...escapes).map(bytesOf) },
  { weight: 4, arbitrary: settings.map(bytesOf) },
  { weight: 4, arbitrary: strings.map(bytesOf) },
  { weight: 2, arbitrary: fc.constantFrom(...rareEscapes).map(bytesOf) },
  { weight: 1, arbitrary: others.map(bytesOf) },
  { weight: 1, arbitrary: junk },
);

/** Pieces of a stream; joined, they are what a program wrote. */
export const pieces = fc.array(token, { minLength: 1, maxLength: 60 });

export const sizes = fc.record({
  cols: fc.constantFrom(2, 5, 13, 20, 40),
  rows: fc.constantFrom(2, 4, 9),
  historyLines: fc.constantFrom(0, 3, 50),
});

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `STAY_FUZZ_RUNS` to run longer, `STAY_FUZZ_SEED` for other streams. */
export function fuzz(runs: number): { numRuns: number; seed: number } {
  return { numRuns: Number(process.env.STAY_FUZZ_RUNS ?? runs), seed: Number(process.env.STAY_FUZZ_SEED ?? 20_260) };
}
