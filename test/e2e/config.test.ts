import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';

const sandbox = makeSandbox();

/** A shell script as an editor; `$1` is the file. */
function editor(text: string): string {
  const path = sandbox.freshPath('editor');
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Settings in a folder of their own that is not there yet. */
function noSettings(): { env: Record<string, string>; path: string } {
  const folder = sandbox.freshPath('config');
  return { env: { XDG_CONFIG_HOME: folder }, path: join(folder, 'stay', 'config.toml') };
}

describe('stay config', () => {
  it('tells what is in force and where it comes from, as TOML that stay reads', async () => {
    const { env, path } = sandbox.settings('# mine\nreplay_lines = 5\n');
    const { stdout } = await sandbox.runOk(['config'], { env });
    expect(stdout).toMatch(new RegExp(`^replay_lines = 5 +# ${path}:2$`, 'm'));
    expect(stdout).toMatch(/^detach_keys = \["ctrl-\\\\"\] +# default$/m);
    expect((await sandbox.runOk(['config'], { env: sandbox.settings(stdout).env })).stdout).toContain(
      'replay_lines = 5',
    );
  });

  it('tells it as JSON', async () => {
    const { env, path } = sandbox.settings('replay_lines = 5\n');
    const settings = JSON.parse((await sandbox.runOk(['config', '--json'], { env })).stdout);
    expect(settings).toContainEqual({ name: 'replay_lines', value: 5, default: 1000, file: path, line: 1 });
    expect(settings).toContainEqual({ name: 'private', value: false, default: false, file: null, line: null });
    expect(settings).toContainEqual({ name: 'keep_exited', value: null, default: null, file: null, line: null });
  });

  it('says so where a directory stands in its place', async () => {
    const { env, path } = noSettings();
    mkdirSync(path, { recursive: true });
    expectRefusal(
      await sandbox.run(['list'], { env }),
      exitCodes.usage,
      /Cannot read the settings .*: it is a directory/,
    );
  });

  it('tells where the file is, whatever is in it', async () => {
    const { env, path } = sandbox.settings('replay_lines = = 5\n');
    expect((await sandbox.runOk(['config', 'path'], { env })).stdout).toBe(`${path}\n`);
    expectRefusal(await sandbox.run(['config'], { env }), exitCodes.usage, /line 1/);
    expectRefusal(await sandbox.run(['config', 'edti'], { env }), exitCodes.usage, /Did you mean edit\?/);
  });
});

describe('stay config edit', () => {
  it('makes a file that tells every setting and changes none', async () => {
    const { env, path } = noSettings();
    const before = (await sandbox.runOk(['config'], { env })).stdout;
    await sandbox.runOk(['config', 'edit'], { env: { ...env, EDITOR: 'true' } });
    const text = readFileSync(path, 'utf8');
    for (const name of before.matchAll(/^(?:# )?(\w+) (?:=|is not)/gm)) expect(text).toContain(`# ${name[1]} = `);
    expect((await sandbox.runOk(['config'], { env })).stdout).toBe(before);
  });

  it('leaves a file that is there to the editor, also a broken one', async () => {
    const { env, path } = sandbox.settings('replay_lines = = 5\n');
    await sandbox.runOk(['config', 'edit'], { env: { ...env, EDITOR: editor('echo "replay_lines = 6" > "$1"') } });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = 6\n');
  });

  it('says what is wrong with which line, and exits as for any wrong setting', async () => {
    const { env, path } = noSettings();
    const wrong = editor('echo "replay_lines = -1" > "$1"');
    const result = await sandbox.run(['config', 'edit'], { env: { ...env, EDITOR: wrong } });
    expectRefusal(result, exitCodes.usage, new RegExp(`"${path}", line 1: "replay_lines" must be`));
  });

  it('prefers VISUAL, and takes flags and blanks in it as a shell does', async () => {
    const { env, path } = noSettings();
    const tool = editor('[ "$1" = "--wait now" ] && echo "replay_lines = 7" > "$2"');
    await sandbox.runOk(['config', 'edit'], {
      env: { ...env, VISUAL: `${tool} '--wait now'`, EDITOR: 'false' },
    });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = 7\n');
  });

  it('finds an editor where none is set', async () => {
    const { env, path } = noSettings();
    const bin = sandbox.freshPath('bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'nano'), '#!/bin/sh\necho "replay_lines = 8" > "$1"\n');
    chmodSync(join(bin, 'nano'), 0o755);
    const [stay = ''] = sandbox.command;
    const run = await sandbox.run(['config', 'edit'], { env: { ...env, PATH: bin } });
    expect({ stay, ...run }).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = 8\n');
  });

  it('says how to name an editor where there is none, and makes no file', async () => {
    const { env, path } = noSettings();
    const none = sandbox.freshPath('none');
    expectRefusal(await sandbox.run(['config', 'edit'], { env: { ...env, PATH: none } }), 64, /export EDITOR=/);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['no-such-editor-here', /"no-such-editor-here" could not be started/],
    ['false', /"false" ended with status 1/],
  ])('says so when the editor %s fails', async (EDITOR, why) => {
    const result = await sandbox.run(['config', 'edit'], { env: { ...noSettings().env, EDITOR } });
    expect(result.exitCode).toBe(exitCodes.usage);
    expect(result.stderr).toMatch(why);
  });

  it('offers on a terminal to edit a mistake again, and leaves every key to the editor', async () => {
    const { env, path } = noSettings();
    // Takes a line from the terminal: keys that somebody else read would be missing in it.
    const asking = editor('printf "what? "; read -r line; echo "$line" > "$1"');
    const terminal = sandbox.terminal(['config', 'edit'], { env: { ...env, EDITOR: asking } });
    await terminal.waitFor(/what\?$/);
    for (const [wrong, why] of [
      ['replay_lines = nine', /invalid value\nEdit it again\? \[y\/N\]$/],
      ['replay_lines = -9', /must be a whole number.*\n(?:.*\n)+Edit it again\? \[y\/N\]$/],
    ] as const) {
      await terminal.type(`${wrong}\r`);
      await terminal.waitFor(why);
      await terminal.type('y');
      await terminal.waitFor(/yes\nwhat\?$/);
    }
    await terminal.type('replay_lines = 9\r');
    expect(await terminal.waitForExit()).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = 9\n');
  });

  it('leaves a mistake when one does not want to edit again, with its exit status', async () => {
    const { env, path } = noSettings();
    const wrong = editor('echo "replay_lines = -1" > "$1"');
    const terminal = sandbox.terminal(['config', 'edit'], { env: { ...env, EDITOR: wrong } });
    await terminal.waitFor(/Edit it again\?/);
    await terminal.type('n');
    expect(await terminal.waitForExit()).toMatchObject({ code: exitCodes.usage });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = -1\n');
  });

  it('lets Ctrl-C reach the editor alone', async () => {
    const { env, path } = noSettings();
    const stubborn = editor(
      "trap \"echo caught; echo 'replay_lines = 3' > '$1'; exit 0\" INT; echo ready; while :; do sleep 0.05; done",
    );
    const terminal = sandbox.terminal(['config', 'edit'], { env: { ...env, EDITOR: stubborn } });
    await terminal.waitFor(/ready/);
    await terminal.type('\x03');
    expect(await terminal.waitForExit()).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('replay_lines = 3\n');
  });
});
