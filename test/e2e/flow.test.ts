import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { recordKeys, script, showKeys } from './support/programs.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { pause, waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe('a shell in a session', () => {
  it('has job control: ^Z stops, fg goes on, ^C ends', async () => {
    const terminal = sandbox.terminal(['new', 'work']);
    await terminal.waitFor(promptPattern);
    await terminal.type('sleep 300\r');
    await waitUntil(
      async () => (await sandbox.runOk(['list'])).stdout.includes('sleep'),
      'sleep runs in the foreground',
    );
    await terminal.type('\x1a');
    await terminal.waitFor(/Stopped.*sleep 300[\s\S]*prompt> ?$/);
    await terminal.type('fg\r');
    await terminal.waitFor(/fg\nsleep 300$/);
    await terminal.type('\x03');
    await terminal.waitFor(/\^C\s*\nprompt> ?$/);
    await terminal.type('echo status-$?\r');
    await terminal.waitFor(/status-130/);
  });

  it('sees every size that the terminal settles on', async () => {
    const terminal = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script("trap 'echo size $(stty size)' WINCH; echo READY; while :; do sleep 0.02; done"),
    ]);
    await terminal.waitFor(/READY/);
    for (const [cols, rows] of [
      [100, 30],
      [40, 10],
      [300, 100],
      [1, 1],
      [80, 24],
    ] as const) {
      terminal.resize({ cols, rows });
      await sandbox.waitForSession('work', (one) => one.cols === cols && one.rows === rows);
    }
    await terminal.waitFor(/size 24 80$/);
  });
});

describe('the bytes of the program', () => {
  it('reach the terminal untouched: a line feed of a raw program stays one', async () => {
    const terminal = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script("stty raw -echo; sleep 0.3; printf 'abc\\ndef\\tEND'; sleep 4000"),
    ]);
    await terminal.waitFor(/END/);
    expect(terminal.lines().slice(0, 2)).toEqual(['abc', '   def  END']);
  });
});

describe('characters', () => {
  it('that the program writes byte by byte arrive whole', async () => {
    const bytes = [...Buffer.from('日本🚀é')].map((byte) => `printf '\\x${byte.toString(16)}'; sleep 0.02`).join('; ');
    const terminal = sandbox.terminal(['new', 'work', '--', ...script(`${bytes}; echo; echo END; sleep 4000`)]);
    await terminal.waitFor(/END/);
    expect(terminal.lines()[0]).toBe('日本🚀é');
  });

  it('that are typed byte by byte arrive whole', async () => {
    const path = sandbox.freshPath('typed');
    const terminal = sandbox.terminal(['new', 'work', '--', ...recordKeys(path)]);
    await terminal.waitFor(/READY/);
    const typed = Buffer.from('日本🚀é');
    for (const byte of typed) {
      await terminal.type(Uint8Array.of(byte));
      await pause(10);
    }
    await waitUntil(() => statSync(path).size >= typed.length, 'all bytes arrive');
    expect(readFileSync(path).equals(typed)).toBe(true);
  });

  it('of a terminal attached in the middle of one are not broken', async () => {
    const go = sandbox.freshPath('go');
    const program = script(
      `printf 'one \\xf0\\x9f'; until [ -e ${go} ]; do sleep 0.02; done; printf '\\x9a\\x80 two'; sleep 4000`,
    );
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/one/);
    await sandbox.open(['touch', go]).waitForExit();
    await terminal.waitFor(/one 🚀 two/);
  });
});

describe('five megabytes pasted', () => {
  const size = 5 * 1024 * 1024;

  it('into a program that reads raw bytes arrive unchanged', async () => {
    const path = sandbox.freshPath('pasted');
    const program = script(
      `stty raw -echo; printf 'READY\\r\\n'; head -c ${size} > ${path}; printf 'GOT\\r\\n'; sleep 4000`,
    );
    const terminal = sandbox.terminal(['new', 'work', '--', ...program]);
    await terminal.waitFor(/READY/);
    const pasted = pseudoRandomBytes(size);
    await terminal.type(pasted);
    await terminal.waitFor(/GOT/, { timeoutMs: 30_000 });
    expect(hashOf(readFileSync(path))).toBe(hashOf(pasted));
  });

  it('as lines into cat, with echo, arrive unchanged', async () => {
    const path = sandbox.freshPath('pasted');
    const terminal = sandbox.terminal([
      'new',
      'work',
      '--',
      ...script(`echo READY; cat > ${path}; echo GOT; sleep 4000`),
    ]);
    await terminal.waitFor(/READY/);
    const line = `${'The quick brown fox jumps over the lazy dog. '.repeat(2)}\n`;
    const pasted = Buffer.from(line.repeat(Math.floor(size / line.length)));
    await terminal.type(pasted);
    await terminal.type('\x04');
    await terminal.waitFor(/GOT/, { timeoutMs: 30_000 });
    expect(hashOf(readFileSync(path))).toBe(hashOf(pasted));
  });

  it('do not hold up the keys of somebody who takes over', async () => {
    const old = sandbox.terminal(['new', 'work', '--', ...script("stty raw -echo; printf 'READY\\r\\n'; sleep 4000")]);
    await old.waitFor(/READY/);
    const pasting = old.type(pseudoRandomBytes(size)).catch(() => {});
    const next = sandbox.terminal(['attach', 'work']);
    await next.waitFor(/READY/);
    await old.waitForExit();
    await pasting;
  });

  // Every byte but the detach key and ESC, which might begin a bracketed paste.
  function pseudoRandomBytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    let state = 1;
    for (let index = 0; index < count; index++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const byte = state >>> 24;
      bytes[index] = byte === 0x1c || byte === 0x1b ? 0x41 : byte;
    }
    return bytes;
  }

  function hashOf(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
  }
});

describe('keys', () => {
  it('of all kinds reach the program as they are', async () => {
    const terminal = sandbox.terminal(['new', 'work', '--', ...showKeys]);
    await terminal.waitFor(/READY/);
    await terminal.type('\x00\x01\x03\x04\x11\x13\x15\x16\x1a\x1b[A\x1bOP\x1b[1;5C\x7f\x1bx');
    await terminal.waitFor(/\^\[x$/);
    expect(terminal.lines()[1]).toBe('^@^A^C^D^Q^S^U^V^Z^[[A^[OP^[[1;5C^?^[x');
  });
});
