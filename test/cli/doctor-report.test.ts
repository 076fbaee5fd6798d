import { describe, expect, it } from 'vitest';
import { type Finding, note, ok, problem, runChecks, statusOf } from '../../src/cli/doctor/finding.ts';
import { doctorJson, doctorText } from '../../src/cli/doctor/report.ts';

const well: Finding = { id: 'a', ...ok('It is well.') };
const noted: Finding = { id: 'b', ...note('It is worth knowing.') };
const bad: Finding = { id: 'c', ...problem('It is bad.', 'mend it') };

describe('checks', () => {
  it('give their findings in order', async () => {
    const checks = [
      { id: 'a', examine: () => ok('It is well.') },
      { id: 'c', examine: async () => problem('It is bad.', 'mend it') },
    ];
    expect(await runChecks(checks)).toEqual([well, bad]);
  });

  it('that fail to run are notes, and the others run all the same', async () => {
    const checks = [
      {
        id: 'x',
        examine: () => {
          throw new Error('EACCES');
        },
      },
      { id: 'y', examine: () => Promise.reject(new Error('gone')) },
      { id: 'a', examine: () => ok('It is well.') },
    ];
    expect(await runChecks(checks)).toEqual([
      { id: 'x', state: 'note', message: 'The check "x" could not be made: EACCES', hint: null },
      { id: 'y', state: 'note', message: 'The check "y" could not be made: gone', hint: null },
      well,
    ]);
  });
});

describe('the exit status', () => {
  it('is 1 only when there is a problem', () => {
    expect(statusOf([])).toBe(0);
    expect(statusOf([well, noted])).toBe(0);
    expect(statusOf([well, noted, bad])).toBe(1);
  });
});

describe('the report', () => {
  it('is a line for each finding, its hint below, and the sum', () => {
    expect(doctorText([well, noted, bad], null)).toBe(
      [
        'ok       It is well.',
        'note     It is worth knowing.',
        'problem  It is bad.',
        '         -> mend it',
        '',
        '1 problem, 1 note.',
        '',
      ].join('\n'),
    );
    expect(doctorText([well], null)).toMatch(/\nAll is well\.\n$/);
  });

  it('is wrapped at the columns of the terminal, but no word is broken', () => {
    const finding: Finding = { id: 'a', ...ok('The folder "/a/path/that/is/long" is fine so far.') };
    expect(doctorText([finding], 30).split('\n').slice(0, 3)).toEqual([
      'ok       The folder',
      '         "/a/path/that/is/long"',
      '         is fine so far.',
    ]);
  });

  it('shows nothing that a terminal would act on', () => {
    expect(doctorText([{ id: 'a', ...ok('It is \x1b[31mred.') }], null)).not.toContain('\x1b');
  });

  it('is an array of objects in JSON', () => {
    expect(JSON.parse(doctorJson([well, bad]))).toEqual([
      { id: 'a', state: 'ok', message: 'It is well.', hint: null },
      { id: 'c', state: 'problem', message: 'It is bad.', hint: 'mend it' },
    ]);
  });
});
