import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPty } from '../e2e/support/pty.ts';
import { waitUntil } from '../e2e/support/waiting.ts';
import { hasRuntime, moduleCommandOn, type OtherRuntime, otherRuntimes } from '../support/other-runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Reads three times, once again after each time that it was closed, and notes in the file `path` when its terminal went. */
const reader = (path: string) => `
import { appendFileSync, readdirSync, readlinkSync, writeSync } from 'node:fs';
import { cLibrary, linuxLibrary } from 'src:platform/c-library.ts';
import { openTerminalInput } from 'src:platform/terminal-input.ts';
import { makeRaw } from 'src:platform/terminal-mode.ts';

const say = (text) => writeSync(1, text + '\\n');
const libraries = { library: await cLibrary(), linux: await linuxLibrary() };
process.on('SIGHUP', () => {});
makeRaw(libraries.library);
for (let round = 1; round <= 3; round++) {
  await new Promise((resolve) => {
    const input = openTerminalInput(libraries, {
      onBytes(bytes) {
        say('got ' + JSON.stringify(new TextDecoder().decode(bytes)));
        input.dispose();
        resolve(undefined);
      },
      onEnd: () => say('ended'),
    });
    say('reading ' + round);
  });
}
if (globalThis.Bun) {
  const links = readdirSync('/proc/self/fd').flatMap((file) => {
    try {
      return [readlinkSync('/proc/self/fd/' + file)];
    } catch {
      return [];
    }
  });
  say('masters ' + links.filter((link) => link === '/dev/ptmx').length);
}
openTerminalInput(libraries, {
  onBytes: () => {},
  onEnd() {
    appendFileSync(${JSON.stringify(path)}, 'ended');
    process.exit(0);
  },
});
say('reading until the end');
`;

function startReader(name: OtherRuntime) {
  const path = join(tempFolder(), 'end');
  const pty = startPty(moduleCommandOn(name, reader(path)), { env: { PATH: process.env.PATH ?? '', HOME: '/' } });
  onTestFinished(() => pty.kill('SIGKILL'));
  let text = '';
  pty.onData((bytes) => {
    text += new TextDecoder().decode(bytes);
  });
  const shows = (part: string) =>
    waitUntil(
      () => text.includes(part),
      () => `${part} in ${JSON.stringify(text)}`,
    );
  return { pty, path, shows };
}

describe.each(otherRuntimes)('what is typed, on %s', (name) => {
  it.skipIf(!hasRuntime(name))('comes at once and unchanged, also after it was closed and opened again', async () => {
    const { pty, path, shows } = startReader(name);
    for (const [round, keys] of [
      [1, 'a'],
      [2, '\r\x03\x11'],
      [3, '\x1b[200~ä\x1b[201~'],
    ] as const) {
      await shows(`reading ${round}`);
      await pty.write(keys);
      await shows(`got ${JSON.stringify(keys)}`);
    }
    // The terminal that its reader came with is gone.
    if (name === 'bun' && process.platform === 'linux') await shows('masters 0');
    await shows('reading until the end');
    // Deno does not tell of it here: there a client learns of it by SIGHUP alone.
    if (name !== 'bun') return;
    pty.close();
    await waitUntil(() => existsSync(path), 'the end of the terminal is noticed');
    expect(readFileSync(path, 'utf8')).toBe('ended');
  });
});
