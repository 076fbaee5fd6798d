// Keeps the books of a terminal: reads all bytes that it was sent and tells what they left switched on, also of what
// xterm.js itself does not know (keyboard protocols, colours).

import xterm from '@xterm/headless';

/** What is as it was at first is not in it. */
export interface Ledger {
  privateModes: string[];
  modes: string[];
  kittyKeys: { normal: number[]; alternate: number[] };
  modifyOtherKeys: string;
  cursorStyle: string;
  region: string;
  colours: string[];
  title: string;
  link: string;
  isAlternate: boolean;
}

/** Private modes that are on in a terminal that nobody has touched: wrapping and the cursor. */
const onAtFirst = new Set([7, 25]);
/** Bookkeeping of xterm.js's own handlers, which see these as well. */
const screenModes = new Set([47, 1047, 1048, 1049]);

type Parameters = (number | number[])[];

/** The books after all of `bytes`, which may be any part of what the terminal was ever sent, from its start. */
export async function ledgerOf(bytes: Uint8Array, size: { cols: number; rows: number }): Promise<Ledger> {
  const windowOptions = { pushTitle: true, popTitle: true };
  const terminal = new xterm.Terminal({ ...size, windowOptions, allowProposedApi: true, logLevel: 'off' });
  const book = openBook(terminal);
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const isAlternate = terminal.buffer.active.type === 'alternate';
  terminal.dispose();
  return { ...book(), isAlternate };
}

function openBook({ parser, rows, buffer, onTitleChange }: xterm.Terminal): () => Omit<Ledger, 'isAlternate'> {
  const privateModes = new Map<number, boolean>();
  const modes = new Set<number>();
  const kittyKeys: Ledger['kittyKeys'] = { normal: [], alternate: [] };
  const colours = new Set<string>();
  const last = { modifyOtherKeys: '', cursorStyle: '', region: '', title: '', link: '' };
  const on = (id: { prefix?: string; intermediates?: string; final: string }, note: (params: Parameters) => void) =>
    parser.registerCsiHandler(id, (params) => {
      note(params);
      return false;
    });
  const onString = (code: number, note: (data: string) => void) =>
    parser.registerOscHandler(code, (data) => {
      note(data);
      return false;
    });
  const keys = () => kittyKeys[buffer.active.type];

  for (const isOn of [true, false]) {
    const final = isOn ? 'h' : 'l';
    on({ prefix: '?', final }, (params) => {
      for (const mode of params.flat()) privateModes.set(mode, isOn);
    });
    on({ final }, (params) => {
      for (const mode of params.flat()) isOn ? modes.add(mode) : modes.delete(mode);
    });
  }
  on({ prefix: '>', final: 'u' }, ([flags]) => void keys().push(Number(flags)));
  on({ prefix: '<', final: 'u' }, ([count]) => void keys().splice(-Math.max(1, Number(count))));
  on({ prefix: '>', final: 'm' }, ([resource, value]) => {
    if (resource === 4) last.modifyOtherKeys = value ? String(value) : '';
  });
  on({ intermediates: ' ', final: 'q' }, ([style]) => {
    last.cursorStyle = Number(style) > 1 ? String(style) : '';
  });
  on({ final: 'r' }, ([top = 0, bottom = 0]) => {
    const isWhole = Number(top) <= 1 && (bottom === 0 || bottom === rows);
    last.region = isWhole ? '' : `${top}-${bottom}`;
  });
  on({ intermediates: '!', final: 'p' }, () => {
    modes.clear();
    last.region = '';
    for (const mode of [6, 7, 25, 1, 66]) privateModes.set(mode, onAtFirst.has(mode));
  });
  for (const final of ['=', '>']) {
    parser.registerEscHandler({ final }, () => {
      privateModes.set(66, final === '=');
      return false;
    });
  }
  for (const code of [10, 11, 12, 17, 19]) {
    onString(code, (data) => void (data !== '?' && colours.add(String(code))));
    onString(code + 100, () => void colours.delete(String(code)));
  }
  onString(4, (data) => void colours.add(`4;${data.split(';')[0]}`));
  onString(104, (data) => {
    for (const colour of [...colours])
      if (colour.startsWith('4;') && (data === '' || data === colour.slice(2))) colours.delete(colour);
  });
  onString(8, (data) => {
    last.link = data.slice(data.indexOf(';') + 1);
  });
  onTitleChange((title) => {
    last.title = title;
  });

  return () => ({
    ...last,
    privateModes: [...privateModes]
      .filter(([mode, isOn]) => isOn !== onAtFirst.has(mode) && !screenModes.has(mode))
      .map(([mode, isOn]) => `${mode} ${isOn ? 'on' : 'off'}`),
    modes: [...modes].map(String),
    kittyKeys,
    colours: [...colours],
  });
}
