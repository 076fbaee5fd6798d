import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  clearListeningPlace,
  putStandingAnswer,
  readStandingAnswer,
  removeStandingAnswer,
  type StandingAnswer,
} from '../../src/storage/standing-answer.ts';
import { tempFolder } from '../support/temp-folder.ts';

const standing: StandingAnswer = {
  server: { pid: 7, start: '12' },
  said: Uint8Array.of(1, 2, 3),
  isCwdTold: true,
};

/** A socket's place in which an answer stands, and the file of that. */
function place(): { socket: string; file: string } {
  const folder = tempFolder();
  const socket = join(folder, 'abcdefghij.sock');
  putStandingAnswer(socket, standing);
  return { socket, file: join(folder, 'abcdefghij.status') };
}

describe('a standing answer', () => {
  it('stands beside its socket, for us alone, and says what was put there', () => {
    const { socket, file } = place();
    const { said, ...rest } = readStandingAnswer(socket)!;
    expect([[...said], rest]).toEqual([[1, 2, 3], { server: standing.server, isCwdTold: true }]);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it('replaces the one before, and is none once it is taken away', () => {
    const { socket, file } = place();
    putStandingAnswer(socket, { ...standing, isCwdTold: false });
    expect(readStandingAnswer(socket)?.isCwdTold).toBe(false);
    removeStandingAnswer(socket);
    removeStandingAnswer(socket);
    expect([readStandingAnswer(socket), fs.existsSync(file)]).toEqual([null, false]);
  });

  it('that is cut short anywhere, or has another byte anywhere, is none', () => {
    const { socket, file } = place();
    const whole = fs.readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      fs.writeFileSync(file, whole.subarray(0, at));
      expect(readStandingAnswer(socket)).toBeNull();
      const other = Buffer.from(whole);
      other[at]! ^= 0x10;
      fs.writeFileSync(file, other);
      expect(readStandingAnswer(socket)).toBeNull();
    }
  });

  it('is none where something else stands', () => {
    const { socket, file } = place();
    fs.rmSync(file);
    fs.mkdirSync(file);
    expect(readStandingAnswer(socket)).toBeNull();
  });

  it('goes with the socket of a server that is gone', () => {
    const { socket, file } = place();
    fs.writeFileSync(socket, '');
    clearListeningPlace(socket);
    fs.mkdirSync(file);
    clearListeningPlace(socket);
    expect([fs.existsSync(socket), fs.existsSync(file)]).toEqual([false, false]);
  });
});
