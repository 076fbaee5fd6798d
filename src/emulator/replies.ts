// Answers to what a program asks its terminal, for the time when no terminal is attached to answer.

import type { Terminal } from '@xterm/headless';
import type { EmulatorSize } from './emulator-size.ts';
import type { ModeTracker } from './mode-tracker.ts';
import { numbers } from './parameters.ts';
import { penOf, sgrParameters } from './pen.ts';
import type { TerminalAnswers } from './terminal-answers.ts';
import type { Core } from './xterm-core.ts';

/** Pixels of a character cell that is told while no terminal has told us of its own. */
const cellPixels = { width: 8, height: 16 } as const;

/** Colours told for those the program did not set: light on black, the commonest. */
const defaultColours: Record<number, string> = {
  10: 'rgb:e5e5/e5e5/e5e5',
  11: 'rgb:0000/0000/0000',
  12: 'rgb:e5e5/e5e5/e5e5',
};

/** Terminfo capabilities worth asking a terminal for (XTGETTCAP). */
const capabilities: Record<string, string> = {
  TN: 'xterm-256color',
  name: 'xterm-256color',
  Co: '256',
  colors: '256',
  RGB: '8/8/8',
};

export interface ReplyContext {
  core: Core;
  tracker: ModeTracker;
  size: () => EmulatorSize;
  /** What a real terminal said before. */
  known: TerminalAnswers;
  reply: (text: string) => void;
}

type Parser = Terminal['parser'];

export function answerQueries(parser: Parser, context: ReplyContext): void {
  answerIdentity(parser, context);
  answerStatus(parser, context);
  answerModes(parser, context);
  answerSettings(parser, context);
  answerSizes(parser, context);
  answerColours(parser, context);
}

function answerIdentity(parser: Parser, { known, reply }: ReplyContext): void {
  for (const { prefix, key } of attributes) {
    // xterm.js has answers of its own to the first two.
    parser.registerCsiHandler({ prefix, final: 'c' }, (params) => {
      const answer = known.answerTo(key) ?? (key === 'DA3' ? '\x1bP!|00000000\x1b\\' : undefined);
      if (answer === undefined) return false;
      if (numbers(params)[0] === 0) reply(answer);
      return true;
    });
  }
  parser.registerCsiHandler({ prefix: '>', final: 'q' }, (params) => {
    if (numbers(params)[0] === 0) reply(known.answerTo('XTVERSION') ?? '\x1bP>|stay\x1b\\');
    return true;
  });
  parser.registerDcsHandler({ intermediates: '+', final: 'q' }, (names) => {
    for (const name of names.split(';')) {
      reply(known.answerTo(`XTGETTCAP ${name.toUpperCase()}`) ?? capabilityReply(name));
    }
    return true;
  });
}

const attributes = [
  { prefix: undefined, key: 'DA1' },
  { prefix: '>', key: 'DA2' },
  { prefix: '=', key: 'DA3' },
] as const;

function capabilityReply(hexName: string): string {
  if (!/^([0-9a-f]{2})+$/i.test(hexName)) return '\x1bP0+r\x1b\\';
  const value = capabilities[fromHex(hexName)];
  return value === undefined ? `\x1bP0+r${hexName}\x1b\\` : `\x1bP1+r${hexName}=${toHex(value)}\x1b\\`;
}

