import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { peakResidentBytes, seeProcess } from './support/processes.ts';
import { recordKeys, script, showKeys } from './support/programs.ts';
import { startPty } from './support/pty.ts';
import { makeSandbox, promptPattern } from './support/sandbox.ts';
import { pause, waitUntil, within } from './support/waiting.ts';

const sandbox = makeSandbox();
const floodBytes = 50 * 1024 * 1024;
const floodTimeoutMs = 40_000;

/** Of what a terminal that only counts remembers: more than the paint of a screen. */
const tailBytes = 4096;

/** Resident bytes that a server may ever need: its binary's shared pages (35 MB), the history, the queue, and room. */
const maxServerBytes = 200 * 1024 * 1024;

// Lines of 64 bytes, sent as they are: the terminal must not add a carriage return to each.
const flood = (rest: string) =>
  script(
    `stty raw -echo; printf 'READY\\r\\n'; read -rn1; yes $'${'0123456789'.repeat(6)}ab\\r' | head -c ${floodBytes}; printf '\\r\\nTHE-END\\r\\n'; ${rest}`,
  );

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function serverPidOf(name: string): Promise<number> {
  const { pid } = await sandbox.session(name);
  return seeProcess(pid ?? 0)?.parent ?? 0;
}

describe('fifty megabytes', () => {
  it('while detached: the program is not held up and its screen is known', async () => {
    const done = sandbox.freshPath('done');
    const program = script(
      `yes ${'0123456789'.repeat(6)}abc | head -c ${floodBytes}; echo THE-END; touch ${done}; sleep 4000`,
    );
    await sandbox.runOk(['new', '-d', 'work', '--', ...program]);
    const server = await serverPidOf('work');
    await waitUntil(() => existsSync(done), 'the program is done', { timeoutMs: floodTimeoutMs });
    const terminal = sandbox.terminal(['attach', 'work']);
    await terminal.waitFor(/THE-END$/);
    expect(terminal.lines().slice(0, 22)).toEqual(Array(22).fill(`${'0123456789'.repeat(6)}abc`));
    expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
  });

  it('while detached: the session answers all the time', async () => {
    await sandbox.runOk([
      'new',
      '-d',
      'work',
      '--',
      ...script(`yes ${'0123456789'.repeat(6)} | head -c ${floodBytes}; echo THE-END; sleep 4000`),
    ]);
    for (let index = 0; index < 10; index++) expect((await sandbox.session('work')).state).toBe('running');
  });

  it('while attached: every byte reaches the terminal, and the server stays small', async () => {
    const client = startPty([...sandbox.command, 'new', 'work', '--', ...flood('sleep 4000')], {
      env: { ...sandbox.env },
      cwd: sandbox.home,
    });
    let tail = '';
    client.onData((bytes) => {
      tail = (tail + Buffer.from(bytes.subarray(-tailBytes)).toString('latin1')).slice(-tailBytes);
    });
    try {
      await waitUntil(
        () => tail.includes('READY'),
        () => `READY, after ${tail}`,
      );
      const server = await serverPidOf('work');
      const before = client.byteCount;
      await client.write('x');
      await waitUntil(
        () => tail.includes('THE-END'),
        () => `the end, after ${client.byteCount - before} bytes: ${tail}`,
        { timeoutMs: floodTimeoutMs },
      );
      expect(client.byteCount - before).toBe(floodBytes + '\r\nTHE-END\r\n'.length);
      expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
      expect(peakResidentBytes(client.pid)).toBeLessThan(maxServerBytes);
    } finally {
      client.close();
      await within(client.exited, () => 'the end of the client');
    }
  });

  it('while attached: the detach key is heard at once in the middle of it', async () => {
    const done = sandbox.freshPath('done');
    const terminal = sandbox.terminal(['new', 'work', '--', ...flood(`touch ${done}; sleep 4000`)]);
    await terminal.waitFor(/READY/);
    await terminal.type('x');
    await terminal.waitFor(/0123456789/);
    const startedAt = performance.now();
    await terminal.type('\x1c');
    expect((await terminal.waitForExit()).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(terminal.text()).toMatch(/detached from work/);
    await waitUntil(() => existsSync(done), 'the program goes on to its end', { timeoutMs: floodTimeoutMs });
  });

  it('to a terminal that reads nothing: the program is not held up, and the screen is right in the end', async () => {
    const done = sandbox.freshPath('done');
    const terminal = sandbox.terminal(['new', 'work', '--', ...flood(`touch ${done}; sleep 4000`)]);
    await terminal.waitFor(/READY/);
    const server = await serverPidOf('work');
    terminal.pty.pause();
    await terminal.type('x');
    await waitUntil(() => existsSync(done), 'the program is done', { timeoutMs: floodTimeoutMs });
    terminal.pty.resume();
    await terminal.waitFor(/THE-END$/, { timeoutMs: floodTimeoutMs });
    expect(terminal.lines().slice(0, 21)).toEqual(Array(21).fill(`${'0123456789'.repeat(6)}ab`));
    expect(peakResidentBytes(server)).toBeLessThan(maxServerBytes);
  });
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
