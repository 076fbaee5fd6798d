// The private parts of @xterm/headless 6.0.0 that we read or call, named in this one place. The version is pinned;
// `openCore` throws at once when a part has moved, and a test says which.

import type { Terminal } from '@xterm/headless';

/** Attributes of a cell or of the pen. Bit layout: see pen.ts. */
export interface CoreAttributes {
  fg: number;
  bg: number;
  extended: CoreExtended;
}

/** Underline style and colour, and the hyperlink, of a cell. Shared between cells, so never changed in place. */
export interface CoreExtended {
  /** Underline style and colour, also where a hyperlink makes the public getter say otherwise. */
  _ext: number;
  urlId: number;
  clone(): CoreExtended;
}

export interface CoreLine {
  /** Three numbers per cell: content, fg, bg. */
  readonly _data: Uint32Array;
  readonly _combined: Record<number, string>;
  readonly _extendedAttrs: Record<number, CoreExtended | undefined>;
  readonly length: number;
  isWrapped: boolean;
  addCodepointToCell(index: number, codePoint: number, width: number): void;
  insertCells(column: number, count: number, fill: object): void;
  setCellFromCodepoint(index: number, codePoint: number, width: number, pen: object): void;
  clone(): CoreLine;
  resize(cols: number, fill: object): boolean;
  translateToString(trimRight: boolean): string;
}

export interface CoreBuffer {
  readonly lines: {
    readonly length: number;
    maxLength: number;
    /** Its lines, from the oldest at `_startIndex` on and around the end, which is at `maxLength` once it is full. */
    _array: (CoreLine | undefined)[];
    readonly _startIndex: number;
    get(index: number): CoreLine | undefined;
    set(index: number, line: CoreLine): void;
    push(line: CoreLine): void;
    /** Forgets the oldest lines, at most all. */
    trimStart(count: number): void;
    /** Makes the oldest line the newest, once the list is full. */
    recycle(): CoreLine;
    splice(start: number, deleteCount: number, ...items: CoreLine[]): void;
  };
  /** Index of the screen's first line. */
  ybase: number;
  ydisp: number;
  x: number;
  y: number;
  scrollTop: number;
  scrollBottom: number;
  tabs: Record<number, boolean | undefined>;
  getNullCell(): object;
  getBlankLine(attributes: { fg: number; bg: number }): CoreLine;
  /** Follows a line, by its index, until it is gone. */
  addMarker(index: number): CoreMarker;
}

export interface CoreMarker {
  readonly line: number;
  readonly isDisposed: boolean;
  dispose(): void;
}

/** Characters that replace ASCII ones, or undefined for ASCII itself. */
export type CoreCharset = Record<string, string> | undefined;

export interface CoreCharsets {
  charset: CoreCharset;
  glevel: number;
  _charsets: CoreCharset[];
}

export interface CoreParams {
  readonly length: number;
  readonly params: ArrayLike<number>;
  readonly _subParamsLength: number;
  hasSubParams(index: number): boolean;
  getSubParams(index: number): ArrayLike<number> | null;
}

/** What setting modes reads of the parameters. */
export type ModeParams = Pick<CoreParams, 'length' | 'params'>;

/** UTF-8 to code points, over any cut. */
export interface CoreDecoder {
  /** The beginning of a character that was cut, then zeros. */
  readonly interim: Uint8Array;
  clear(): void;
  /** How many code points were put into `target`. */
  decode(bytes: Uint8Array, target: Uint32Array): number;
}

export interface CoreInput {
  /** Parses at once, unlike the public write; the screen is settled on return. */
  parse(data: Uint8Array): void;
  readonly _parser: {
    readonly currentState: number;
    /** Of the character just printed, 0 once any control followed it. */
    precedingJoinState: number;
    reset(): void;
  };
  _utf8Decoder: CoreDecoder;
  _curAttrData: CoreAttributes;
  lineFeed(): boolean;
  index(): boolean;
  saveCursor(): boolean;
  restoreCursor(): boolean;
  print(codePoints: Uint32Array, start: number, end: number): void;
  charAttributes(params: CoreParams): boolean;
  screenAlignmentPattern(): boolean;
  scrollUp(params: CoreParams): boolean;
  eraseInDisplay(params: CoreParams, respectProtect?: boolean): boolean;
  setModePrivate(params: ModeParams): boolean;
  resetModePrivate(params: ModeParams): boolean;
  _eraseAttrData(): CoreAttributes;
  _resetBufferLine(row: number, respectProtect: boolean): void;
  _restrictCursor(maxCol?: number): void;
}

export interface Core {
  readonly _inputHandler: CoreInput;
  readonly _charsetService: CoreCharsets;
  readonly _bufferService: {
    scroll(eraseAttributes: CoreAttributes, isWrapped?: boolean): void;
    reset(): void;
    readonly cols: number;
    readonly rows: number;
  };
  readonly _oscLinkService: {
    registerLink(link: { id?: string; uri: string }): number;
    addLineToLink(linkId: number, line: number): void;
  };
  readonly buffers: {
    readonly normal: CoreBuffer;
    readonly alt: CoreBuffer;
    readonly active: CoreBuffer;
    activateNormalBuffer(fill?: CoreAttributes): void;
    activateAltBuffer(fill?: CoreAttributes): void;
  };
  readonly coreService: {
    isCursorHidden: boolean;
    readonly modes: { insertMode: boolean };
    readonly decPrivateModes: {
      origin: boolean;
      wraparound: boolean;
      reverseWraparound: boolean;
      synchronizedOutput: boolean;
    };
  };
}

