// Lines with SGR, as `capture-pane -e` prints them, as cells: two ways to write the same line are the same then.

/**
 * Each line as its characters with their attributes. Blanks at the ends are dropped, coloured or not: tmux prints those
 * that were written and leaves out those that were erased, which look the same.
 */
export function ansiCells(lines: readonly string[]): string[] {
  const state = new Map<string, string>();
  return lines.map((line) => cellsOf(line, state));
}

function cellsOf(line: string, state: Map<string, string>): string {
  const cells: string[] = [];
  let isDrawing = false;
  for (const [part, sgr, character] of line.matchAll(/\x1b\[([\d;:]*)m|\x1b\][^\x1b]*\x1b\\|[\x0e\x0f]|([^\x1b])/gu)) {
    if (sgr !== undefined) applySgr(state, sgr);
    else if (character !== undefined) cells.push(`${attributes(state)}${isDrawing ? drawn(character) : character}`);
    else if (part === '\x0e' || part === '\x0f') isDrawing = part === '\x0e';
  }
  while (cells.at(-1)?.endsWith(' ')) cells.pop();
  return cells.join('');
}

function attributes(state: ReadonlyMap<string, string>): string {
  const set = [...state].filter(([, value]) => value !== '').sort();
  return set.length === 0 ? '' : `<${set.map(([name, value]) => `${name}=${value}`).join(' ')}>`;
}

const flags: Record<string, [name: string, value: string][]> = {
  1: [['bold', 'on']],
  2: [['dim', 'on']],
  3: [['italic', 'on']],
  4: [['underline', '1']],
  5: [['blink', 'on']],
  7: [['inverse', 'on']],
  8: [['hidden', 'on']],
  9: [['strike', 'on']],
  21: [['underline', '2']],
  22: [
    ['bold', ''],
    ['dim', ''],
  ],
  23: [['italic', '']],
  24: [['underline', '']],
  25: [['blink', '']],
  27: [['inverse', '']],
  28: [['hidden', '']],
  29: [['strike', '']],
  39: [['fg', '']],
  49: [['bg', '']],
  53: [['overline', 'on']],
  55: [['overline', '']],
  59: [['colour', '']],
};

function applySgr(state: Map<string, string>, sgr: string): void {
  const parameters = (sgr === '' ? '0' : sgr).split(';');
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at]!;
    if (parameter === '0' || parameter === '') state.clear();
    else if (parameter.startsWith('4:')) state.set('underline', parameter.slice(2) === '0' ? '' : parameter.slice(2));
    else if (/^[345]8:/.test(parameter)) state.set(colourName(parameter), parameter);
    else if (/^[345]8$/.test(parameter)) {
      const length = parameters[at + 1] === '5' ? 3 : 5;
      state.set(colourName(parameter), parameters.slice(at, at + length).join(':'));
      at += length - 1;
    } else if (flags[parameter] !== undefined) for (const [name, value] of flags[parameter]) state.set(name, value);
    else state.set(/^(3|9)\d$/.test(parameter) ? 'fg' : 'bg', parameter);
  }
}

// The DEC drawing set from 0x60 on. tmux keeps the letters, an emulator what they stand for.
const drawing = [...'◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·'];

function drawn(character: string): string {
  return drawing[character.charCodeAt(0) - 0x60] ?? character;
}

function colourName(parameter: string): string {
  if (parameter.startsWith('3')) return 'fg';
  return parameter.startsWith('4') ? 'bg' : 'colour';
}
