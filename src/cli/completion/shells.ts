// The shells that can complete, and what each gets: its script, and its form of an answer.

import { bashReplacement, readBashLine } from './bash-words.ts';
import type { Answer, Candidate } from './complete.ts';
import { bashScript, fishScript, zshScript } from './scripts.ts';

export interface Shell {
  /** What makes it complete, to be sourced. */
  script: string;
  /** Whether it shows what candidates are. */
  showsDescriptions: boolean;
  /** Reads the words behind `stay` from what its script passes on, and says how its answer is written. */
  read(passed: readonly string[]): { words: string[]; write(candidate: Candidate): string | null };
}

export const shellNames = ['bash', 'zsh', 'fish'] as const;

export const shells: Readonly<Record<(typeof shellNames)[number], Shell>> = {
  bash: {
    script: bashScript,
    showsDescriptions: false,
    read: ([line = '', breaks = '']) => {
      const read = readBashLine(line, breaks);
      return { words: read.words.slice(1), write: ({ value }) => bashReplacement(value, read) };
    },
  },
  zsh: { script: zshScript, showsDescriptions: true, read: (words) => ({ words: [...words], write: zshCandidate }) },
  fish: { script: fishScript, showsDescriptions: true, read: (words) => ({ words: [...words], write: fishCandidate }) },
};

/**
 * The answer as its lines: what kind it is, then the words. The scripts in `scripts.ts` read it, perhaps those of an older
 * stay: kinds may be added, never changed.
 */
export function answerLines(answer: Answer, write: (candidate: Candidate) => string | null): string {
  const words = answer.kind === 'words' ? answer.candidates.flatMap((candidate) => write(candidate) ?? []) : [];
  return [answer.kind, ...words].map((line) => `${line}\n`).join('');
}

/** For zsh's `_describe`, which parts the word from what it is at the first colon. */
function zshCandidate({ value, describe }: Candidate): string {
  const word = value.replace(/[\\:]/g, String.raw`\$&`);
  return describe === '' ? word : `${word}:${describe}`;
}

function fishCandidate({ value, describe }: Candidate): string {
  return `${value}\t${describe}`;
}
