// A second opinion about a recording: what plain xterm.js shows of its bytes, without anything of ours. Where that is not
// what tmux shows, no repaint can look the same in both.

import xterm from '@xterm/headless';
import type { Recording } from './recordings.ts';

export interface PlainScreen {
  lines: string[];
  cursor: string;
  title: string | undefined;
  history: string[];
}

export async function plainXterm({ cols, rows, bytes, newline }: Recording): Promise<PlainScreen> {
  const terminal = new xterm.Terminal({ cols, rows, scrollback: 5000, allowProposedApi: true, logLevel: 'off' });
  let title: string | undefined;
  terminal.onTitleChange((text) => {
    title = text;
  });
  await new Promise<void>((resolve) => terminal.write(newline === 'onlcr' ? withReturns(bytes) : bytes, resolve));
  const buffer = terminal.buffer.active;
  const row = (index: number) => buffer.getLine(index)?.translateToString(true).trimEnd() ?? '';
  const all = Array.from({ length: buffer.baseY + rows }, (_, index) => row(index));
  const cursor = `${buffer.cursorX},${buffer.cursorY}`;
  terminal.dispose();
  return { lines: withoutBlankEnd(all.slice(-rows)), cursor, title, history: all.slice(0, -rows) };
}

/** What a terminal line with ONLCR makes of it. */
function withReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** What of a pane can be compared with it: rows of plain text, cursor. */
export function plainText(rows: readonly string[]): string[] {
  return withoutBlankEnd(rows.map((row) => row.replace(/<[a-z][^<>]*=[^<>]*>/g, '').trimEnd()));
}

function withoutBlankEnd(lines: string[]): string[] {
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
