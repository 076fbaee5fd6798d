// Which part of a screen a smaller picture of it shows: the cells around the cursor, where the person would look.

export interface Cells {
  cols: number;
  rows: number;
}

export interface ShownScreen extends Cells {
  /** Where it is, from 0, and how many columns what it stands on takes; null when there is none to look at. */
  cursor: { col: number; row: number; width: number } | null;
  /** The last row that holds anything, -1 for an empty screen. */
  lastUsedRow: number;
}

/** Counted from 0; never beyond the screen. */
export interface CropWindow extends Cells {
  top: number;
  left: number;
}

/** Of the rows besides the cursor's, how many stand above it: what came before says more than what comes after. */
const shareAbove = 3 / 4;

/**
 * The rows end at the last used one when the cursor is near it, begin at the first when it is near that, and move along with
 * it in between. The columns begin at the first, or are shifted right just as far as it takes to show the cursor.
 */
export function cropWindow(screen: ShownScreen, wanted: Cells): CropWindow {
  const cols = Math.min(wanted.cols, screen.cols);
  const rows = Math.min(wanted.rows, screen.rows);
  return { cols, rows, top: topOf(screen, rows), left: leftOf(screen, cols) };
}

function topOf({ cursor, lastUsedRow }: ShownScreen, rows: number): number {
  if (cursor === null) return 0;
  const lowest = Math.max(0, Math.max(lastUsedRow, cursor.row) + 1 - rows);
  const above = Math.ceil((rows - 1) * shareAbove);
  return Math.min(lowest, Math.max(0, cursor.row - above));
}

function leftOf({ cursor }: ShownScreen, cols: number): number {
  if (cursor === null) return 0;
  return Math.min(cursor.col, Math.max(0, cursor.col + cursor.width - cols));
}
