// Where xterm.js does otherwise than the terminals that our users have, its emulator is mended here, so that the screen
// it keeps is the one they would have seen. (Text, its decoding and the saved cursor, which are mended too, have their own files.)

import type { Terminal } from '@xterm/headless';
import type { Links } from './links.ts';
import { mendDecoder } from './mend-decoder.ts';
import { mendText } from './mend-text.ts';
import { blankCell } from './packed-cells.ts';
import { mendForPacking, unpackHistory } from './packed-history.ts';
import type { Core, CoreBuffer, CoreLine, CoreParams } from './xterm-core.ts';

export function mendXterm(terminal: Terminal, core: Core, links: Links): void {
  mendLinks(core, links);
  mendDecoder(core._inputHandler);
  mendText(core);
  mendWrapScroll(core);
  mendScrollUp(core);
  mendEraseAbove(core);
  mendAlignmentPattern(core);
  mendScreenSwitch(core);
  mendFullReset(terminal, core);
  mendForPacking(core);
}

function mendLinks(core: Core, links: Links): void {
  core._oscLinkService.registerLink = (link) => links.register({ id: link.id, uri: link.uri });
  core._oscLinkService.addLineToLink = () => {};
}

// A line that scrolls in because text wraps is plain, as in VTE and tmux; only a line feed colours it.
function mendWrapScroll(core: Core): void {
  const service = core._bufferService;
  const original = service.scroll.bind(service);
  const plain = { fg: 0, bg: 0, extended: core._inputHandler._curAttrData.extended.clone() };
  service.scroll = (attributes, isWrapped = false) => original(isWrapped ? plain : attributes, isWrapped);
}

// SU from the top row of the normal screen fills the history, as in xterm, VTE and tmux; xterm.js drops the lines.
function mendScrollUp(core: Core): void {
  const input = core._inputHandler;
  const original = input.scrollUp.bind(input);
  input.scrollUp = (params: CoreParams) => {
    const { active, normal } = core.buffers;
    if (active !== normal || active.scrollTop > 0) return original(params);
    const count = Math.min(params.params[0] || 1, active.scrollBottom + 1);
    for (let left = count; left > 0; left--) core._bufferService.scroll(input._eraseAttrData());
    return true;
  };
}

// ED 1 from the last column looks for the next line in the wrong place, and throws when there is none.
function mendEraseAbove(core: Core): void {
  const input = core._inputHandler;
  const original = input.eraseInDisplay.bind(input);
  input.eraseInDisplay = (params: CoreParams, respectProtect = false) => {
    const { active } = core.buffers;
    const cols = active.lines.get(active.ybase)?.length ?? 0;
    if (params.params[0] !== 1 || active.x + 1 < cols) return original(params, respectProtect);
    input._restrictCursor(cols);
    for (let row = 0; row <= active.y; row++) input._resetBufferLine(row, respectProtect);
    unwrap(active, active.y + 1);
    return true;
  };
}

function unwrap(buffer: CoreBuffer, row: number): void {
  const line = buffer.ybase + row < buffer.lines.length ? buffer.lines.get(buffer.ybase + row) : undefined;
  if (line !== undefined) line.isWrapped = false;
}

// The pattern is plain and takes the whole screen; xterm.js draws it with the pen and inside of the region.
function mendAlignmentPattern(core: Core): void {
  const input = core._inputHandler;
  const original = input.screenAlignmentPattern.bind(input);
  input.screenAlignmentPattern = () => {
    const pen = input._curAttrData;
    const { fg, bg } = pen;
    const { active } = core.buffers;
    active.scrollTop = 0;
    active.scrollBottom = core._bufferService.rows - 1;
    core.coreService.decPrivateModes.origin = false;
    Object.assign(pen, { fg: 0, bg: 0 });
    original();
    Object.assign(pen, { fg, bg });
    return true;
  };
}

// A terminal has one scroll region and one set of tab stops; xterm.js has them per screen.
function mendScreenSwitch(core: Core): void {
  const { buffers } = core;
  for (const activate of ['activateNormalBuffer', 'activateAltBuffer'] as const) {
    const original = buffers[activate].bind(buffers);
    buffers[activate] = (fill) => {
      const { scrollTop, scrollBottom, tabs } = buffers.active;
      original(fill);
      Object.assign(buffers.active, { scrollTop, scrollBottom, tabs });
    };
  }
}

// RIS clears the screen, but neither xterm, VTE nor tmux throw the history away with it. Newline mode and a hidden cursor
// end with it, which xterm.js forgets.
function mendFullReset(terminal: Terminal, core: Core): void {
  const service = core._bufferService;
  const original = service.reset.bind(service);
  service.reset = () => {
    const { normal } = core.buffers;
    const history = Array.from({ length: normal.ybase }, (_, index) => normal.lines.get(index)!);
    original();
    keepHistory(core.buffers.normal, history);
    core.coreService.isCursorHidden = false;
    terminal.options.convertEol = false;
  };
}

/** Lines moved at a time: they travel as arguments of one call. */
const linesPerSplice = 1_000;

function keepHistory(buffer: CoreBuffer, history: readonly CoreLine[]): void {
  for (let at = 0; at < history.length; at += linesPerSplice) {
    buffer.lines.splice(at, 0, ...history.slice(at, at + linesPerSplice));
  }
  buffer.ybase = history.length;
  buffer.ydisp = history.length;
}

/**
 * Resizes. xterm.js then keeps the cut-off part of the alternate screen's lines, lets that screen have a history if it was
 * empty, and leaves half of a wide character at the edge.
 */
export function resizeMended(terminal: Terminal, core: Core, asked: { cols: number; rows: number }): void {
  unpackHistory(core);
  terminal.resize(asked.cols, asked.rows);
  const { cols, rows } = terminal;
  const { normal, alt } = core.buffers;
  if (alt.lines.length === 0) alt.lines.maxLength = rows;
  for (const { lines } of [normal, alt]) {
    for (let index = 0; index < lines.length; index++) {
      const line = lines.get(index)!;
      if (line.length > cols) line.resize(cols, alt.getNullCell());
      const last = (cols - 1) * 3;
      if (line._data[last]! >>> 22 === 2) line._data[last] = blankCell;
    }
  }
}
