// The picture of a screen of which only its lines are known, as an older server tells them.

import type { Cells } from './crop-window.ts';
import { Emulator } from './emulator.ts';
import type { PeekFacts } from './peek.ts';
import { type Preview, preview } from './preview.ts';

const encoder = new TextEncoder();

/** `lines` are those of the screen, with SGR. */
export function previewOfLines(
  {
    lines,
    facts,
  }: { lines: readonly string[]; facts: Pick<PeekFacts, 'cols' | 'rows' | 'cursor' | 'isAlternateScreen'> },
  wanted: Cells,
): Preview {
  const { cols, rows, cursor, isAlternateScreen } = facts;
  const emulator = new Emulator({ cols, rows, historyLines: 0, onReply: () => {}, onFault: () => {} });
  // Each line in its place: one that fills its row must not wrap.
  const text = lines.map((line, row) => `\x1b[${row + 1}H${line}`).join('');
  const place = `\x1b[${cursor.row + 1};${cursor.col + 1}H`;
  emulator.feed(
    encoder.encode(
      `${isAlternateScreen ? '\x1b[?1049h' : ''}\x1b[?7l${text}${place}${cursor.isVisible ? '' : '\x1b[?25l'}`,
    ),
  );
  const shown = preview(emulator, wanted);
  emulator.dispose();
  return shown;
}
