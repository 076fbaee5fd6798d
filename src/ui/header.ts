// The words of the header, and the cell where those begin that make a session when they are clicked.

import { takeStart, widthOf } from './display-width.ts';
import type { ListState } from './list-state.ts';

export const newSessionWords = '+ New session';

/** Cells free at both ends of the header, and at least between its words. */
const margin = 2;
const gap = 3;

export interface Header {
  indent: string;
  name: string;
  words: string;
  /** Null where `newSessionWords` have no room, or nobody can click on them. */
  newCol: number | null;
}

export function headerOf(state: ListState): Header {
  const { cols } = state.size;
  const indent = ' '.repeat(Math.min(margin, cols));
  const name = takeStart('stay', cols - indent.length);
  const words = takeStart(countWords(state), cols - indent.length - widthOf(name));
  const newCol = cols - margin - widthOf(newSessionWords);
  const hasRoom = indent.length + widthOf(name) + widthOf(words) + gap <= newCol;
  return { indent, name, words, newCol: state.preferences.hasMouse && hasRoom ? newCol : null };
}

function countWords({ sessions, marked, order, rows, filter }: ListState): string {
  if (sessions === null || sessions.length === 0) return '';
  const count = filter === '' ? `${sessions.length}` : `${rows.length} of ${sessions.length}`;
  const noun = sessions.length === 1 ? 'session' : 'sessions';
  if (marked.size > 0) return `   ${count} ${noun}, ${marked.size} marked`;
  return `   ${count} ${noun}${order === 'recent' ? '' : `, by ${order}`}`;
}
