import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/base/stay-error.ts';
import { environmentFacts, exitFacts } from '../../src/cli/man/facts.ts';
import { manPage } from '../../src/cli/man/man-page.ts';
import { literal } from '../../src/cli/man/roff.ts';

describe('literal', () => {
  it.each([
    ['--cwd ~/app', String.raw`\-\-cwd \(ti/app`],
    [String.raw`ctrl-\ "it's"`, String.raw`ctrl\-\(rs \(dqit\(aqs\(dq`],
    ['.profile', String.raw`\&.profile`],
    ["'quoted'", String.raw`\(aqquoted\(aq`],
    ['über 🚀', String.raw`\[u00FC]ber \[u1F680]`],
  ])('keeps %j as it is', (text, roff) => {
    expect(literal(text)).toBe(roff);
  });
});

describe('manPage', () => {
  it('leaves out what is hidden', () => {
    const about = { describe: 'Do it', positionals: [], flags: [], rest: null, examples: [] };
    const page = manPage({
      version: '1',
      settings: [],
      verbs: [
        { ...about, names: ['seen'], isHidden: false },
        { ...about, names: ['unseen'], isHidden: true },
      ],
    });
    expect(page).toContain('.SS \\fBstay seen\\fR\nDo it.\n');
    expect(page).not.toContain('unseen');
  });
});

describe('the facts of the manual', () => {
  it('know every variable of ours that the source names', () => {
    const root = fileURLToPath(new URL('../../src', import.meta.url));
    const named = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .flatMap((path) => readFileSync(join(root, path), 'utf8').match(/\bSTAY_[A-Z_]+\b/g) ?? []);
    // Between a server and whoever starts it, or for tests.
    const internal = new Set(['STAY_SERVER', 'STAY_KEPT_', 'STAY_BOOT_ID']);
    const told = environmentFacts.flatMap(({ name }) => name.split(', '));
    expect([...new Set(named)].filter((name) => !internal.has(name) && !told.includes(name))).toEqual([]);
  });

  it('know every exit status', () => {
    const told = exitFacts.map(({ name }) => name);
    expect(
      Object.values(exitCodes)
        .map(String)
        .filter((status) => !told.includes(status)),
    ).toEqual([]);
  });
});
