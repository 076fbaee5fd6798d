// Moments as people here write them.

/** Day and minute in the local time, such as `2026-03-14 09:26`. */
export function localDate(at: number): string {
  const date = new Date(at);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return `${day} ${date.toTimeString().slice(0, 5)}`;
}
