import { expect, it } from 'vitest';
import { compress, decompress } from '../../src/platform/compression.ts';
import { bytesOf } from '../support/bytes.ts';
import { hasRuntime, otherRuntimes, startModuleOn } from '../support/other-runtimes.ts';

const text = bytesOf('the same words over and over. '.repeat(1_000));

it('makes text small, and gives it back', async () => {
  const small = await compress(text);
  expect(small.length).toBeLessThan(text.length / 50);
  expect(Buffer.compare(await decompress(small, text.length), text)).toBe(0);
});

it('refuses what has another length, or is cut', async () => {
  const small = await compress(text);
  await expect(decompress(small, text.length - 1)).rejects.toThrow();
  await expect(decompress(small, text.length + 1)).rejects.toThrow();
  for (let length = 0; length < small.length; length++)
    await expect(decompress(small.subarray(0, length), text.length), `${length} bytes`).rejects.toThrow();
});

it.each(otherRuntimes)('is the same on %s', async (name) => {
  if (!hasRuntime(name)) return;
  const child = startModuleOn(
    name,
    `import { compress, decompress } from 'src:platform/compression.ts';
     const text = new TextEncoder().encode('words '.repeat(1000));
     const small = await compress(text);
     const cut = await decompress(small.subarray(0, -5), text.length).then(() => 'taken', () => 'refused');
     console.log(small.length < 100, (await decompress(small, text.length)).length, cut);`,
  );
  expect(await child.line()).toBe('true 6000 refused');
});
