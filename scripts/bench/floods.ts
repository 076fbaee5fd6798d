// What programs write much of, in six kinds: each file is made once, the same in every run.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const floodKinds = ['plain', 'dense', 'log', 'wide', 'motion', 'redraw'] as const;
export type FloodKind = (typeof floodKinds)[number];

export const floodNames: Readonly<Record<FloodKind, string>> = {
  plain: 'plain lines',
  dense: 'dense 256-colour cells',
  log: 'true-colour log',
  wide: 'wide characters and emoji',
  motion: 'cursor motion',
  redraw: 'full redraws',
};

export const floodSize = { cols: 80, rows: 24 } as const;

const { cols, rows } = floodSize;
const words = 'the quick brown fox jumps over the lazy dog while terminals stay where they are and nobody waits'.split(
  ' ',
);
const wide = [...'漢字かな交じり文の端末表示日本語中文한국어🚀🎉🔥✨🙂👍'];

/** Writes `bytes` of a kind at least, ending with a whole piece; the path. */
export function writeFlood(folder: string, kind: FloodKind, bytes: number): string {
  const random = randomNumbers(7);
  const pieces: string[] = [];
  // A megabyte of different pieces, over and over: nothing here remembers what it saw that far back.
  for (let length = 0; length < 1_000_000; length += Buffer.byteLength(pieces.at(-1)!))
    pieces.push(makers[kind](random, pieces.length));
  const block = Buffer.from(pieces.join(''));
  const path = join(folder, `flood.${kind}`);
  writeFileSync(path, Buffer.concat(Array.from({ length: Math.ceil(bytes / block.length) }, () => block)));
  return path;
}

type Random = (below: number) => number;

const makers: Readonly<Record<FloodKind, (random: Random, index: number) => string>> = {
  plain(random, index) {
    let line = `${index}`;
    while (line.length < 60 + random(15)) line += ` ${words[random(words.length)]}`;
    return `${line.slice(0, cols - 1)}\r\n`;
  },
  dense(random) {
    let line = '';
    for (let col = 0; col < cols; col++)
      line += `\x1b[38;5;${random(256)};48;5;${random(256)}m${String.fromCharCode(33 + random(90))}`;
    return `${line}\x1b[m\r\n`;
  },
  log(random, index) {
    const colour = () => `${random(256)};${random(256)};${random(256)}`;
    const stamp = `12:${String(index % 60).padStart(2, '0')}:07.${100 + random(900)}`;
    const text = `${words[random(words.length)]} \x1b[1mid=${random(100_000)}\x1b[22m ${words[random(words.length)]}`;
    return `\x1b[38;2;${colour()}m${stamp}\x1b[m \x1b[48;2;${colour()}m INFO \x1b[m \x1b[38;2;${colour()}m${text}\x1b[m took \x1b[4m${random(900)}ms\x1b[24m\r\n`;
  },
  wide(random) {
    let line = '';
    for (let cell = 0; cell < cols - 4; cell += 2) line += random(6) === 0 ? 'ab' : wide[random(wide.length)];
    return `${line}\r\n`;
  },
  motion(random) {
    const word = words[random(words.length)];
    return `\x1b[${1 + random(rows)};${1 + random(cols - 8)}H\x1b[3${random(8)}m${word}\x1b[${1 + random(5)}D\x1b[K`;
  },
  redraw(random, index) {
    const lines = Array.from(
      { length: rows - 1 },
      (_, row) =>
        `\x1b[${row + 1};1H\x1b[3${(row + index) % 8}m${words[random(words.length)]} ${String(index * 31 + row).padStart(10)} ${'='.repeat(random(40))}\x1b[K`,
    );
    return `\x1b[H${lines.join('')}\x1b[m`;
  },
};

/** A small generator that gives the same numbers everywhere: a linear congruence modulo 2^32. */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
