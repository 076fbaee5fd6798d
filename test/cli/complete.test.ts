import { describe, expect, it } from 'vitest';
import { type Answer, complete } from '../../src/cli/completion/complete.ts';
import type { Flag, VerbDefinition } from '../../src/cli/definition.ts';

function flag(name: string, about: Partial<Flag> = {}): Flag {
  return { names: [name], describe: `about ${name}`, value: null, isMany: false, isNegatable: false, ...about };
}

function aVerb(name: string, about: Partial<VerbDefinition> = {}): VerbDefinition {
  return {
    names: [name],
    describe: `about ${name}`,
    isHidden: false,
    positionals: [],
    flags: [],
    rest: null,
    examples: [],
    ...about,
  };
}

const word = { isRequired: false, isMany: false, describe: '' };
const verbs = [
  aVerb('$0', { flags: [flag('--plain')] }),
  aVerb('kill', { positionals: [{ ...word, name: 'names', isMany: true, kind: 'session' }], flags: [flag('--all')] }),
  aVerb('new', {
    names: ['new', 'make'],
    positionals: [{ ...word, name: 'name', kind: 'other' }],
    flags: [
      flag('--detached', { names: ['--detached', '-d'] }),
      flag('--mode', { value: ['auto', 'never'] }),
      flag('--cwd', { value: 'folder' }),
      flag('--env', { value: 'other', isMany: true }),
      flag('--private', { isNegatable: true }),
    ],
    rest: 'command',
  }),
  aVerb('secret', { isHidden: true }),
];
const sessions = () => ['web', 'api'].map((value) => ({ value, describe: 'running' }));

function answerTo(...words: string[]): Answer {
  return complete(words, { verbs, sessions });
}

function wordsFor(...words: string[]): string[] {
  const answer = answerTo(...words);
  if (answer.kind !== 'words') throw new Error(answer.kind);
  return answer.candidates.map(({ value }) => value);
}

describe('complete', () => {
  it('offers the verbs first, and the flags that go without one', () => {
    expect(answerTo('')).toEqual({
      kind: 'words',
      candidates: [
        { value: 'kill', describe: 'about kill' },
        { value: 'new', describe: 'about new' },
      ],
    });
    expect(wordsFor('-')).toEqual(['--plain', '--help', '-h', '--version']);
  });

  it('offers sessions, none of them twice', () => {
    expect(wordsFor('kill', '')).toEqual(['web', 'api']);
    expect(wordsFor('kill', 'web', '')).toEqual(['api']);
    expect(wordsFor('kill', '--all', 'web', 'api', '')).toEqual([]);
  });

  it('asks for sessions only where one may stand', () => {
    const refuse = () => {
      throw new Error('asked');
    };
    for (const words of [[''], ['kill', '-'], ['new', ''], ['new', '--cwd', '']]) {
      expect(() => complete(words, { verbs, sessions: refuse })).not.toThrow();
    }
  });

  it('offers each flag once, unless it can be given more than once', () => {
    const all = ['--detached', '-d', '--mode', '--cwd', '--env', '--private', '--no-private', '--help', '-h'];
    expect(wordsFor('new', '-')).toEqual(all);
    expect(wordsFor('make', '-d', '--env', 'A=1', '--no-private', '--mode=auto', '-')).toEqual([
      ...['--cwd', '--env', '--help', '-h'],
    ]);
  });

  it('offers flags where any word may stand, as long as nothing is typed', () => {
    expect(wordsFor('new', '')).toContain('--detached');
    expect(wordsFor('new', 'd')).toEqual([]);
    expect(wordsFor('new', 'name', '')).toContain('--detached');
  });

  it('offers the values of a flag, behind a blank or an equals sign', () => {
    expect(wordsFor('new', '--mode', '')).toEqual(['auto', 'never']);
    expect(wordsFor('new', '--mode=')).toEqual(['--mode=auto', '--mode=never']);
    expect(answerTo('new', '--cwd', '')).toEqual({ kind: 'folders' });
    expect(answerTo('new', '--cwd=/tm')).toEqual({ kind: 'folders' });
    expect(wordsFor('new', '--env', '')).toEqual([]);
  });

  it('leaves the words behind -- to the command that they are, where the verb takes one', () => {
    expect(answerTo('new', 'x', '--', 'make', '-')).toEqual({ kind: 'command' });
    expect(wordsFor('kill', '--', '')).toEqual([]);
  });

  it('offers nothing behind what is no verb', () => {
    expect(wordsFor('frobnicate', '')).toEqual([]);
    expect(wordsFor('--help', '')).toEqual([]);
  });
});
