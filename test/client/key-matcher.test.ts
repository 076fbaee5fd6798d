import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeySequence, parseDetachKeys } from '../../src/base/key-notation.ts';
import { createKeyMatcher, type KeyMatch, type KeyMatcher } from '../../src/client/key-matcher.ts';

const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;
const toBytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** One that finds the keys of a `--detach-keys` option. */
const matcherOf = (option: string) => createKeyMatcher([{ keys: parseDetachKeys(option), action: 'detach' }]);
const toText = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Everything that went to the program, with `<detach>` where a detach key was found; goes on with the rest. */
function transcript(matcher: KeyMatcher, reads: readonly string[], end: 'flush' | 'wait' = 'flush'): string {
  let text = '';
  const note = (match: KeyMatch): KeyMatch => {
    text += toText(match.forward) + (match.action === null ? '' : `<${match.action}>`);
    return match.action !== null && match.rest.length > 0 ? note(matcher.push(match.rest)) : match;
  };
  let last: KeyMatch | undefined;
  for (const read of reads) last = note(matcher.push(toBytes(read)));
  while (end === 'flush' && last?.holding === 'escape') last = note(matcher.flush());
  return text;
}

function readsOf(input: string, cuts: readonly number[]): string[] {
  const edges = [0, ...cuts.map((cut) => Math.min(cut, input.length)).sort((a, b) => a - b), input.length];
  return edges.slice(1).map((edge, index) => input.slice(edges[index], edge));
}

function typed(option: string, ...reads: string[]): string {
  return transcript(matcherOf(option), reads);
}

