// Answers that the terminal still has under way when we leave it: read here, they are not typed into the shell.

import { answerPattern, attributesPattern, latin1 } from '../base/answer-pattern.ts';
import { joinBytes } from '../base/join-bytes.ts';
import { lateAnswerTimeoutMs } from '../base/limits.ts';

/** What is needed of the user's terminal. */
export interface AnsweringTerminal {
  read(listener: (bytes: Uint8Array) => void): { dispose(): void };
  write(bytes: Uint8Array): Promise<void>;
  unread(bytes: Uint8Array): void;
}

/** Primary device attributes (DA1, ECMA-48 and DEC STD 070): every terminal answers, and answers come in order. */
const lastQuestion = new TextEncoder().encode('\x1b[c');

/**
 * Asks one last question and drops all answers up to its own; keys that come meanwhile are given back. `attributesDue`: how
 * often the same question was asked before and is not answered yet.
 */
export async function dropLateAnswers(terminal: AnsweringTerminal, attributesDue: number): Promise<void> {
  const received: Uint8Array[] = [];
  let reading: { dispose(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, lateAnswerTimeoutMs);
    reading = terminal.read((bytes) => {
      received.push(bytes);
      const answers = latin1(joinBytes(received)).match(attributesPattern)?.length ?? 0;
      if (answers > attributesDue) resolve();
    });
    terminal.write(lastQuestion).catch(resolve);
  });
  clearTimeout(timer);
  reading?.dispose();
  const keys = latin1(joinBytes(received)).replace(answerPattern, '');
  terminal.unread(Uint8Array.from(keys, (character) => character.charCodeAt(0)));
}
