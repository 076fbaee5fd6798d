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
  return decode(...chunks).map((input) => (input.kind === 'key' ? input.name : `paste ${JSON.stringify(input.text)}`));
}

describe('keys', () => {
  it.each([
    ['a', ['a']],
    ['jj\rG', ['j', 'j', 'enter', 'G']],
    ['é日🚀', ['é', '日', '🚀']],
    [' ', ['space']],
    ['\t\n\x7f\x08', ['tab', 'enter', 'backspace', 'backspace']],
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
    ['\x1b[27;5;97~', ['ctrl-a']],
  ])('%j', (bytes, expected) => {
    expect(names(bytes)).toEqual(expected);
    expect(names(...bytes)).toEqual(expected);
  });

  it('carry the text they type', () => {
    const texts = decode('a\x01é \x1b[A\x1b[32u\x1bx').map((input) => input.text);
    expect(texts).toEqual(['a', '', 'é', ' ', '', ' ', '']);
  });
});

describe('what is no key', () => {
  it.each([
    ['a focus report', '\x1b[I'],
    ['a mouse report', '\x1b[<0;10;10M'],
    ['a late answer to DA1', '\x1b[?62;22c'],
    ['a late answer to CPR', '\x1b[24;80R'],
    ['a late colour', '\x1b]11;rgb:0000/0000/0000\x1b\\'],
    ['a late colour ended by BEL', '\x1b]11;rgb:0000/0000/0000\x07'],
    ['a late XTVERSION', '\x1bP>|term 1\x1b\\'],
    ['a function key', '\x1b[15~\x1bOP\x1b[[A'],
  ])('%s is dropped whole', (_, bytes) => {
    expect(names(`${bytes}q`)).toEqual(['q']);
    expect(names(...bytes, 'q')).toEqual(['q']);
  });

  it('broken UTF-8 is dropped, and only that', () => {
    const decoder = createKeyDecoder();
    decoder.push(Uint8Array.of(0xff, 0xc3, 0x61, 0x80, 0xe6, 0x97, 0x62));
    const found = [decoder.next(), decoder.next(), decoder.next()];
    expect(found.map((input) => input?.text)).toEqual(['a', 'b', undefined]);
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
    expect(paste?.text.length).toBeLessThan(20_000);
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

  it('drops the start of a sequence that never ends', () => {
    const decoder = createKeyDecoder();
    decoder.push(new TextEncoder().encode('\x1b[1;'));
    expect(decoder.next()).toBe(null);
    expect(decoder.settle()).toBe(null);
    expect(decoder.takeRest()).toHaveLength(0);
  });
});

it('what no key was made of yet can be taken out, byte for byte', () => {
  const decoder = createKeyDecoder();
  decoder.push(Uint8Array.of(0x0d, 0x61, 0xff, 0xc3, 0x1b, 0x5b));
  expect(decoder.next()).toMatchObject({ name: 'enter' });
  expect(decoder.takeRest()).toEqual(Uint8Array.of(0x61, 0xff, 0xc3, 0x1b, 0x5b));
  expect(decoder.next()).toBe(null);
});
