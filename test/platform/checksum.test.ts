import { expect, it } from 'vitest';
import { checksum } from '../../src/platform/checksum.ts';
import { bytesOf } from '../support/bytes.ts';

it('is CRC-32, by its check value: files on disk depend on it', () => {
  expect(checksum([bytesOf('1234'), bytesOf('56789')])).toBe(0xcbf43926);
  expect(checksum([])).toBe(0);
});
