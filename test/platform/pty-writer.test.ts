import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fullTerminalWaitMs } from '../../src/base/limits.ts';
import type { CLibrary } from '../../src/platform/c-library.ts';
import { openPtyWriter } from '../../src/platform/pty-writer.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('a writer to a terminal', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  /** A terminal that takes `room` bytes more. */
  function open(room: number) {
    const terminal = { room, taken: '', calls: 0 };
    const write = (_file: number, bytes: Uint8Array): number => {
      terminal.calls++;
      const count = Math.min(bytes.length, terminal.room);
      terminal.room -= count;
      terminal.taken += textOf(bytes.subarray(0, count));
      return count === 0 ? -1 : count;
    };
    return { terminal, writer: openPtyWriter({ write } as unknown as CLibrary, 7) };
  }

  it('hands on at once what the terminal takes', () => {
    const { terminal, writer } = open(100);
    writer.write(bytesOf('one '));
    writer.write(bytesOf('two'));
    expect(terminal).toMatchObject({ taken: 'one two', calls: 2 });
  });

  it('keeps what the terminal does not take, and goes on in order once it does', () => {
    const { terminal, writer } = open(5);
    writer.write(bytesOf('one two'));
    writer.write(bytesOf(' three'));
    expect(terminal.taken).toBe('one t');
    vi.advanceTimersByTime(10 * fullTerminalWaitMs);
    expect(terminal.taken).toBe('one t');
    terminal.room = 4;
    vi.advanceTimersByTime(fullTerminalWaitMs);
    expect(terminal.taken).toBe('one two t');
    terminal.room = 100;
    vi.advanceTimersByTime(fullTerminalWaitMs);
    writer.write(bytesOf('.'));
    expect(terminal.taken).toBe('one two three.');
  });

  it('does not try more often because more is written', () => {
    const { terminal, writer } = open(0);
    for (let count = 0; count < 100; count++) writer.write(bytesOf('x'));
    expect(terminal.calls).toBe(1);
    writer.close();
  });

  it('forgets everything when it is closed, and takes nothing more', () => {
    const { terminal, writer } = open(1);
    writer.write(bytesOf('one'));
    writer.close();
    writer.close();
    terminal.room = 100;
    writer.write(bytesOf('two'));
    vi.advanceTimersByTime(10 * fullTerminalWaitMs);
    expect(terminal.taken).toBe('o');
  });
});

it('without the C library writes all of a paste that is larger than what fits in', async () => {
  const path = join(tempFolder(), 'fifo');
  execFileSync('mkfifo', [path]);
  const file = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(file));
  const paste = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const writer = openPtyWriter(null, file);
  writer.write(paste.subarray(0, 200_000));
  writer.write(paste.subarray(200_000));
  const read: Buffer[] = [];
  await vi.waitFor(
    () => {
      read.push(...readAll(file));
      expect(Buffer.concat(read).length).toBe(paste.length);
    },
    { interval: 1, timeout: 10_000 },
  );
  expect(Buffer.concat(read).equals(paste)).toBe(true);
});

/** What is in the pipe now. */
function readAll(file: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.alloc(65_536);
    try {
      pieces.push(piece.subarray(0, readSync(file, piece)));
    } catch {
      return pieces; // EAGAIN: it is empty
    }
  }
}
