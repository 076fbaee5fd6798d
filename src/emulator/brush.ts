// The growing text of a repaint, with the pen and the hyperlink it has in the terminal that will read it.

import { joinBytes } from '../base/join-bytes.ts';
import { type Pen, penSequence, plainPen } from './pen.ts';

/** The target of a hyperlink, as OSC 8 gave it. */
export interface Link {
  id: string | undefined;
  uri: string;
}

/** Characters after which what was written is put away as bytes: a long text in many small pieces takes much memory. */
const settledLength = 16_384;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Brush {
  readonly #linkOf: (linkId: number) => Link | undefined;
  #text = '';
  readonly #settled: Uint8Array[] = [];
  #pen: Readonly<Pen> = plainPen;

  constructor(linkOf: (linkId: number) => Link | undefined) {
    this.#linkOf = linkOf;
  }

  get text(): string {
    return this.#settled.map((bytes) => decoder.decode(bytes)).join('') + this.#text;
  }

  /** The text in UTF-8. */
  get bytes(): Uint8Array {
    this.#settle();
    return joinBytes(this.#settled);
  }

  /** Appends whole characters as they are. What moves the pen goes through the other methods. */
  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= settledLength) this.#settle();
  }

  /** True when what is written now gets exactly these attributes. */
  has(fg: number, bg: number, ext: number, linkId: number): boolean {
    const pen = this.#pen;
    return pen.fg === fg && pen.bg === bg && pen.ext === ext && pen.linkId === linkId;
  }

  /** Makes `pen` the attributes of what is written next. */
  use(pen: Readonly<Pen>): void {
    const previous = this.#pen;
    if (pen.fg !== previous.fg || pen.bg !== previous.bg || pen.ext !== previous.ext) {
      this.#text += penSequence(pen, previous);
    }
    if (pen.linkId !== previous.linkId) this.#text += linkSequence(this.#linkOf(pen.linkId));
    this.#pen = pen;
  }

  #settle(): void {
    this.#settled.push(encoder.encode(this.#text));
    this.#text = '';
  }

  /** Makes the attributes known, whatever they were. */
  reset(): void {
    this.#text += '\x1b[0m\x1b[0"q\x1b]8;;\x1b\\';
    this.#pen = plainPen;
  }
}

function linkSequence(link: Link | undefined): string {
  if (link === undefined) return '\x1b]8;;\x1b\\';
  return `\x1b]8;${link.id === undefined ? '' : `id=${link.id}`};${link.uri}\x1b\\`;
}
