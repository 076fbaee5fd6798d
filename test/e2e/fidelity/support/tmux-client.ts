// A person's view of a pane: what a client of tmux's draws, every cell with its colours. It has the blanks whose colour was
// erased and not written, which `capture-pane` leaves out.

import { join } from 'node:path';
import xterm from '@xterm/headless';
import { startPty } from '../../support/pty.ts';
import type { Sandbox } from '../../support/sandbox.ts';
import type { Pane, PaneSize } from './tmux-server.ts';

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<xterm.Terminal['buffer']['active']['getLine']>>['getCell']>>;

export interface TmuxClient {
  /** The rows as characters with what is seen of their attributes; null until all is drawn. */
  rows(): string[] | null;
  close(): Promise<void>;
}

/** Attaches a client of that size, which should be the pane's. */
export function openTmuxClient(sandbox: Sandbox, pane: Pane, size: PaneSize): TmuxClient {
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true, logLevel: 'off' });
  // Without the flag panes that are opened meanwhile would get this size.
  const argv = ['tmux', '-u', '-S', join(sandbox.root, 'panes.sock'), 'attach', '-f', 'ignore-size', '-t', pane.target];
  const pty = startPty(argv, { ...size, env: { ...sandbox.env } });
  let hasTitle = false;
  // tmux sets the title right before it draws.
  terminal.onTitleChange(() => {
    hasTitle = true;
  });
  let unparsedCount = 0;
  pty.onData((bytes) => {
    unparsedCount += 1;
    terminal.write(bytes, () => {
      unparsedCount -= 1;
    });
  });
  return {
    rows: () => (hasTitle && unparsedCount === 0 ? seenRows(terminal) : null),
    async close() {
      pty.kill('SIGHUP');
      await pty.exited;
      terminal.dispose();
    },
  };
}

function seenRows({ buffer: { active }, cols, rows }: xterm.Terminal): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    const cells = Array.from({ length: cols }, (_, column) => line?.getCell(column));
    return cells
      .map((cell) => (cell === undefined ? '' : seenCell(cell)))
      .join('')
      .trimEnd();
  });
}

/** Of a blank only what shows of it. */
function seenCell(cell: Cell): string {
  if (cell.getWidth() === 0) return '';
  const character = cell.getChars() || ' ';
  const drawn = {
    inverse: cell.isInverse(),
    underline: cell.isUnderline(),
    strike: cell.isStrikethrough(),
    overline: cell.isOverline(),
  };
  const isInked = character !== ' ' || Object.values(drawn).some(Boolean);
  const inked = {
    bold: cell.isBold(),
    dim: cell.isDim(),
    italic: cell.isItalic(),
    blink: cell.isBlink(),
    hidden: cell.isInvisible(),
    [`fg=${cell.getFgColorMode()}:${cell.getFgColor()}`]: !cell.isFgDefault(),
  };
  const seen = {
    ...drawn,
    ...(isInked ? inked : {}),
    [`bg=${cell.getBgColorMode()}:${cell.getBgColor()}`]: !cell.isBgDefault(),
  };
  const names = Object.entries(seen).flatMap(([name, isSet]) => (isSet ? name : []));
  return names.length === 0 ? character : `<${names.join(' ')}>${character}`;
}
