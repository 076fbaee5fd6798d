// Spans of time as people write them: `90s`, `10m`, `12h`, `7d`, `2w`.

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** How a span is written, for hints. */
export const durationForm = 'a number and s, m, h, d or w, such as 7d';

/** The span in milliseconds, or null when the text is none. */
export function durationMs(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}
