import { describe, expect, it } from 'vitest';
import { bytesOf, newEmulator } from './new-emulator.ts';

const st = '\x1b\\';

const questions: [what: string, asked: string, answer: string[]][] = [
  ['DA1', '\x1b[c', ['\x1b[?1;2c']],
  ['DA2', '\x1b[>c', ['\x1b[>0;276;0c']],
  ['DA3', '\x1b[=c', [`\x1bP!|00000000${st}`]],
  ['DSR', '\x1b[5n', ['\x1b[0n']],
  ['CPR', '\x1b[3;4H\x1b[6n', ['\x1b[3;4R']],
  ['CPR while the wrap is pending', `${'x'.repeat(20)}\x1b[6n`, ['\x1b[1;20R']],
  ['CPR in origin mode', '\x1b[2;4r\x1b[?6h\x1b[2;1H\x1b[6n', ['\x1b[2;1R']],
  ['DECXCPR', '\x1b[3;4H\x1b[?6n', ['\x1b[?3;4R']],
  ['DECRQM of a mode that is set', '\x1b[?2004h\x1b[?2004$p', ['\x1b[?2004;1$y']],
  ['DECRQM of a mode that is off', '\x1b[?1$p', ['\x1b[?1;2$y']],
  ['DECRQM of an unknown mode', '\x1b[?31337$p', ['\x1b[?31337;0$y']],
  ['DECRQSS of the attributes', `\x1b[1;31m\x1bP$qm${st}`, [`\x1bP1$r0;1;31m${st}`]],
  ['DECRQSS of the region', `\x1b[2;4r\x1bP$qr${st}`, [`\x1bP1$r2;4r${st}`]],
  ['DECRQSS of the cursor', `\x1b[5 q\x1bP$q q${st}`, [`\x1bP1$r5 q${st}`]],
  ['DECRQSS of nonsense', `\x1bP$qnone${st}`, [`\x1bP0$r${st}`]],
  ['XTVERSION', '\x1b[>q', [`\x1bP>|stay${st}`]],
  ['XTGETTCAP', `\x1bP+q436f;4141${st}`, [`\x1bP1+r436f=323536${st}`, `\x1bP0+r4141${st}`]],
  ['the key flags', '\x1b[>5u\x1b[?u', ['\x1b[?5u']],
  ['a palette colour that was set', `\x1b]4;1;rgb:1/2/3\x07\x1b]4;1;?\x07`, [`\x1b]4;1;rgb:1/2/3${st}`]],
  ['a palette colour that was not', `\x1b]4;196;?\x07`, [`\x1b]4;196;rgb:ffff/0000/0000${st}`]],
  [
    'foreground and background',
    `\x1b]10;?;?\x07`,
    [`\x1b]10;rgb:e5e5/e5e5/e5e5${st}`, `\x1b]11;rgb:0000/0000/0000${st}`],
  ],
  ['the size in cells', '\x1b[18t', ['\x1b[8;6;20t']],
  ['the size in pixels', '\x1b[14t', ['\x1b[4;96;160t']],
  ['the size of a cell', '\x1b[16t', ['\x1b[6;16;8t']],
  ['the colour scheme', '\x1b[?996n', ['\x1b[?997;1n']],
  ['the clipboard: never', '\x1b]52;c;?\x07', []],
  ['the title: never, it could be typed into a shell', '\x1b]2;rm -rf\x07\x1b[21t', []],
];

describe('the emulator answers, once', () => {
  for (const [what, asked, answer] of questions) {
    it(what, () => {
      const emulator = newEmulator({ cols: 20, rows: 6 });
      emulator.feed(bytesOf(asked));
      expect(emulator.replies).toEqual(answer);
    });
  }
});

it('a repaint asks nothing', () => {
  const first = newEmulator();
  first.feed(bytesOf('\x1b[?1049h\x1b[?2004h\x1b]4;1;red\x07\x1b[>1u\x1b]2;x\x07'));
  const second = newEmulator();
  for (const onto of ['fresh', 'used', 'same'] as const) second.feed(first.repaint({ onto, historyLines: 10 }));
  expect(second.replies).toEqual([]);
});
