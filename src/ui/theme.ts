// How things look: marks and text styles. Styles are written as SGR here, so that nothing but `hasColor` decides
// about colour; the library below Ink would look at the environment and at the process's own output.

import type { RowKind } from './format.ts';

export interface Theme {
  /** One cell each; the words beside them say the same. */
  marks: Readonly<Record<RowKind | 'new' | 'pinned' | 'marked' | 'close', string>>;
  pointer: string;
  lines: { vertical: string };
  /** The one colour. */
  accent(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
  problem(text: string): string;
  match(text: string): string;
  /** The selected row. */
  selected(text: string): string;
  marked(text: string): string;
}

export function createTheme({ hasColor }: { hasColor: boolean }): Theme {
  return {
    marks: {
      held: '●',
      running: '○',
      exited: '×',
      stopped: '■',
      silent: '?',
      new: '+',
      pinned: '*',
      marked: '✓',
      close: '×',
    },
    pointer: '>',
    lines: { vertical: '│' },
    accent: hasColor ? styled(36, 39) : (text) => text,
    strong: styled(1, 22),
    faint: styled(2, 22),
    problem: hasColor ? styled(33, 39) : styled(1, 22),
    match: styled(4, 24),
    selected: styled(7, 27),
    marked: styled(1, 22),
  };
}

function styled(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`);
}
