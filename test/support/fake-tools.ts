// Tools of the system that say what a test wants, and remember what they were asked.

import type { RunTool, ToolAnswer } from '../../src/platform/system-tool.ts';

export interface FakeTools {
  run: RunTool;
  /** The command lines, in order. */
  asked: string[];
}

/** `answers` maps a beginning of a command line to its answer; the first that fits is given. Others are not installed. */
export function fakeTools(answers: Readonly<Record<string, ToolAnswer>> = {}): FakeTools {
  const asked: string[] = [];
  return {
    asked,
    run: async (command) => {
      const line = command.join(' ');
      asked.push(line);
      const found = Object.entries(answers).find(([beginning]) => line.startsWith(beginning));
      return found?.[1] ?? { kind: 'missing' };
    },
  };
}

export function says(output: string, exitCode = 0): ToolAnswer {
  return { kind: 'ended', exitCode, output, errors: '' };
}

export function complains(errors: string, exitCode = 1): ToolAnswer {
  return { kind: 'ended', exitCode, output: '', errors };
}
