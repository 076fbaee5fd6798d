import { describe, expect, it } from 'vitest';
import { definitionOf } from '../../src/cli/definition.ts';
import { verb, verbNames } from '../../src/cli/verb.ts';
import { allVerbs, verbTable } from '../../src/cli/verb-table.ts';

const sample = verb({
  command: ['mix <name> [others..]', 'blend'],
  describe: 'Mix sessions',
  words: { others: ['red', 'blue'], '--': 'command' },
  build: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'The session' })
      .positional('others', { type: 'string', array: true, describe: 'Colours' })
      .option('fast', { alias: 'f', type: 'boolean', default: false, describe: 'At once' })
      .option('keep', { type: 'boolean', describe: 'Keep what was' })
      .option('mode', { choices: ['a', 'b'], describe: 'How' })
      .option('cwd', { type: 'string', array: true, describe: 'Where' })
      .option('secret', { type: 'string', hidden: true })
      .conflicts('fast', 'mode')
      .example('$0 mix a', 'Do it'),
  run: async () => 0,
});

describe('definitionOf', () => {
  it('says as data what the builder says to yargs', () => {
    expect(definitionOf(sample)).toEqual({
      names: ['mix', 'blend'],
      describe: 'Mix sessions',
      isHidden: false,
      positionals: [
        { name: 'name', isRequired: true, isMany: false, describe: 'The session', kind: 'session' },
        { name: 'others', isRequired: false, isMany: true, describe: 'Colours', kind: ['red', 'blue'] },
      ],
      flags: [
        { names: ['--fast', '-f'], describe: 'At once', value: null, isMany: false, isNegatable: false },
        { names: ['--keep'], describe: 'Keep what was', value: null, isMany: false, isNegatable: true },
        { names: ['--mode'], describe: 'How', value: ['a', 'b'], isMany: false, isNegatable: false },
        { names: ['--cwd'], describe: 'Where', value: 'folder', isMany: true, isNegatable: false },
      ],
      rest: 'command',
      examples: [{ command: 'stay mix a', text: 'Do it' }],
    });
  });

  it('refuses a builder that says words in a way that it does not note', () => {
    const other = verb({ ...sample, build: (yargs) => yargs.boolean('fast') });
    expect(() => definitionOf(other)).toThrow('"mix" is built with boolean');
  });

  it('can be had of every verb, each of which describes its words', async () => {
    for (const one of await allVerbs()) {
      const { names, positionals, flags, describe, isHidden } = definitionOf(one);
      expect(describe, names[0]).not.toBe('');
      for (const word of isHidden ? [] : [...positionals, ...flags]) expect(word.describe, names[0]).not.toBe('');
    }
  });
});

describe('the table of verbs', () => {
  it('has each verb under the words that it calls itself', async () => {
    expect((await allVerbs()).map(verbNames)).toEqual(verbTable.map(({ names }) => names));
  });
});
