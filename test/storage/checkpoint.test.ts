import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/storage/checkpoint.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { bytesOf, textOf } from '../support/bytes.ts';

const screen = { cols: 80, rows: 24, paint: bytesOf('\x1b[31mred'), savedAt: 1_700_000_000_000 };

describe('a checkpoint', () => {
  it('comes back as it was saved', () => {
    const read = decodeCheckpoint(encodeCheckpoint(screen));
    expect(read).toMatchObject({ kind: 'screen', screen: { cols: 80, rows: 24, savedAt: 1_700_000_000_000 } });
    if (read.kind === 'screen') expect(textOf(read.screen.paint)).toBe('\x1b[31mred');
  });

  it('lies in a file of format 2: raise the number when the form changes, and go on reading this one', () => {
    expect([...encodeCheckpoint(screen).subarray(0, 8)]).toEqual([0x73, 0x74, 0x61, 0x79, 2, 0, 0, 2]);
  });

  it('of format 1 is still read', () => {
    const read = decodeCheckpoint(fs.readFileSync(new URL('fixtures/screen-1.msgpack', import.meta.url)));
    expect(read).toMatchObject({ kind: 'screen', screen: { cols: 20, rows: 5, savedAt: 1_700_000_000_000 } });
    if (read.kind === 'screen') expect(textOf(read.screen.paint)).toBe('last words\r\n\x1b[31mred');
  });

  it('of a newer stay is told apart from a damaged one', () => {
    expect(decodeCheckpoint(seal('screen', 99, screen))).toEqual({ kind: 'newer', version: 99 });
    expect(decodeCheckpoint(seal('screen', 2, { ...screen, paint: 'text' }))).toMatchObject({ kind: 'damaged' });
    expect(decodeCheckpoint(seal('session', 2, screen))).toMatchObject({ kind: 'damaged' });
  });
});