function fromHex(hex: string): string {
  return hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

function toHex(text: string): string {
  return [...text].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function answerStatus(parser: Parser, { core, known, reply }: ReplyContext): void {
  // xterm.js counts a pending wrap as one more column and forgets origin mode.
  const position = () => {
    const { active } = core.buffers;
    const cols = active.lines.get(active.ybase)?.length ?? 1;
    const top = core.coreService.decPrivateModes.origin ? active.scrollTop : 0;
    return `${active.y - top + 1};${Math.min(active.x, cols - 1) + 1}`;
  };
  parser.registerCsiHandler({ final: 'n' }, (params) => {
    if (numbers(params)[0] !== 6) return false;
    reply(`\x1b[${position()}R`);
    return true;
  });
  const answers: Record<number, () => string> = {
    6: () => `\x1b[?${position()}R`,
    15: () => '\x1b[?13n', // no printer
    25: () => '\x1b[?21n', // user-defined keys are locked
    26: () => '\x1b[?27;1;0;0n', // North American keyboard, ready
    53: () => '\x1b[?50n', // no locator
    996: () => known.answerTo('scheme') ?? '\x1b[?997;1n', // dark
  };
  parser.registerCsiHandler({ prefix: '?', final: 'n' }, (params) => {
    const answer = answers[numbers(params)[0] ?? 0];
    if (answer !== undefined) reply(answer());
    return true;
  });
}

function answerModes(parser: Parser, { tracker, reply }: ReplyContext): void {
  parser.registerCsiHandler({ prefix: '?', final: 'u' }, () => {
    reply(`\x1b[?${tracker.keys.flags}u`);
    return true;
  });
  parser.registerCsiHandler({ prefix: '?', final: 'm' }, (params) => {
    const resource = numbers(params)[0] ?? 0;
    const value = tracker.keyModifiers.values.get(resource);
    reply(`\x1b[>${resource}${value === undefined ? '' : `;${value}`}m`);
    return true;
  });
  // Ours where the program said something; for the rest xterm knows what it has and what it does not.
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, (params) => {
    const mode = numbers(params)[0] ?? 0;
    const isOn = tracker.modes.isPrivateSet(mode);
    if (isOn === undefined) return false;
    reply(`\x1b[?${mode};${isOn ? 1 : 2}$y`);
    return true;
  });
}

function answerSettings(parser: Parser, { core, tracker, size, reply }: ReplyContext): void {
  const settings: Record<string, () => string> = {
    m: () => `${sgrParameters(penOf(core._inputHandler._curAttrData))}m`,
    ' q': () => `${tracker.cursorStyle ?? 1} q`,
    s: () => `${tracker.sideMargins?.left ?? 1};${tracker.sideMargins?.right || size().cols}s`,
    t: () => `${size().rows}t`,
    '$|': () => `${size().cols}$|`,
    '*|': () => `${size().rows}*|`,
  };
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, (name) => {
    const setting = settings[name];
    if (setting !== undefined) reply(`\x1bP1$r${setting()}\x1b\\`);
    return setting !== undefined;
  });
}

function answerSizes(parser: Parser, { size, reply }: ReplyContext): void {
  parser.registerCsiHandler({ final: 't' }, (params) => {
    const { cols, rows, pixelWidth, pixelHeight } = size();
    const width = pixelWidth ?? cols * cellPixels.width;
    const height = pixelHeight ?? rows * cellPixels.height;
    const answers: Record<number, string> = {
      14: `\x1b[4;${height};${width}t`,
      16: `\x1b[6;${Math.floor(height / rows)};${Math.floor(width / cols)}t`,
      18: `\x1b[8;${rows};${cols}t`,
      19: `\x1b[9;${rows};${cols}t`,
    };
    const answer = answers[numbers(params)[0] ?? 0];
    if (answer === undefined) return false;
    reply(answer);
    return true;
  });
}

function answerColours(parser: Parser, { tracker, known, reply }: ReplyContext): void {
  const { palette, special } = tracker.colours;
  parser.registerOscHandler(4, (data) => {
    const parts = data.split(';');
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const index = Number(parts[at]);
      if (parts[at + 1] !== '?' || !(index < 256)) continue;
      const set = palette.get(index);
      const answer = set === undefined ? known.answerTo(`OSC 4;${index}`) : undefined;
      reply(answer ?? `\x1b]4;${index};${set ?? paletteColour(index)}\x1b\\`);
    }
    return false;
  });
  for (const first of [10, 11, 12, 17, 19]) {
    parser.registerOscHandler(first, (data) => {
      data.split(';').forEach((colour, offset) => {
        const number = first + offset;
        if (colour !== '?') return;
        const set = special.get(number);
        const answer = set === undefined ? known.answerTo(`OSC ${number}`) : undefined;
        const value = set ?? defaultColours[number];
        if (answer !== undefined) reply(answer);
        else if (value !== undefined) reply(`\x1b]${number};${value}\x1b\\`);
      });
      return false;
    });
  }
}

/** xterm's own palette: 16 named colours, a cube, and greys. */
function paletteColour(index: number): string {
  if (index < 16) return rgb(...named[index]!);
  if (index >= 232) return rgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10);
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const named: readonly [number, number, number][] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

function rgb(...channels: number[]): string {
  return `rgb:${channels.map((channel) => channel.toString(16).padStart(2, '0').repeat(2)).join('/')}`;
}