/** Whether all that was parsed is dealt with: what comes next begins a character, and no sequence goes on. */
export function isBetween({ _parser, _utf8Decoder }: CoreInput): boolean {
  return _parser.currentState === 0 && _utf8Decoder.interim[0] === 0;
}

/** The private side of `terminal`. Throws when this is not the version we know. */
export function openCore(terminal: Terminal): Core {
  const core = (terminal as unknown as { _core?: Core })._core;
  const moved = core === undefined ? ['_core'] : missingParts(core);
  if (core === undefined || moved.length > 0) {
    throw new Error(`@xterm/headless is not the version that this emulator knows: ${moved.join(', ')} moved`);
  }
  return core;
}

function missingParts(core: Core): string[] {
  const input = core._inputHandler;
  const buffer = core.buffers?.normal;
  const parts: Record<string, boolean> = {
    'inputHandler.parse': typeof input?.parse === 'function',
    'parser.currentState': input?._parser?.currentState === 0,
    'parser.precedingJoinState': input?._parser?.precedingJoinState === 0,
    'parser.reset': typeof input?._parser?.reset === 'function',
    'utf8Decoder.interim': input?._utf8Decoder?.interim instanceof Uint8Array,
    'utf8Decoder.decode': typeof input?._utf8Decoder?.decode === 'function',
    'inputHandler._curAttrData': typeof input?._curAttrData?.extended?._ext === 'number',
    'inputHandler.lineFeed': typeof input?.lineFeed === 'function',
    'inputHandler.index': typeof input?.index === 'function',
    'inputHandler.saveCursor': typeof input?.saveCursor === 'function',
    'inputHandler.restoreCursor': typeof input?.restoreCursor === 'function',
    'inputHandler.print': typeof input?.print === 'function',
    'inputHandler.charAttributes': typeof input?.charAttributes === 'function',
    'inputHandler.screenAlignmentPattern': typeof input?.screenAlignmentPattern === 'function',
    'line.addCodepointToCell': typeof buffer?.lines?.get(0)?.addCodepointToCell === 'function',
    'inputHandler.scrollUp': typeof input?.scrollUp === 'function',
    'inputHandler.eraseInDisplay': typeof input?.eraseInDisplay === 'function',
    'inputHandler.setModePrivate': typeof input?.setModePrivate === 'function',
    'inputHandler.resetModePrivate': typeof input?.resetModePrivate === 'function',
    'inputHandler._eraseAttrData': typeof input?._eraseAttrData === 'function',
    'inputHandler._resetBufferLine': typeof input?._resetBufferLine === 'function',
    'inputHandler._restrictCursor': typeof input?._restrictCursor === 'function',
    'charsetService._charsets': Array.isArray(core._charsetService?._charsets),
    'bufferService.scroll': typeof core._bufferService?.scroll === 'function',
    'bufferService.reset': typeof core._bufferService?.reset === 'function',
    'buffers.activateNormalBuffer': typeof core.buffers?.activateNormalBuffer === 'function',
    'buffers.activateAltBuffer': typeof core.buffers?.activateAltBuffer === 'function',
    'lines._array': Array.isArray(buffer?.lines?._array),
    'lines._startIndex': buffer?.lines?._startIndex === 0,
    'lines.set': typeof buffer?.lines?.set === 'function',
    'lines.push': typeof buffer?.lines?.push === 'function',
    'lines.trimStart': typeof buffer?.lines?.trimStart === 'function',
    'lines.recycle': typeof buffer?.lines?.recycle === 'function',
    'buffer.getBlankLine': typeof buffer?.getBlankLine === 'function',
    'line.clone': typeof buffer?.lines?.get(0)?.clone === 'function',
    'lines.splice': typeof buffer?.lines?.splice === 'function',
    'oscLinkService.registerLink': typeof core._oscLinkService?.registerLink === 'function',
    'oscLinkService.addLineToLink': typeof core._oscLinkService?.addLineToLink === 'function',
    'buffers.alt': core.buffers?.alt !== undefined,
    'buffer.scrollBottom': typeof buffer?.scrollBottom === 'number',
    'buffer.addMarker': typeof buffer?.addMarker === 'function',
    'buffer.getNullCell': typeof buffer?.getNullCell === 'function',
    'line.insertCells': typeof buffer?.lines?.get(0)?.insertCells === 'function',
    'line.setCellFromCodepoint': typeof buffer?.lines?.get(0)?.setCellFromCodepoint === 'function',
    'line.resize': typeof buffer?.lines?.get(0)?.resize === 'function',
    'buffer.tabs': typeof buffer?.tabs === 'object',
    'line._data': buffer?.lines?.get(0)?._data instanceof Uint32Array,
    'line._extendedAttrs': typeof buffer?.lines?.get(0)?._extendedAttrs === 'object',
    'line._combined': typeof buffer?.lines?.get(0)?._combined === 'object',
    'coreService.isCursorHidden': core.coreService?.isCursorHidden === false,
    'coreService.modes.insertMode': core.coreService?.modes?.insertMode === false,
    'coreService.decPrivateModes.wraparound': core.coreService?.decPrivateModes?.wraparound === true,
  };
  return Object.keys(parts).filter((part) => !parts[part]);
}
