import { describe, expect, it } from 'vitest';
import { traitsOfFlags, traitsOfSettings, traitsText } from '../../src/cli/session-traits.ts';
import { parseSettings } from '../../src/config/settings.ts';
import { sampleRecord } from '../support/samples.ts';

const none = { restart: undefined, resumeCommand: undefined, private: undefined };

describe('flags', () => {
  it('that were not given change nothing', () => {
    expect(traitsOfFlags(none)).toEqual({});
  });

  it('set what they name, a resume command as a line for the shell', () => {
    expect(traitsOfFlags({ restart: 'ask', resumeCommand: 'vim -S | cat', private: false })).toEqual({
      restart: 'ask',
      resumeCommand: ['/bin/sh', '-c', 'vim -S | cat'],
      isPrivate: false,
    });
  });

  it('take a resume command back by an empty one', () => {
    expect(traitsOfFlags({ ...none, resumeCommand: ' ' })).toEqual({ resumeCommand: null });
  });
});

it('new sessions have the traits of the settings', () => {
  const text = ['restart = "never"', 'private = true', 'history_lines = 50', 'history_limit = "1MiB"'].join('\n');
  expect(traitsOfSettings(parseSettings(text, 'config.toml'))).toEqual({
    restart: 'never',
    resumeCommand: null,
    isPrivate: true,
    isPinned: false,
    historyLines: 50,
    historyBytes: 1024 * 1024,
  });
});

describe('in words', () => {
  it('every trait has its line', () => {
    expect(traitsText(sampleRecord())).toBe('restart: auto\nresume command: the same as at first\nprivate: no\n');
  });

  it('a resume command is told as it was given', () => {
    const resumeCommand = ['/bin/sh', '-c', 'vim -S notes'];
    expect(traitsText(sampleRecord({ resumeCommand, isPrivate: true }))).toMatch(/: vim -S notes\nprivate: yes\n$/);
    expect(traitsText(sampleRecord({ resumeCommand: ['less', 'a b'] }))).toContain("resume command: less 'a b'\n");
  });
});
