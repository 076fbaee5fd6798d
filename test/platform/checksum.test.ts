import { expect, it } from 'vitest';
import { checksum } from '../../src/platform/checksum.ts';
import { bytesOf } from '../support/bytes.ts';

it('is CRC-32, by its check value: files on disk depend on it', () => {
  expect(checksum(bytesOf('123456789'))).toBe(0xcbf43926);
  expect(checksum(new Uint8Array())).toBe(0);
});
