// A terminal that shows nothing but answers questions, with values that only it gives, and as late as it is told.

import { onTestFinished } from 'vitest';
import { startPty, type TestPty } from './pty.ts';
import { pause, waitUntil } from './waiting.ts';

export interface AnsweringTerminal {
  readonly pty: TestPty;
  /** Everything received, as latin1 text. */
  text(): string;
  /** The questions it was asked so far. */
  readonly asked: readonly string[];
  /** True when every question asked so far was answered. */
  hasAnsweredAll(): boolean;
  waitFor(pattern: RegExp): Promise<void>;
}

export interface AnsweringOptions {
  /** What it says to each question, byte for byte. */
  answers: ReadonlyMap<string, string>;
  latencyMs?: number;
  env: Record<string, string>;
  cwd: string;
}

/** Starts `command` in such a terminal of 80 columns and 24 rows. It is closed after the test. */
export function openAnsweringTerminal(command: readonly string[], options: AnsweringOptions): AnsweringTerminal {
  const { answers, latencyMs = 0, env, cwd } = options;
  const pty = startPty(command, { env, cwd });
  onTestFinished(() => pty.close());
  const asked: string[] = [];
  let received = '';
  let lookedAt = 0;
  let answered = 0;

  pty.onData((bytes) => {
    received += Buffer.from(bytes).toString('latin1');
    for (
      let next = nextQuestion(received, lookedAt, answers);
      next !== null;
      next = nextQuestion(received, lookedAt, answers)
    ) {
      lookedAt = next.end;
      asked.push(next.question);
      void answer(answers.get(next.question) ?? '');
    }
  });

  async function answer(text: string): Promise<void> {
    if (latencyMs > 0) await pause(latencyMs);
    // A program that is gone needs no answer.
    await pty.write(Buffer.from(text, 'latin1')).catch(() => {});
    answered++;
  }

  return {
    pty,
    text: () => received,
    asked,
    hasAnsweredAll: () => answered === asked.length,
    async waitFor(pattern) {
      const describe = () => `${pattern} in ${JSON.stringify(received.slice(-2000))}`;
      await waitUntil(() => pattern.test(received), describe);
    },
  };
}

/** The question that ends first at or after `from`. */
function nextQuestion(
  text: string,
  from: number,
  answers: ReadonlyMap<string, string>,
): { question: string; end: number } | null {
  let found: { question: string; end: number } | null = null;
  for (const question of answers.keys()) {
    const at = text.indexOf(question, from);
    if (at >= 0 && (found === null || at + question.length < found.end))
      found = { question, end: at + question.length };
  }
  return found;
}
