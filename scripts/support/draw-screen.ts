// A terminal's screen as an SVG picture: text in runs of one style, backgrounds as rectangles, the cursor as a block.

import type { IBufferCell, Terminal } from '@xterm/headless';

const cell = { width: 8.4, height: 18 } as const;
const margin = 12;
const colours = { foreground: '#d8dee9', background: '#1f2430' } as const;

/** The sixteen colours of the picture's terminal. */
const palette = [
  ...['#3b4252', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d8dee9'],
  ...['#636d83', '#ef7a85', '#a9d38a', '#f2cf8c', '#7bbcff', '#d48ee8', '#6fcbd6', '#ffffff'],
];

interface Style {
  foreground: string;
  background: string | null;
  isBold: boolean;
  isFaint: boolean;
  isUnderlined: boolean;
}

interface Run {
  col: number;
  cells: number;
  text: string;
  style: Style;
}

export function drawScreen(screen: Terminal): string {
  const width = screen.cols * cell.width + 2 * margin;
  const height = screen.rows * cell.height + 2 * margin;
  const rows = Array.from({ length: screen.rows }, (_, row) => runsOf(screen, row).map((run) => drawRun(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${colours.background}"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
    ...rows.flat(2),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Cells of the same style side by side; blanks without a background are left out. */
function runsOf(screen: Terminal, row: number): Run[] {
  const line = screen.buffer.active.getLine(screen.buffer.active.baseY + row);
  const runs: Run[] = [];
  for (let col = 0; line !== undefined && col < screen.cols; col++) {
    const found = line.getCell(col);
    if (found === undefined || found.getWidth() === 0) continue;
    const style = styleOf(found);
    const text = found.getChars() || ' ';
    const last = runs.at(-1);
    const isWide = found.getWidth() > 1;
    if (
      last !== undefined &&
      !isWide &&
      last.col + last.cells === col &&
      JSON.stringify(last.style) === JSON.stringify(style)
    ) {
      last.text += text;
      last.cells += 1;
    } else runs.push({ col, cells: found.getWidth(), text, style });
  }
  return runs.filter(({ text, style }) => text.trim() !== '' || style.background !== null);
}

function styleOf(found: IBufferCell): Style {
  const foreground =
    colourOf(found.getFgColor(), { isRgb: found.isFgRGB(), isDefault: found.isFgDefault() }) ?? colours.foreground;
  const background = colourOf(found.getBgColor(), { isRgb: found.isBgRGB(), isDefault: found.isBgDefault() });
  const isInverse = found.isInverse() !== 0;
  return {
    foreground: isInverse ? (background ?? colours.background) : foreground,
    background: isInverse ? foreground : background,
    isBold: found.isBold() !== 0,
    isFaint: found.isDim() !== 0,
    isUnderlined: found.isUnderline() !== 0,
  };
}

function colourOf(colour: number, { isRgb, isDefault }: { isRgb: boolean; isDefault: boolean }): string | null {
  if (isDefault) return null;
  if (isRgb) return hex(colour >> 16, (colour >> 8) & 255, colour & 255);
  if (colour < 16) return palette[colour] ?? null;
  if (colour >= 232) return hex(...([8, 8, 8].map((least) => least + 10 * (colour - 232)) as [number, number, number]));
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const index = colour - 16;
  return hex(level(Math.floor(index / 36)), level(Math.floor(index / 6) % 6), level(index % 6));
}

function hex(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function drawRun({ col, cells, text, style }: Run, row: number): string[] {
  const x = (margin + col * cell.width).toFixed(1);
  const y = margin + row * cell.height;
  const width = (cells * cell.width).toFixed(1);
  const drawn: string[] = [];
  if (style.background !== null)
    drawn.push(`<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${style.background}"/>`);
  if (text.trim() === '') return drawn;
  const looks = [
    `fill="${style.foreground}"`,
    style.isBold ? 'font-weight="bold"' : '',
    style.isFaint ? 'opacity="0.6"' : '',
    style.isUnderlined ? 'text-decoration="underline"' : '',
  ].filter((look) => look !== '');
  // Told how long it is, a run keeps its cells in any font.
  drawn.push(
    `<text x="${x}" y="${y + 13.5}" textLength="${width}" lengthAdjust="spacingAndGlyphs" ${looks.join(' ')}>${escaped(text)}</text>`,
  );
  return drawn;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
