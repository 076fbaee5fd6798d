import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSandbox } from './support/sandbox.ts';
import { projectRoot } from './support/stay-command.ts';

const sandbox = makeSandbox();
const hasMan = spawnSync('man', ['--warnings', '--version']).status === 0;
const hasGroff = spawnSync('groff', ['--version']).status === 0;
let page = '';

beforeAll(async () => {
  page = (await sandbox.runOk(['man'])).stdout;
});

/** The page as a terminal of 80 columns shows it, and what the tool complains of. */
function shown(command: readonly string[]): { text: string; complaints: string } {
  const [file = '', ...args] = command;
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', MANWIDTH: '80', MANPAGER: 'cat', TERM: 'dumb' };
  const { stdout, stderr } = spawnSync(file, args, { input: page, encoding: 'utf8', env });
  return { text: stdout.replace(/\x1b\[[0-9;]*m|.\x08/g, ''), complaints: stderr };
}

describe('stay man', () => {
  (hasGroff ? it : it.skip)(`is sound roff${hasGroff ? '' : ' (skipped: no groff here)'}`, () => {
    const { text, complaints } = shown(['groff', '-man', '-ww', '-z', '-Tutf8']);
    expect(complaints).toBe('');
    expect(text).toBe('');
  });

  (hasMan ? it : it.skip)(`is what man shows without a warning${hasMan ? '' : ' (skipped: no man here)'}`, () => {
    const { text, complaints } = shown(['man', '--warnings', '-l', '-']);
    expect(complaints).toBe('');
    expect(text).toMatch(/^NAME\n +stay - keeps terminals/m);
    expect(text).toMatch(/^ +stay new web --cwd ~\/app -- npm run dev$/m);
    expect(text).toMatch(/^ +detach_keys = \["ctrl-\\\\"\]$/m);
  });

  it('tells every verb that help tells, and every setting there is', async () => {
    const help = (await sandbox.runOk(['--help'])).stdout;
    const verbs = Array.from(help.matchAll(/^ {2}stay (\w+)/gm), ([, name]) => name!);
    expect(verbs).toContain('config');
    for (const verb of verbs) expect(page).toMatch(new RegExp(`^\\.SS \\\\fBstay ${verb}\\\\fR`, 'm'));
    const settings: { name: string }[] = JSON.parse((await sandbox.runOk(['config', '--json'])).stdout);
    for (const { name } of settings) expect(page).toContain(`\\fB${name}`);
  });

  it('tells every flag that the help of a verb tells', async () => {
    const help = (await sandbox.runOk(['new', '--help'])).stdout;
    const flags = Array.from(help.matchAll(/ --([a-z-]+) {2,}/g), ([, name]) => name!);
    expect(flags.length).toBeGreaterThan(5);
    for (const flag of flags) expect(page).toContain(`\\fB\\-\\-${flag.replaceAll('-', '\\-')}\\fR`);
  });

  it('is built along with the binary', () => {
    expect(readFileSync(join(projectRoot, 'dist', 'stay.1'), 'utf8')).toBe(page);
  });
});
