import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyDecoder, type KeyInput } from '../../src/ui/key-decoder.ts';

function decode(...chunks: string[]): KeyInput[] {
  const decoder = createKeyDecoder();
  const inputs: KeyInput[] = [];
  for (const chunk of chunks) {
    decoder.push(new TextEncoder().encode(chunk));
    for (let input = decoder.next(); input !== null; input = decoder.next()) inputs.push(input);
  }
  return inputs;
}

function names(...chunks: string[]): string[] {
  return decode(...chunks).map((input) => {
    if (input.kind === 'key') return input.name;
    return input.kind === 'paste' ? `paste ${JSON.stringify(input.text)}` : input.kind;
  });
}

function texts(inputs: readonly (KeyInput | null)[]): (string | undefined)[] {
  return inputs.map((input) => (input?.kind === 'key' || input?.kind === 'paste' ? input.text : undefined));
}

describe('keys', () => {
  it.each([
    ['a', ['a']],
    ['jj\rG', ['j', 'j', 'enter', 'G']],
    ['é日🚀', ['é', '日', '🚀']],
    [' ', ['space']],
    ['\t\n\x7f\x08', ['tab', 'ctrl-j', 'backspace', 'backspace']],
    ['\x1e\x1f\x1d', ['ctrl-^', 'ctrl-_', 'ctrl-]']],
    ['\x1bé\x1bG\x1b\r\x1b\x11', ['alt-é', 'alt-G', 'alt-enter', 'ctrl-alt-q']],
    ['\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[23~\x1b[24~', ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f11', 'f12']],
    ['\x1b[11~\x1b[14~\x1b[[A\x1b[[E\x1b[1;2P\x1b[15;5~', ['f1', 'f4', 'f1', 'f5', 'shift-f1', 'ctrl-f5']],
    ['\x1b[2~\x1b[1;7H', ['insert', 'ctrl-alt-home']],
    ['\x01\x03\x15\x1c\x00', ['ctrl-a', 'ctrl-c', 'ctrl-u', 'ctrl-\\', 'ctrl-space']],
    ['\x1b[A\x1b[B\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
    ['\x1bOA\x1bOB\x1bOH\x1bOF\x1bOM', ['up', 'down', 'home', 'end', 'enter']],
    ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~', ['home', 'end', 'home', 'end', 'home', 'end']],
    ['\x1b[5~\x1b[6~\x1b[3~', ['pageup', 'pagedown', 'delete']],
    ['\x1b[1;5C\x1b[1;2A\x1b[3;3~', ['ctrl-right', 'shift-up', 'alt-delete']],
    ['\x1b[Z', ['shift-tab']],
    ['\x1bx\x1b\x7f', ['alt-x', 'alt-backspace']],
    ['\x1b\x1b[A', ['esc', 'up']],
    ['\x1b[113u\x1b[27u\x1b[99;5u\x1b[32u', ['q', 'esc', 'ctrl-c', 'space']],
    ['\x1b[113;1:3u\x1b[1;1:3A', []],
    ['\x1b[113;129u\x1b[106;2u', ['q', 'J']],
    ['\x1b[59;2u\x1b[27;6;92~\x1b[1089::99;5u', [':', 'ctrl-\\', 'ctrl-c']],
    ['\x1b[105;5u\x1b[13;5u\x1b[57414u\x1b[57442;5u\x1b[97;9u', ['tab', 'ctrl-enter', 'enter']],
    ['\x1b[27;5;97~', ['ctrl-a']],
  ])('%j', (bytes, expected) => {
    expect(names(bytes)).toEqual(expected);
    expect(names(...bytes)).toEqual(expected);
  });

  it('carry the text they type', () => {
    const typed = decode('aG\x01é \x1b[A\x1b[32u\x1b[32;2u\x1b[59;2u\x1b[57376u\x1bx');
    expect(texts(typed)).toEqual(['a', 'G', '', 'é', ' ', '', ' ', ' ', ':', '']);
  });
});

describe('what is no key', () => {
  it.each([
    ['a focus report', '\x1b[I'],
    ['a mouse report of X10', '\x1b[M !!'],
    ['a wheel that tilts', '\x1b[<66;10;10M'],
    ['a button beyond the third', '\x1b[<128;10;10M'],
    ['a late answer to DA2', '\x1b[>41;354;0c'],
    ['a late answer to CPR', '\x1b[24;80R'],
    ['a late colour', '\x1b]10;rgb:0000/0000/0000\x1b\\'],
    ['a late colour ended by BEL', '\x1b]4;1;rgb:0000/0000/0000\x07'],
    ['a background that is no colour', '\x1b]11;?\x07\x1b]11;rgb:00/0/\x07\x1b]11;#12345\x07'],
    ['a late XTVERSION', '\x1bP>|term 1\x1b\\'],
  ])('%s is dropped whole', (_, bytes) => {
    expect(names(`${bytes}q`)).toEqual(['q']);
    expect(names(...bytes, 'q')).toEqual(['q']);
  });

  it('broken UTF-8 is dropped, and only that', () => {
    const decoder = createKeyDecoder();
    decoder.push(Uint8Array.of(0xff, 0xc3, 0x61, 0x80, 0xe6, 0x97, 0x62));
    const found = [decoder.next(), decoder.next(), decoder.next()];
    expect(texts(found)).toEqual(['a', 'b', undefined]);
  });
});

describe('the mouse', () => {
  it.each([
    ['\x1b[<0;1;1M', { action: 'press', button: 'left', col: 0, row: 0 }],
    ['\x1b[<1;10;20M', { action: 'press', button: 'middle', col: 9, row: 19 }],
    ['\x1b[<2;300;200M', { action: 'press', button: 'right', col: 299, row: 199 }],
    ['\x1b[<0;10;20m', { action: 'release', button: 'left', col: 9, row: 19 }],
    ['\x1b[<3;10;20m', { action: 'release', button: null, col: 9, row: 19 }],
    ['\x1b[<20;10;20M', { action: 'press', button: 'left', col: 9, row: 19 }],
    ['\x1b[<35;10;20M', { action: 'move', button: null, col: 9, row: 19 }],
    ['\x1b[<32;10;20M', { action: 'move', button: 'left', col: 9, row: 19 }],
    ['\x1b[<51;10;20M', { action: 'move', button: null, col: 9, row: 19 }],
    ['\x1b[<64;10;20M', { action: 'wheelUp', button: null, col: 9, row: 19 }],
    ['\x1b[<69;10;20M', { action: 'wheelDown', button: null, col: 9, row: 19 }],
    ['\x1b[<0;0;0M', { action: 'press', button: 'left', col: 0, row: 0 }],
  ])('reports %j', (bytes, expected) => {
    const inputs = [{ kind: 'mouse', ...expected }, expect.objectContaining({ name: 'q' })];
    expect(decode(`${bytes}q`)).toEqual(inputs);
    expect(decode(...bytes, 'q')).toEqual(inputs);
  });
});

describe('what a terminal is', () => {
  it.each([
    ['rgb:ffff/8000/0000', [1, 0x8000 / 0xffff, 0]],
    ['rgb:FF/80/00', [1, 0x80 / 0xff, 0]],
    ['rgb:f/0/f', [1, 0, 1]],
    ['rgba:0000/ffff/0000/8000', [0, 1, 0]],
    ['#ff8000', [1, 0x80 / 0xff, 0]],
    ['#ffff80000000', [1, 0x8000 / 0xffff, 0]],
  ])('is told by its background: %s', (spec, [red, green, blue]) => {
    const inputs = [
      { kind: 'background', red, green, blue },
      { kind: 'key', name: 'q', text: 'q' },
    ];
    for (const end of ['\x07', '\x1b\\']) {
      expect(decode(`\x1b]11;${spec}${end}q`)).toEqual(inputs);
      expect(decode(...`\x1b]11;${spec}${end}q`)).toEqual(inputs);
    }
  });

  it('is told by its attributes', () => {
    expect(decode('\x1b[?62;22c\x1b[?6cq', '\x1b[?', '1;2c')).toEqual([
      { kind: 'attributes' },
      { kind: 'attributes' },
      { kind: 'key', name: 'q', text: 'q' },
      { kind: 'attributes' },
    ]);
  });
});

describe('a paste', () => {
  it('comes in one piece, with nothing in it taken for keys', () => {
    expect(names('x\x1b[200~q\x1b[A\r\x03\x1b[201~y')).toEqual(['x', 'paste "q\\u001b[A\\r\\u0003"', 'y']);
  });

  it('comes whole however it is cut', () => {
    const bytes = '\x1b[200~日本\x1b[201\x1b[201~y';
    expect(names(...bytes)).toEqual([`paste ${JSON.stringify('日本\x1b[201')}`, 'y']);
  });

  it('of megabytes is cut short, and keys after it work', () => {
    const chunks = Array.from({ length: 500 }, () => 'x'.repeat(4_096));
    const [paste, key] = decode('\x1b[200~', ...chunks, '\x1b[201~', 'q');
    expect(texts([paste!])[0]?.length).toBeLessThan(20_000);
    expect(key).toEqual({ kind: 'key', name: 'q', text: 'q' });
  });
});

describe('time', () => {
  it('makes a lone escape the key', () => {
    const decoder = createKeyDecoder();
    decoder.push(Uint8Array.of(0x1b));
    expect(decoder.next()).toBe(null);
    expect(decoder.isUnsure()).toBe(true);
    expect(decoder.settle()).toMatchObject({ name: 'esc' });
    expect(decoder.isUnsure()).toBe(false);
  });

  it('makes an escape and the start of a sequence a key with alt', () => {
    const decoder = createKeyDecoder();
    decoder.push(Uint8Array.of(0x1b, 0x5b));
    expect(decoder.next()).toBe(null);
    expect(decoder.settle()).toMatchObject({ name: 'alt-[', text: '' });
  });

  it.each([
    ['a key', '\x1b[1;', '5Cq', ['ctrl-right', 'q']],
    ['a click', '\x1b[<0;1', '0;10Mq', ['mouse', 'q']],
    ['a colour', '\x1b]11;rgb:1', '1/22/33\x07q', ['background', 'q']],
    ['a colour before its end', '\x1b]11;rgb:11/22/33\x1b', '\\q', ['background', 'q']],
  ])('takes nothing of %s for keys when its rest comes late', (_, start, rest, expected) => {
    const decoder = createKeyDecoder();
    decoder.push(new TextEncoder().encode(start));
    expect(decoder.next()).toBe(null);
    expect(decoder.isUnsure()).toBe(false);
    expect(decoder.settle()).toBe(null);
    decoder.push(new TextEncoder().encode(rest));
    const inputs = expected.map(() => decoder.next());
    expect(inputs.map((input) => (input?.kind === 'key' ? input.name : input?.kind))).toEqual(expected);
  });

  it('costs the key that follows the start of a sequence at most itself', () => {
    expect(names('\x1b[1;', '\x1b', 'q', 'qq')).toEqual(['alt-q', 'q', 'q']);
    expect(names('\x1b]11;', 'abc', '\r', 'q')).toEqual(['enter', 'q']);
  });
});

it('what no key was made of yet can be taken out, byte for byte', () => {
  const decoder = createKeyDecoder();
  decoder.push(Uint8Array.of(0x0d, 0x61, 0xff, 0xc3, 0x1b, 0x5b));
  expect(decoder.next()).toMatchObject({ name: 'enter' });
  expect(decoder.takeRest()).toEqual(Uint8Array.of(0x61, 0xff, 0xc3, 0x1b, 0x5b));
  expect(decoder.next()).toBe(null);
});

it('gives the same wherever it is cut', () => {
  const pieces = ['a', 'é', '\x1b', '[', ']', 'O', '<', '0;1;1', 'M', ';', 'u', '~', '\r', '\x07', '\x1b\\', '\x1b[A'];
  const whole = [
    '\x1b[<35;9;9M',
    '\x1b]11;#123',
    '\x1b]11;rgb:1/2/3\x07',
    '\x1b[?6c',
    '\x1b[200~',
    '\x1b[201~',
    '\x1b[M',
  ];
  const inputs = fc.array(fc.constantFrom(...pieces, ...whole)).map((parts) => parts.join(''));
  fc.assert(
    fc.property(inputs, (input) => {
      expect(decode(...input)).toEqual(decode(input));
    }),
    { numRuns: 1_000 },
  );
});
