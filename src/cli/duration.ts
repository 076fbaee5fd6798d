// Times as people write them: 90s, 10m, 12h, 7d, 2w.

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** How a time is written, for hints; an example follows. */
export const durationHint = 'Write a number and s, m, h, d or w';

/** Milliseconds, or null when the text is no time. */
export function durationMs(text: string): number | null {
  const [, count, unit = ''] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}
