// Amounts of bytes as people write them: 500KB, 64MiB, 1.5 GB.

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Bytes, or null when the text is no amount. */
export function parseByteSize(text: string): number | null {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]{0,3})$/.exec(text.trim().toLowerCase()) ?? [];
  const bytes = unitBytes[unit];
  return count === undefined || bytes === undefined ? null : Math.round(Number(count) * bytes);
}
