import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seal } from '../../src/storage/sealed-file.ts';
import { decodeRecord, encodeRecord } from '../../src/storage/session-record.ts';
import { sampleActivity, sampleRecord } from '../support/samples.ts';

describe('a session record', () => {
  it('comes back as it was written', () => {
    const running = sampleRecord();
    const exited = sampleRecord({
      name: 'été 👩‍💻',
      exit: { exitCode: null, signal: 'SIGKILL', at: 1_700_000_300_000 },
      program: null,
      lastOutputAt: 1_700_000_299_999,
    });
    const stopped = sampleRecord({ stop: { reason: 'terminated', at: 1_700_000_300_000 } });
    const { seenAt, ...activity } = sampleActivity();
    const eventful = sampleRecord({ seenAt, activity });
    const long = sampleRecord({ historyLines: 1_000_000 });
    for (const record of [running, exited, stopped, eventful, long])
      expect(decodeRecord(encodeRecord(record))).toEqual({ kind: 'record', record });
  });

  it('lies in a file of format 3: raise the number when the form changes, and go on reading this one', () => {
    expect([...encodeRecord(sampleRecord()).subarray(0, 8)]).toEqual([0x73, 0x74, 0x61, 0x79, 1, 0, 0, 3]);
  });

  it('of format 1, which knew nothing of stops, is still read', () => {
    const bytes = fs.readFileSync(new URL('fixtures/session-1.msgpack', import.meta.url));
    const exit = { exitCode: null, signal: 'SIGKILL', at: 1_700_000_300_000 };
    expect(decodeRecord(bytes)).toEqual({ kind: 'record', record: sampleRecord({ title: 'été', exit, stop: null }) });
  });

  it('of format 2, which knew nothing of traits, is still read', () => {
    const bytes = fs.readFileSync(new URL('fixtures/session-2.msgpack', import.meta.url));
    const stop = { reason: 'terminated', at: 1_700_000_300_000 } as const;
    expect(decodeRecord(bytes)).toEqual({ kind: 'record', record: sampleRecord({ title: 'été', stop }) });
  });

  it('may be without what happened while nobody looked', () => {
    const { seenAt: _, activity: __, ...without } = sampleRecord();
    expect(decodeRecord(seal('session', 3, without))).toEqual({ kind: 'record', record: sampleRecord() });
  });

  it('of a stay that always kept 10,000 lines of history says so', () => {
    const { historyLines: _, ...without } = sampleRecord();
    const read = decodeRecord(seal('session', 3, without));
    expect(read).toMatchObject({ kind: 'record', record: { historyLines: 10_000 } });
  });

  it('of a newer stay is told apart from a damaged one', () => {
    const newer = { name: 'work', server: { pid: 7, start: '1', host: 'far' }, exit: 'a new form', mood: 'good' };
    expect(decodeRecord(seal('session', 99, newer))).toMatchObject({
      ...{ kind: 'newer', version: 99 },
      record: { name: 'work', server: { pid: 7, start: '1' }, exit: null, command: [] },
    });
  });

  it.each(['session-1.msgpack', 'session-2.msgpack'])(
    'is damaged when any bit of it is flipped, or it is cut: %s',
    (file) => {
      const bytes = fs.readFileSync(new URL(`fixtures/${file}`, import.meta.url));
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        expect(decodeRecord(flipped), `bit ${bit}`).toEqual({ kind: 'damaged', why: expect.any(String) });
      }
      for (let length = 0; length < bytes.length; length++)
        expect(decodeRecord(bytes.subarray(0, length)), `${length} bytes`).toMatchObject({ kind: 'damaged' });
    },
  );

  it('is damaged when a field is missing or of another type', () => {
    const { title: _, ...withoutTitle } = sampleRecord();
    for (const value of [
      withoutTitle,
      { ...sampleRecord(), cols: '80' },
      { ...sampleRecord(), server: null },
      null,
      [],
      'text',
    ])
      expect(decodeRecord(seal('session', 1, value))).toEqual({ kind: 'damaged', why: 'a field is missing or wrong' });
  });

  it('may hold fields that this version does not know', () => {
    const record = sampleRecord();
    expect(decodeRecord(seal('session', 1, { ...record, mood: 'good' }))).toEqual({ kind: 'record', record });
  });
});
