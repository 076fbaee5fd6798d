// Output that is lines of text in colours, read line by line into packed cells, without a screen in between. What comes of it
// is what xterm.js's parser and `print` make of it on an empty last row; any other line is left to those.

import type { LinePacker } from './line-packer.ts';
import { openRun, writeCharacter, writeGap } from './packed-cells.ts';
import { applySgr } from './sgr.ts';
import { StyledRuns } from './styled-runs.ts';
import { loneWidth } from './unicode.ts';
import { characterAt, utf8Length } from './utf8.ts';
import type { Core, CoreAttributes } from './xterm-core.ts';

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const escapeByte = 0x1b;
const openBracket = 0x5b;
const semicolon = 0x3b;
const finalK = 0x4b;
const finalM = 0x6d;
/** The first character behind the C1 controls. */
const afterControls = 0xa0;

/** Bits of a pen's background: its colour, and that it has an underline's style or a link. */
const colourMask = 0x3ff_ffff;
const hasExtended = 1 << 28;

/** More than any program sends; xterm.js keeps 32. */
const maxParameters = 16;
const maxParameter = 9_999;

export class OutputLines {
  readonly #core: Core;
  readonly #packer: LinePacker;
  readonly #bytes: Uint8Array;
  readonly #pen: CoreAttributes;
  readonly #cols: number;
  readonly #parameters = new Int32Array(maxParameters);
  #at = 0;
  // Of the row that is being written:
  #col = 0;
  #cellsPlace = 0;
  #isWrapped = false;
  #runs = 0;
  #text = 0;
  #styled: StyledRuns | null = null;

  /** Writes to `packer`, in the pen of `core`, what stands in `bytes`. */
  constructor(core: Core, packer: LinePacker, bytes: Uint8Array) {
    this.#core = core;
    this.#packer = packer;
    this.#bytes = bytes;
    this.#pen = core._inputHandler._curAttrData;
    this.#cols = core._bufferService.cols;
  }

  /** Reads the line at `from`. Where the next one begins; null, and nothing is changed, when there is no such line. */
  read(from: number): number | null {
    const { count } = this.#packer;
    const { fg, bg, extended } = this.#pen;
    this.#at = from;
    this.#beginRow(false);
    if (this.#readLine()) return this.#at;
    Object.assign(this.#pen, { fg, bg, extended });
    this.#packer.cutTo(count);
    return null;
  }

  #readLine(): boolean {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at]!;
      if (byte >= 0x20 && byte < 0x7f) this.#readText();
      else if (byte === carriageReturn) return this.#endLine();
      else if (!(byte === escapeByte ? this.#readSequence() : byte === tab ? this.#readTab() : this.#readCharacters()))
        return false;
    }
    return false;
  }

  #endLine(): boolean {
    // What ends its lines with both already gets one more from the terminal's driver.
    while (this.#bytes[this.#at] === carriageReturn) this.#at++;
    // The next row would begin in the colour of the pen.
    if (this.#bytes[this.#at] !== lineFeed || (this.#pen.bg & colourMask) !== 0) return false;
    this.#at++;
    this.#endRow();
    return true;
  }

  #beginRow(isWrapped: boolean): void {
    this.#isWrapped = isWrapped;
    this.#col = 0;
    this.#runs = 0;
    this.#text = 0;
    this.#styled = null;
    this.#cellsPlace = this.#packer.writer.open();
  }

  #endRow(): void {
    this.#packer.writer.close(this.#cellsPlace, this.#col);
    const text = this.#runs === 1 ? this.#text : 0;
    this.#packer.add({ text, cols: this.#cols, isWrapped: this.#isWrapped, sides: this.#styled });
  }

  #wrap(): void {
    this.#endRow();
    this.#beginRow(true);
  }

  #readText(): void {
    if (this.#col === this.#cols) this.#wrap();
    const { writer } = this.#packer;
    const place = openRun(writer, this.#pen);
    if (this.#pen.fg === 0 && this.#pen.bg === 0) this.#text = writer.length;
    const end = Math.min(this.#bytes.length, this.#at + this.#cols - this.#col);
    const next = writer.ascii(this.#bytes, this.#at, end);
    this.#endRun(place, next - this.#at);
    this.#at = next;
  }

  #endRun(place: number, cells: number): void {
    this.#packer.writer.close(place, cells);
    const end = this.#col + cells;
    if ((this.#pen.bg & hasExtended) !== 0) {
      this.#styled ??= new StyledRuns();
      this.#styled.add({ start: this.#col, end, extended: this.#pen.extended });
    }
    this.#runs++;
    this.#col = end;
  }

  /** Characters beyond ASCII, as long as none joins another one and all are on this row. */
  #readCharacters(): boolean {
    const bytes = this.#bytes;
    const { writer } = this.#packer;
    const place = openRun(writer, this.#pen);
    const room = this.#cols - this.#col;
    let cells = 0;
    while (bytes[this.#at]! >= 0x80) {
      const codePoint = characterAt(bytes, this.#at);
      const width = codePoint < afterControls ? 0 : loneWidth(codePoint);
      if (width === 0 || cells + width > room) return false;
      writeCharacter(writer, codePoint, width);
      cells += width;
      this.#at += utf8Length(codePoint);
    }
    if (cells === 0) return false;
    this.#endRun(place, cells);
    // Text in a run of its own is all that is known to be mere ASCII.
    this.#text = 0;
    return true;
  }

  #readTab(): boolean {
    const { tabs } = this.#core.buffers.active;
    let next = this.#col + 1;
    while (next < this.#cols && !tabs[next]) next++;
    const gap = Math.min(next, this.#cols - 1) - this.#col;
    if (gap > 0) {
      writeGap(this.#packer.writer, gap);
      this.#runs += 2;
      this.#col += gap;
    }
    this.#at++;
    return true;
  }

  /** SGR, and EL to the end of a row that is empty there. */
  #readSequence(): boolean {
    const bytes = this.#bytes;
    const parameters = this.#parameters;
    let at = this.#at + 1;
    if (bytes[at] !== openBracket) return false;
    let count = 0;
    let value = 0;
    for (at++; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x30 && byte <= 0x39) {
        value = 10 * value + byte - 0x30;
        continue;
      }
      if (value > maxParameter || count === maxParameters) return false;
      parameters[count++] = value;
      value = 0;
      if (byte === semicolon) continue;
      this.#at = at + 1;
      if (byte === finalM) return this.#setPen(count);
      return byte === finalK && count === 1 && parameters[0] === 0 && (this.#pen.bg & colourMask) === 0;
    }
    return false;
  }

  #setPen(count: number): boolean {
    const params = this.#parameters;
    if (applySgr(this.#pen, params, count)) return true;
    return this.#core._inputHandler.charAttributes({
      length: count,
      params,
      _subParamsLength: 0,
      hasSubParams: () => false,
      getSubParams: () => null,
    });
  }
}
