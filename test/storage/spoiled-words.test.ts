import { describe, expect, it } from 'vitest';
import type { Recovery } from '../../src/storage/recovery.ts';
import { spoiledWords } from '../../src/storage/spoiled-words.ts';
import { bytesOf } from '../support/bytes.ts';

const savedAt = new Date(2026, 2, 14, 9, 26).getTime();
const screen = { cols: 80, rows: 24, paint: bytesOf('x'), savedAt };
const setAside = [
  { file: 'screen.2.msgpack', why: 'its checksum is wrong', keptAs: 'screen.2.msgpack.bad-1' },
  { file: 'journal.1', why: 'it cannot be read: EIO\n', keptAs: null },
];
const told = (changes: Partial<Recovery>) =>
  spoiledWords('work', { screen, records: [], setAside, newer: null, isNewest: false, ...changes });

describe('spoiled files', () => {
  it('are not spoken of where there are none', () => {
    expect(told({ setAside: [] })).toBeNull();
  });

  it('are named with why and where they are, and from when what is left is', () => {
    expect(told({})).toBe(
      'Some of what was saved of "work" is damaged: ' +
        'screen.2.msgpack (its checksum is wrong), kept as screen.2.msgpack.bad-1; ' +
        'journal.1 (it cannot be read: EIO ), left where it is. ' +
        'Its screen and history are as they were on 2026-03-14 09:26; what came later is lost.',
    );
  });

  it('may have cost nothing, or everything', () => {
    expect(told({ isNewest: true })).toMatch(/ Its screen and history are whole all the same\.$/);
    expect(told({ screen: null })).toMatch(/ Nothing is left of its screen and history\.$/);
  });
});
