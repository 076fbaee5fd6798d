// Printing many lines as they come, without holding more than a few of them.

import { printBatchChars } from '../base/limits.ts';
import type { HistoryLine } from '../emulator/history-replay.ts';
import { printOut } from '../platform/standard-streams.ts';

export interface PrintOptions {
  isWanted(line: HistoryLine): boolean;
  format(line: HistoryLine): string;
}

export interface Printed {
  /** How many lines. */
  count: number;
  /** Whether somebody reads them. If not, it ended early. */
  isRead: boolean;
}

/** Prints the lines that are wanted, one each. */
export async function printLines(batches: AsyncIterable<HistoryLine[]>, options: PrintOptions): Promise<Printed> {
  let count = 0;
  let text = '';
  for await (const lines of batches) {
    for (const line of lines.filter(options.isWanted)) {
      text += `${options.format(line)}\n`;
      count++;
    }
    if (text.length < printBatchChars) continue;
    if (!(await printOut(text))) return { count, isRead: false };
    text = '';
  }
  return { count, isRead: await printOut(text) };
}