describe('detach keys', () => {
  it.each([
    ['ctrl-\\', 'legacy', '\x1c'],
    ['ctrl-\\', 'kitty', '\x1b[92;5u'],
    ['ctrl-\\', 'kitty with the shifted key', '\x1b[92:124;5u'],
    ['ctrl-\\', 'kitty with an event type', '\x1b[92;5:1u'],
    ['ctrl-\\', 'kitty, repeated', '\x1b[92;5:2u'],
    ['ctrl-\\', 'kitty with caps lock', '\x1b[92;69u'],
    ['ctrl-\\', 'kitty with num lock', '\x1b[92;133u'],
    ['ctrl-\\', 'kitty with both and a text', '\x1b[92;197:1;92u'],
    ['ctrl-\\', 'modifyOtherKeys', '\x1b[27;5;92~'],
    ['ctrl-\\', 'modifyOtherKeys where a backslash needs shift', '\x1b[27;6;92~'],
    ['ctrl-^', 'kitty on a US keyboard', '\x1b[54;6u'],
    ['ctrl-^', 'kitty on another keyboard that tells', '\x1b[60:94;6u'],
    ['ctrl-_', 'kitty on a US keyboard', '\x1b[45;6u'],
    ['ctrl-c', 'kitty on a Russian keyboard', '\x1b[1089::99;5u'],
    ['ctrl-space', 'legacy', '\0'],
    ['ctrl-space', 'kitty', '\x1b[32;5u'],
    ['alt-x', 'legacy', '\x1bx'],
    ['alt-x', 'kitty', '\x1b[120;3u'],
    ['alt-X', 'legacy', '\x1bX'],
    ['alt-X', 'kitty', '\x1b[120;4u'],
    ['ctrl-alt-q', 'legacy', '\x1b\x11'],
    ['ctrl-alt-q', 'kitty', '\x1b[113;7u'],
    ['D', 'legacy', 'D'],
    ['D', 'kitty', '\x1b[100;2u'],
    ['D', 'kitty with the shifted key', '\x1b[100:68;2;68u'],
    ['D', 'modifyOtherKeys', '\x1b[27;2;68~'],
    [':', 'kitty on a US keyboard', '\x1b[59;2u'],
    ['é', 'UTF-8', '\xc3\xa9'],
    ['é', 'kitty', '\x1b[233u'],
    ['esc', 'legacy', '\x1b'],
    ['esc', 'kitty', '\x1b[27u'],
    ['esc esc', 'legacy', '\x1b\x1b'],
    ['alt-[', 'legacy', '\x1b['],
    ['alt-]', 'legacy', '\x1b]'],
    ['alt-O', 'legacy', '\x1bO'],
    ['enter', 'legacy', '\r'],
    ['enter', 'kitty', '\x1b[13u'],
    ['enter', 'number pad', '\x1bOM'],
    ['tab', 'kitty', '\x1b[9;1u'],
    ['shift-tab', 'legacy', '\x1b[Z'],
    ['shift-tab', 'kitty', '\x1b[9;2u'],
    ['f1', 'legacy', '\x1bOP'],
    ['f1', 'VT', '\x1b[11~'],
    ['f1', 'Linux console', '\x1b[[A'],
    ['f1', 'kitty', '\x1b[P'],
    ['f1', 'kitty with num lock', '\x1b[1;129P'],
    ['f12', 'legacy', '\x1b[24~'],
    ['shift-f5', 'legacy', '\x1b[15;2~'],
    ['shift-f5', 'kitty', '\x1b[15;2:1~'],
    ['ctrl-f2', 'legacy', '\x1b[1;5Q'],
    ['up', 'application mode', '\x1bOA'],
    ['ctrl-up', 'legacy', '\x1b[1;5A'],
    ['ctrl-a d', 'legacy', '\x01d'],
    ['ctrl-a d', 'kitty then legacy', '\x1b[97;5ud'],
    ['ctrl-a d', 'kitty', '\x1b[97;5u\x1b[100u'],
    ['f12, ctrl-a d, ctrl-]', 'the last of several', '\x1d'],
  ])('finds %s (%s)', (option, _form, sent) => {
    expect(typed(option, `before${sent}`)).toBe('before<detach>');
    // One byte at a time, too.
    expect(typed(option, ...`before${sent}`)).toBe('before<detach>');
  });

  it.each([
    ['ctrl-\\', '\x1b[92;5:3u'],
    ['ctrl-\\', '\x1b[92u'],
    ['ctrl-\\', '\x1b[92;6u'],
    ['ctrl-\\', '\x1b[92;13u'],
    ['ctrl-\\', '\x1b[28;5u'],
    ['ctrl-\\', '\x1b[27;5;93~'],
    ['ctrl-\\', '\x1b[?92;5u'],
    ['ctrl-\\', '\x1b[99999999999;5u'],
    ['ctrl-x', '\x1b[113::120;5u'],
    ['d', 'D\x1b[100;2u\x1bd'],
    ['f3', '\x1b[12;5R'],
    ['q', '\x1b[Mqqq\x1b[<0;1;1M'],
    ['esc', '\x1b[A\x1bOA\x1bx'],
    ['alt-]', '\x1b]11;rgb:0/0/0\x07'],
    ['ctrl-g', '\x1b]11;rgb:0/0/0\x07'],
    ['alt-\\', '\x1b]11;rgb:0/0/0\x1b\\'],
    ['q', '\x1bP>|quick\x1b\\\x1b_Gquick\x1b\\'],
    ['ctrl-\\', `\x1b[${'9;'.repeat(200)}u`],
    ['none', '\x1c\x1b'],
  ])('does not take for %s: %j', (option, sent) => {
    expect(typed(option, sent)).toBe(sent);
    expect(typed(option, ...sent)).toBe(sent);
  });

  it('takes the key in a kitty-coded Dvorak keyboard for what it types, not for where it is', () => {
    expect(typed('ctrl-q', '\x1b[113::120;5u')).toBe('<detach>');
  });

  it('still finds the key after an Escape that arrived in the same read', () => {
    expect(typed('ctrl-\\', 'i\x1b\x1c')).toBe('i\x1b<detach>');
  });

  it('still finds the key after what only looked like the start of an answer', () => {
    expect(typed('ctrl-\\', '\x1b]ab\x1c')).toBe('\x1b]ab<detach>');
    expect(typed('ctrl-\\', '\x1b[12\x1c')).toBe('\x1b[12<detach>');
  });
});

