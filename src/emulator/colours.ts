// Colours the program changed: the palette (OSC 4, 5) and the special ones (OSC 10-19), as it wrote them.

const firstSpecial = 10;
const lastSpecial = 19;
/** Colours OSC 4 can name: 256, and the few special ones behind them. */
const maxPalette = 256 + 8;
/** Characters of one colour's text. More is no colour. */
const maxSpecLength = 64;

export class Colours {
  readonly palette = new Map<number, string>();
  readonly special = new Map<number, string>();

  /** OSC 4: pairs of index and colour. Questions are passed over. */
  setPalette(data: string): void {
    const parts = data.split(';');
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const index = Number(parts[at] || Number.NaN);
      if (Number.isInteger(index) && index >= 0 && index < maxPalette && isColour(parts[at + 1]!)) {
        this.palette.set(index, parts[at + 1]!);
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
      if (number + offset <= lastSpecial && isColour(colour)) this.special.set(number + offset, colour);
    });
  }

  /** OSC 110-119. */
  resetSpecial(number: number): void {
    this.special.delete(number);
  }

  reset(): void {
    this.palette.clear();
    this.special.clear();
  }
}

export const specialColours: readonly number[] = Array.from(
  { length: lastSpecial - firstSpecial + 1 },
  (_, offset) => firstSpecial + offset,
);

function isColour(text: string): boolean {
  return text !== '' && text !== '?' && text.length <= maxSpecLength;
}

export function colourSequence(colours: Colours): string {
  let text = '';
  for (const [index, colour] of colours.palette) text += `\x1b]4;${index};${colour}\x1b\\`;
  for (const [number, colour] of colours.special) text += `\x1b]${number};${colour}\x1b\\`;
  return text;
}
