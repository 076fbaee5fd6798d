// The folders of sessions that older stays left are read as they were meant. Nothing here may be mended by changing a fixture.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peek } from '../../src/emulator/peek.ts';
import { restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { recover } from '../../src/storage/recovery.ts';
import { decodeRecord, encodeRecord } from '../../src/storage/session-record.ts';
import { frozenSessions } from '../support/frozen-sessions.ts';
import { tempFolder } from '../support/temp-folder.ts';

const quiet = { historyLines: 10_000, onReply: () => {}, onFault: () => {} };

describe.each(frozenSessions())('the session folder $name', ({ folder, state, shown, name }) => {
  it('has a record that is read, and upgraded when it is saved', () => {
    const bytes = fs.readFileSync(join(folder, 'session.msgpack'));
    const read = decodeRecord(bytes);
    expect(read).toMatchObject({
      kind: 'record',
      record: {
        ...{ name: state, command: ['/bin/bash', '-c', expect.stringContaining('echo READY')], env: { WORD: 'value' } },
        ...{ lastCwd: '/usr', restart: 'auto', isPrivate: false, historyLines: 10_000 },
        exit: state === 'exited' ? { exitCode: 3, signal: null } : null,
      },
    });
    if (read.kind !== 'record') return;
    const saved = encodeRecord(read.record);
    expect(saved[7]).toBeGreaterThanOrEqual(Number(/\d+/.exec(name)?.[0]));
    expect(decodeRecord(saved)).toEqual(read);
  });

  it('has a screen and a history that are restored as the stay that wrote them did', async () => {
    const copy = tempFolder();
    fs.cpSync(folder, copy, { recursive: true });
    const before = fs.readdirSync(copy);
    const { screen, records, setAside, newer } = await recover(copy);
    expect([setAside, newer]).toEqual([[], null]);
    expect(fs.readdirSync(copy)).toEqual(before);
    const emulator = restoredEmulator({ screen: screen!, events: records }, quiet);
    const { lines, facts } = peek(emulator, { historyLines: 10_000, isAnsi: true });
    emulator.dispose();
    expect(lines.join('\n').trimEnd()).toBe(shown.trimEnd());
    expect(facts).toMatchObject({ title: 'a title', cols: 90, rows: 25 });
  });
});