describe('sequences', () => {
  it('passes a broken-off sequence on whole', () => {
    expect(typed('ctrl-a d', '\x01', 'x', 'd')).toBe('\x01xd');
    expect(typed('ctrl-a b c', '\x01', 'b', 'd')).toBe('\x01bd');
    expect(typed('ctrl-a d', '\x01', '\x1b[A')).toBe('\x01\x1b[A');
  });

  it('begins anew inside a broken-off one', () => {
    expect(typed('ctrl-a d', '\x01\x01d')).toBe('\x01<detach>');
    expect(typed('ctrl-a ctrl-a d', '\x01\x01\x01', 'd')).toBe('\x01<detach>');
    expect(typed('a b a c', 'ababac')).toBe('ab<detach>');
    expect(typed('a b c, b d', 'abd')).toBe('a<detach>');
    expect(typed('a b c, b', 'ab')).toBe('a<detach>');
  });

  it('holds the beginning of one without a timer, and an escape with one', () => {
    const matcher = matcherOf('ctrl-a esc d');
    const holdingAfter = (text: string) => matcher.push(toBytes(text)).holding;
    expect(holdingAfter('x')).toBe('none');
    expect(holdingAfter('\x01')).toBe('sequence');
    expect(matcher.flush()).toMatchObject({ action: null, holding: 'sequence', forward: new Uint8Array(0) });
    expect(holdingAfter('\x1b')).toBe('escape');
    expect(matcher.flush()).toMatchObject({ action: null, holding: 'sequence', forward: new Uint8Array(0) });
    expect(matcher.push(toBytes('d'))).toMatchObject({ action: 'detach', holding: 'none' });
  });

  it('is not broken by releases and modifiers, and swallows them', () => {
    const ctrlDown = '\x1b[57442;5u';
    const ctrlUp = '\x1b[57442;5:3u';
    const keyA = '\x1b[97;5u\x1b[97;5:3u';
    expect(typed('ctrl-a d', `${keyA}d`)).toBe('<detach>');
    expect(typed('ctrl-a d', `${keyA}${ctrlUp}`, '\x1b[100u')).toBe('<detach>');
    expect(typed('ctrl-a ctrl-d', `${keyA}${ctrlUp}${ctrlDown}\x1b[100;5u`)).toBe('<detach>');
    expect(typed('ctrl-a d', `${keyA}${ctrlUp}x`)).toBe(`${keyA}${ctrlUp}x`);
  });
});

describe('what follows a detach key', () => {
  it('is the rest', () => {
    const match = matcherOf('ctrl-\\').push(toBytes('ab\x1ccd'));
    expect(match).toEqual({ forward: toBytes('ab'), action: 'detach', rest: toBytes('cd'), holding: 'none' });
  });

  it('is without the release of the key, in the same read or later', () => {
    const press = '\x1b[92;5:1u';
    const events = '\x1b[92;5:2u\x1b[92;5:2u\x1b[92;5:3u\x1b[57442;5:3u';
    const match = matcherOf('ctrl-\\').push(toBytes(`${press}${events}x`));
    expect(toText(match.rest)).toBe('x');
    expect(typed('ctrl-\\', press, ...events, 'x')).toBe('<detach>x');
    expect(typed('ctrl-\\', `${press}\x1b[92;5:`, '3ux')).toBe('<detach>x');
  });

  it('keeps the releases of keys that are pressed later', () => {
    expect(typed('ctrl-\\', '\x1cx\x1b[120;1:3u')).toBe('<detach>x\x1b[120;1:3u');
  });
});

describe('bracketed paste', () => {
  it('hides the key', () => {
    const pasted = paste('a\x1cb\x1b[92;5uc\x1b');
    expect(typed('ctrl-\\', `${pasted}\x1c`)).toBe(`${pasted}<detach>`);
    expect(typed('ctrl-\\', ...`${pasted}\x1c`)).toBe(`${pasted}<detach>`);
  });

  it('breaks a sequence off', () => {
    const pasted = paste('d');
    expect(typed('ctrl-a d', `\x01${pasted}d`)).toBe(`\x01${pasted}d`);
  });

  it('is recognised when a pause cuts its marker', () => {
    for (const cut of [1, 2, 3, 4, 5]) {
      const matcher = matcherOf('ctrl-\\');
      const pasted = paste('\x1c');
      const before = transcript(matcher, [pasted.slice(0, cut)]);
      expect(before + transcript(matcher, [...pasted.slice(cut), '\x1c'])).toBe(`${pasted}<detach>`);
    }
  });

  it('is not entered by an Escape that was pressed before other keys', () => {
    const matcher = matcherOf('ctrl-\\');
    expect(transcript(matcher, ['\x1b'])).toBe('\x1b');
    expect(transcript(matcher, ['[', '2', '\x1c'])).toBe('[2<detach>');
  });
});

