import { describe, expect, it } from 'vitest';
import { Emulator } from '../../src/emulator/emulator.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function open() {
  let replies = '';
  const emulator = new Emulator({
    cols: 80,
    rows: 24,
    historyLines: 100,
    onReply: (bytes) => {
      replies += new TextDecoder().decode(bytes);
    },
    onFault: (error) => {
      throw error;
    },
  });
  function ask(question: string): string {
    replies = '';
    emulator.feed(encode(question));
    return replies;
  }
  return { emulator, ask };
}

describe('while no terminal is attached', () => {
  it.each([
    ['DA1', '\x1b[c', '\x1b[?62;4;22c'],
    ['DA2', '\x1b[>c', '\x1b[>41;377;0c'],
    ['DA3', '\x1b[=c', '\x1bP!|7E565445\x1b\\'],
    ['XTVERSION', '\x1b[>q', '\x1bP>|kitty(0.39.1)\x1b\\'],
    ['XTGETTCAP', '\x1bP+q544e\x1b\\', '\x1bP1+r544E=787465726D2D6B69747479\x1b\\'],
    ['OSC 4', '\x1b]4;3;?\x07', '\x1b]4;3;rgb:aaaa/bbbb/cccc\x1b\\'],
    ['OSC 10', '\x1b]10;?\x07', '\x1b]10;rgb:1111/2222/3333\x07'],
    ['OSC 11', '\x1b]11;?\x07', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\'],
    ['colour scheme', '\x1b[?996n', '\x1b[?997;2n'],
  ])('%s is answered as the last real terminal did', (_name, question, answer) => {
    const { emulator, ask } = open();
    expect(ask(question)).not.toBe(answer);
    emulator.learn(encode(`keys ${answer} more keys`));
    expect(ask(question)).toBe(answer);
  });

  it('a question that no terminal has answered gets an answer of our own, once', () => {
    const { ask } = open();
    expect(ask('\x1b[c')).toBe('\x1b[?1;2c');
    expect(ask('\x1b[>q')).toBe('\x1bP>|stay\x1b\\');
    expect(ask('\x1b]11;?\x1b\\')).toBe('\x1b]11;rgb:0000/0000/0000\x1b\\');
    expect(ask('\x1b[?u')).toBe('\x1b[?0u');
  });

  it("a colour that the program set is its own, and not taken for the terminal's", () => {
    const { emulator, ask } = open();
    emulator.learn(encode('\x1b]11;rgb:ffff/ffff/ffff\x1b\\'));
    emulator.feed(encode('\x1b]11;rgb:1212/3434/5656\x1b\\'));
    emulator.learn(encode('\x1b]11;rgb:1212/3434/5656\x1b\\'));
    expect(ask('\x1b]11;?\x1b\\')).toContain('rgb:1212/3434/5656');
    emulator.feed(encode('\x1b]111\x1b\\'));
    expect(ask('\x1b]11;?\x1b\\')).toContain('rgb:ffff/ffff/ffff');
  });

  it('the pixels of the last terminal are told, scaled by nothing', () => {
    const { emulator, ask } = open();
    emulator.resize({ cols: 100, rows: 50, pixelWidth: 1000, pixelHeight: 1100 });
    expect(ask('\x1b[14t')).toBe('\x1b[4;1100;1000t');
    expect(ask('\x1b[16t')).toBe('\x1b[6;22;10t');
  });

  it('the clipboard is never told', () => {
    const { emulator, ask } = open();
    emulator.feed(encode('\x1b]52;c;c2VjcmV0\x07'));
    expect(ask('\x1b]52;c;?\x07')).toBe('');
  });
});
