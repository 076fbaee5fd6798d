// Names of the files that hold a session's screen, `screen.<n>.msgpack` and `journal.<n>` for generation n, and of those
// that hold its long history: `history.<n>` with the journals of generation n and some that follow.

import { temporarySuffix } from '../platform/file-layer.ts';

/** Of the one file that older stays wrote, which counts as generation 0. */
const firstScreenFile = 'screen.msgpack';

export function screenFile(generation: number): string {
  return generation === 0 ? firstScreenFile : `screen.${generation}.msgpack`;
}

export function journalFile(generation: number): string {
  return `journal.${generation}`;
}

/** The archive file whose first block is of that generation. */
export function archiveFile(generation: number): string {
  return `history.${generation}`;
}

/** The first generations of the archive files among `names`, oldest first. */
export function archiveGenerations(names: readonly string[]): number[] {
  return names.flatMap((name) => numberIn(/^history\.(\d{1,9})$/, name) ?? []).sort((a, b) => a - b);
}

/** The generations of which `names` holds a journal, oldest first. */
export function journalGenerations(names: readonly string[]): number[] {
  return names.flatMap((name) => numberIn(/^journal\.(\d{1,9})$/, name) ?? []).sort((a, b) => a - b);
}

/** The generation that a file's name, also one set aside or unfinished, belongs to; null for a file of another kind. */
export function generationOf(name: string): number | null {
  if (name.startsWith(firstScreenFile)) return 0;
  return numberIn(/^(?:screen|journal)\.(\d{1,9})(?:\.|$)/, name);
}

function numberIn(pattern: RegExp, name: string): number | null {
  const digits = pattern.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The generations of which `names` holds a screen, newest first. */
export function screenGenerations(names: readonly string[]): number[] {
  return names
    .flatMap((name) => generationOf(name) ?? [])
    .filter((generation, index, all) => all.indexOf(generation) === index && names.includes(screenFile(generation)))
    .sort((a, b) => b - a);
}

/** Whether the file has something of the session's screen or history, whole, unfinished or spoiled. */
export function isOfScreen(name: string): boolean {
  return generationOf(name) !== null || /^history\.\d/.test(name);
}

/** The newest generation of which `names` holds anything that was meant to be read; 0 when there is none. */
export function newestGeneration(names: readonly string[]): number {
  const whole = names.filter((name) => !isAside(name) && !name.endsWith(temporarySuffix));
  return Math.max(0, ...whole.map((name) => generationOf(name) ?? 0));
}

/** Whether the name is that of a spoiled file or its reason. */
export function isAside(name: string): boolean {
  return name.includes(asideMark);
}

/** Stands between a spoiled file's former name and a number. */
export const asideMark = '.bad-';