describe('cost', () => {
  it('passes a read without key and escape as the same array', () => {
    const bytes = toBytes('ordinary typing\r');
    expect(matcherOf('ctrl-\\, ctrl-a d').push(bytes).forward).toBe(bytes);
    expect(matcherOf('none').push(toBytes('\x1b')).holding).toBe('none');
  });

  it('passes a read whose escapes are no key as the same array', () => {
    const bytes = toBytes('\x1b[A\x1b[B');
    expect(matcherOf('ctrl-\\').push(bytes).forward).toBe(bytes);
  });

  it.each([
    ['a bracketed paste', paste('x'.repeat(5_000_000))],
    ['a plain paste', 'x'.repeat(5_000_000)],
    ['a bracketed paste of escapes', paste('\x1b[2'.repeat(1_000_000))],
    ['a flood of arrow keys', '\x1b[A'.repeat(200_000)],
  ])('is small for %s', (_what, text) => {
    const bytes = toBytes(text);
    const matcher = matcherOf('ctrl-\\, ctrl-a d');
    const startMs = performance.now();
    expect(matcher.push(bytes).forward).toBe(bytes);
    // Generous, for a loaded machine: it takes a tenth of it.
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});

describe('any input', () => {
  const options = [
    'ctrl-\\',
    'ctrl-a d',
    'ctrl-a ctrl-a d',
    'esc x',
    'alt-x, f12',
    'a b a c, b d',
    'ctrl-alt-q',
    'é',
    'alt-]',
  ];
  const pieces = [
    ...['\x1c', '\x01', 'd', 'a', 'b', 'c', 'x', 'q', '\x11', '\x1b', '[', ']', 'O', 'M', ';', ':', '5', 'u', '~'],
    ...['\x1b[200~', '\x1b[201~', '\x1b[92;5u', '\x1b[92;5:3u', '\x1b[97;5u', '\x1b[97;5:2u', '\x1b[97;5:3u'],
    ...[
      '\x1b[100u',
      '\x1b[57442;5u',
      '\x1b[57442;1:3u',
      '\x1b[24~',
      '\x1b]11;x\x07',
      '\x1b\\',
      '\x1b[M',
      '\xc3',
      '\xa9',
    ],
  ];
  const inputs = fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary-ascii' })),
  );
  const cases = fc.record({
    keys: fc.constantFrom(...options).map((option): KeySequence[] => parseDetachKeys(option)),
    input: inputs.map((parts) => parts.join('')),
    cuts: fc.array(fc.nat(60)),
  });

  it('gives the same wherever it is cut', () => {
    fc.assert(
      fc.property(cases, ({ keys, input, cuts }) => {
        const reads = readsOf(input, cuts);
        expect(transcript(createKeyMatcher([{ keys, action: 'detach' }]), reads)).toBe(
          transcript(createKeyMatcher([{ keys, action: 'detach' }]), [input]),
        );
        expect(transcript(createKeyMatcher([{ keys, action: 'detach' }]), [...input])).toBe(
          transcript(createKeyMatcher([{ keys, action: 'detach' }]), [input]),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('reaches the program whole when no key is in it', () => {
    fc.assert(
      fc.property(cases, ({ keys, input, cuts }) => {
        const matcher = createKeyMatcher([{ keys, action: 'detach' }]);
        // With a pause after every read, in which an escape that is held goes on.
        const text = readsOf(input, cuts)
          .map((read) => transcript(matcher, [read]))
          .join('');
        if (text.includes('<detach>')) return;
        // No key of the options goes on with this byte: whatever is held has to come.
        expect(text + transcript(matcher, ['\0'])).toBe(`${input}\0`);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('several bindings', () => {
  const several = () =>
    createKeyMatcher([
      { keys: parseDetachKeys('ctrl-\\,ctrl-a d'), action: 'detach' },
      { keys: parseDetachKeys('ctrl-a n,f8'), action: 'next' },
      { keys: [], action: 'previous' },
      { keys: parseDetachKeys('ctrl-a ctrl-a'), action: 'last' },
    ]);

  it.each([
    ['\x1c', '<detach>'],
    ['a\x01nb', 'a<next>b'],
    ['\x01\x01\x01d', '<last><detach>'],
    ['\x1b[19~\x1b[97;5u\x1b[110u\x1b[110;1:3u.', '<next><next>.'],
    ['\x01x\x01\x01', '\x01x<last>'],
    [paste('\x01n'), paste('\x01n')],
  ])('tell which key %j is', (input, expected) => {
    expect(transcript(several(), [input])).toBe(expected);
    expect(transcript(several(), [...input])).toBe(expected);
  });
});
