// What a terminal shows after it was sent some bytes.

import { Emulator } from '../../src/emulator/emulator.ts';

interface TerminalSize {
  cols: number;
  rows: number;
  /** Lines above the screen that are given too, at most. */
  historyLines?: number;
}

/** The lines of a fresh terminal that was fed `chunks`, without empty ones at the end. */
export function screenOf(chunks: readonly Uint8Array[], { historyLines = 0, ...size }: TerminalSize): string[] {
  const emulator = new Emulator({
    ...size,
    historyLines: 1_000,
    onReply: () => {},
    onFault: (error) => {
      throw error;
    },
  });
  for (const bytes of chunks) emulator.feed(bytes);
  const lines = emulator.textLines({ historyLines });
  emulator.dispose();
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
