// Colours the program changed: the palette (OSC 4, 5) and the special ones (OSC 10-19), as it wrote them.

import type { Terminal } from '@xterm/headless';

const lastSpecial = 19;
/** Colours OSC 4 can name: 256, and the few special ones behind them. */
const maxPalette = 256 + 8;
/** Characters of one colour's text. More is no colour. */
const maxSpecLength = 64;

export class Colours {
  readonly palette = new Map<number, string>();
  readonly special = new Map<number, string>();
  readonly #touched = new Set<number>();

  /** OSC 4: pairs of index and colour. Questions are passed over. */
  setPalette(data: string): void {
    const parts = data.split(';');
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const index = Number(parts[at] || Number.NaN);
      if (Number.isInteger(index) && index >= 0 && index < maxPalette && isColour(parts[at + 1]!)) {
        this.palette.set(index, parts[at + 1]!);
        this.#touched.add(4);
      }
    }
  }

  /** OSC 104: those named, or all. */
  resetPalette(data: string): void {
    if (data === '') this.palette.clear();
    else for (const index of data.split(';')) this.palette.delete(Number(index));
  }

  /** OSC 10-19: each further colour is for the number after. */
  setSpecial(number: number, data: string): void {
    data.split(';').forEach((colour, offset) => {
      if (number + offset > lastSpecial || !isColour(colour)) return;
      this.special.set(number + offset, colour);
      this.#touched.add(number + offset);
    });
  }

  /** OSC 110-119. */
  resetSpecial(number: number): void {
    this.special.delete(number);
  }

  /** OSC numbers of what was ever set: 4 for the palette, 10-19; even if it is back to normal. */
  get touched(): ReadonlySet<number> {
    return this.#touched;
  }

  reset(): void {
    this.palette.clear();
    this.special.clear();
  }
}

function isColour(text: string): boolean {
  return text !== '' && text !== '?' && text.length <= maxSpecLength;
}

/** Back to the terminal's own colours, where the program set any. */
export function colourResetSequence(colours: Colours): string {
  return [...colours.touched].map((number) => `\x1b]${number + 100}\x1b\\`).join('');
}

export function colourSequence(colours: Colours): string {
  let text = '';
  for (const [index, colour] of colours.palette) text += `\x1b]4;${index};${colour}\x1b\\`;
  for (const [number, colour] of colours.special) text += `\x1b]${number};${colour}\x1b\\`;
  return text;
}

/** Follows OSC 4, 10-19 and their resets. */
export function watchColours(parser: Terminal['parser'], colours: Colours): void {
  const on = (number: number, act: (data: string) => void) =>
    parser.registerOscHandler(number, (data) => {
      act(data);
      return false;
    });
  on(4, (data) => colours.setPalette(data));
  on(104, (data) => colours.resetPalette(data));
  for (let number = 10; number <= 19; number++) {
    on(number, (data) => colours.setSpecial(number, data));
    on(number + 100, () => colours.resetSpecial(number));
  }
}
