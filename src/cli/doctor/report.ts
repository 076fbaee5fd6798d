// What `stay doctor` prints.

import { pad, printable, widthOf } from '../../ui/display-width.ts';
import type { Finding, Health } from './finding.ts';

const margin = 'problem  '.length;

/** An array of objects with stable fields. */
export function doctorJson(findings: readonly Finding[]): string {
  const objects = findings.map(({ id, state, message, hint }) => ({ id, state, message, hint }));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

/** A paragraph for each finding, its hint below it, and the sum of all. Wrapped at `columns`, or not where that is null. */
export function doctorText(findings: readonly Finding[], columns: number | null): string {
  const paragraphs = findings.map(({ state, message, hint }) => {
    const texts = hint === null ? [message] : [message, `-> ${hint}`];
    const lines = texts.flatMap((text) => wrap(printable(text), columns === null ? null : columns - margin));
    return lines.map((line, index) => `${pad(index === 0 ? state : '', margin)}${line}\n`).join('');
  });
  return `${paragraphs.join('')}\n${summary(findings)}\n`;
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Health) => findings.filter(({ state }) => state === wanted).length;
  const [problems, notes] = [count('problem'), count('note')];
  const sum = problems === 0 ? 'All is well' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`;
  if (notes === 0) return `${sum}.`;
  return `${sum}, ${notes} ${notes === 1 ? 'note' : 'notes'}.`;
}

/** Lines of words; a word that is wider than the line stays whole, so that it can be copied. */
function wrap(text: string, columns: number | null): string[] {
  if (columns === null) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
