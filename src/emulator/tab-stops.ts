// Tab stops, as columns from 0.

import type { CoreBuffer } from './xterm-core.ts';

const usualDistance = 8;

export function tabStops(buffer: CoreBuffer, cols: number): number[] {
  // Column 0 is one whether it is set or not, and is left out.
  return Object.keys(buffer.tabs)
    .map(Number)
    .filter((column) => column > 0 && column < cols && buffer.tabs[column] === true);
}

export function defaultTabStops(cols: number): number[] {
  return Array.from({ length: Math.ceil(cols / usualDistance) - 1 }, (_, index) => (index + 1) * usualDistance);
}

/** Sets exactly these. Moves the cursor along its row. */
export function tabStopSequence(stops: readonly number[]): string {
  return `\x1b[3g${stops.map((column) => `\x1b[${column + 1}G\x1bH`).join('')}`;
}
