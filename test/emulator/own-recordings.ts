// A few recordings of our own, as text: small programs' worth of everything a terminal is asked for.

import { bytesOf } from './new-emulator.ts';
import type { Recording } from './recordings.ts';

function recording(id: string, size: { cols: number; rows: number }, text: string): Recording {
  return { id: `own/${id}`, ...size, bytes: bytesOf(text) };
}

const editor =
  '\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\x1b[?2004h\x1b[?1004h\x1b[>4;2m\x1b[>1u\x1b[1;24r\x1b[?12h\x1b[?25l\x1b[2J' +
  '\x1b[1;1H\x1b[38;5;130m  1 \x1b[m\x1b[36mimport\x1b[m { a } from \x1b[31m"./b"\x1b[m\x1b[K\r\n' +
  '\x1b[2;1H\x1b[94m~\x1b[m\x1b[K\x1b[24;1H\x1b[7m NORMAL \x1b[27m\x1b[44m  file.ts \x1b[K\x1b[m' +
  '\x1b]2;file.ts - VIM\x07\x1b]11;rgb:1111/2222/3333\x07\x1b[4 q\x1b[2;5H\x1b[?25h\x1b[1;23r\x1b[?6h\x1b[3;3H\x1b7';

const shell = Array.from(
  { length: 60 },
  (_, line) =>
    `\x1b]7;file://host/home/me/project\x07\x1b[?2004h\x1b[1;32muser@host\x1b[m:\x1b[34m~/project\x1b[m$ ls ${line}\x1b[?2004l\r\n` +
    `total ${line}\tsrc\t${'a long name that wraps '.repeat(line % 6)}\x1b[1;4:3;58:2::255:0:0mcurly\x1b[m\r\n`,
).join('');

const wide =
  '世界世界世界世界世界a\r\n12345678901234567890世界世界\r\n\x1b[45m背景\x1b[K\x1b[m\r\n' +
  'e\u0301\u0302 👩‍👩‍👧 👍🏽 🇩🇪 ❤️ 1️⃣ 한국어 \u1112\u1161\u11ab नि ก็\r\n\x1b[5;20H界x\x1b[5;19Hy\x1b[2;20H';

const links =
  '\x1b]8;;https://example.org/a;b\x1b\\one\x1b]8;id=x;https://example.org/c\x1b\\two\x1b]8;;\x1b\\ plain ' +
  '\x1b]8;id=x;https://example.org/c\x1b\\two again \x1b[4mstill two\x1b[2J and on\r\n';

const corners =
  '\x1b(0lqqk\x1b(B\x1b)0\x0e mjx \x0f\x1b[3g\x1b[10G\x1bH\x1b[20G\x1bH\r\tx\ty\r\n\x1b[4hinsert\x1b[3Dxx\x1b[4l' +
  '\x1b[1"qprotected\x1b[0"q not\x1b[?K\x1b[41m\x1b[2K\x1b[5;1H\x1b[1J\x1b[m\x1b[?7lno wrap here at all no no no\x1b[?7h' +
  'wrap here at all no no no\x1b[A\x1b[K\x1b[?1000h\x1b[?1006h\x1b[?1002l\x1b[20h\nx\x1b[?s\x1b[?1000;1006s\x1b[?5h';

export const ownRecordings: Recording[] = [
  recording('editor', { cols: 80, rows: 24 }, editor),
  recording('shell', { cols: 60, rows: 20 }, shell),
  recording('wide', { cols: 20, rows: 6 }, wide),
  recording('links', { cols: 40, rows: 8 }, links),
  recording('corners', { cols: 20, rows: 8 }, corners),
  recording('unfinished', { cols: 20, rows: 4 }, `${'x'.repeat(20)}\x1b]2;never end`),
];
