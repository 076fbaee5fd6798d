import { afterEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { idle } from './support/programs.ts';
import { expectRefusal } from './support/refusal.ts';
import { makeSandbox } from './support/sandbox.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

async function names(): Promise<string[]> {
  return (await sandbox.stayJson()).map((one) => one.name).sort();
}

describe('names', () => {
  const longest = 'x'.repeat(64);
  it.each([
    'a',
    'Ünïcödé',
    '日本語',
    '🚀',
    '👩‍👩‍👧‍👦 family',
    'two words',
    'dots.in.it',
    '..three',
    longest,
    '🚀'.repeat(64),
    '-'.padStart(2, 'x'),
  ])('"%s" is a name', async (name) => {
    const { stdout } = await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    expect(stdout).toBe(`${name}\n`);
    expect(await names()).toEqual([name]);
  });

  it.each([
    '.',
    '..',
    'a/b',
    '/',
    ' leading',
    'trailing ',
    '\ttab',
    'line\nbreak',
    'esc\x1b[31m',
    'c1\u0085',
    'x'.repeat(65),
    '🚀'.repeat(65),
  ])('%j is not a name, for new and for rename', async (name) => {
    const made = await sandbox.run(['new', '-d', name, '--', ...idle]);
    expectRefusal(made, exitCodes.usage);
    // A name that is refused must not reach the terminal with its control characters.
    expect(made.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x80-\x9f]/);
    await sandbox.runOk(['new', '-d', 'good', '--', ...idle]);
    expectRefusal(await sandbox.run(['rename', 'good', name]), exitCodes.usage);
    expect(await names()).toEqual(['good']);
  });

  it('an empty name and one with a leading dash are refused', async () => {
    await sandbox.runOk(['new', '-d', 'good', '--', ...idle]);
    expectRefusal(await sandbox.run(['rename', 'good', '']), exitCodes.usage);
    expectRefusal(await sandbox.run(['new', '-d', '', '--', ...idle]), exitCodes.usage, /at least one character/);
    expectRefusal(await sandbox.run(['rename', 'good', '--', '-dash']), exitCodes.usage);
    expect(await names()).toEqual(['good']);
  });

  it('a unique prefix is enough', async () => {
    await sandbox.runOk(['new', '-d', 'alpha', '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'beta', '--', ...idle]);
    await sandbox.runOk(['kill', 'al']);
    expect(await names()).toEqual(['beta']);
  });

  it('an ambiguous prefix lists the candidates and does nothing', async () => {
    for (const name of ['work-1', 'work-2', 'other']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    const result = await sandbox.run(['kill', 'work']);
    expectRefusal(result, exitCodes.noSession, /work-1[\s\S]*work-2/);
    expect(result.stderr).not.toContain('other');
    expect(await names()).toEqual(['other', 'work-1', 'work-2']);
  });

  it('a whole name wins over the prefix of another', async () => {
    for (const name of ['work', 'workshop']) await sandbox.runOk(['new', '-d', name, '--', ...idle]);
    await sandbox.runOk(['kill', 'work']);
    expect(await names()).toEqual(['workshop']);
  });
});
