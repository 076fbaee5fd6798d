// Answers that the terminal still has under way when we leave it: read here, they are not typed into the shell.

import { lateAnswerTimeoutMs } from '../base/limits.ts';
import { joinBytes } from '../protocol/frames.ts';

/** What is needed of the user's terminal. */
export interface AnsweringTerminal {
  read(listener: (bytes: Uint8Array) => void): { dispose(): void };
  write(bytes: Uint8Array): Promise<void>;
  unread(bytes: Uint8Array): void;
}

/** Primary device attributes (DA1, ECMA-48 and DEC STD 070): every terminal answers, and answers come in order. */
const lastQuestion = new TextEncoder().encode('\x1b[c');
const lastAnswer = /\x1b\[\?[\d;]*c/;

/**
 * What terminals send unasked for by a key: reports that begin with CSI (attributes, status, position, size, modes, colour
 * scheme, focus), and strings (DCS, OSC, APC) up to their terminator.
 */
const answers = /\x1b\[[?>=]?[\d;:]*(?:[cnRtIO]|\$y|(?<=\?[\d;:]*)u)|\x1b[P\]_][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** Asks one last question and drops all answers up to its own; keys that come meanwhile are given back. */
export async function dropLateAnswers(terminal: AnsweringTerminal): Promise<void> {
  const received: Uint8Array[] = [];
  let reading: { dispose(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, lateAnswerTimeoutMs);
    reading = terminal.read((bytes) => {
      received.push(bytes);
      if (lastAnswer.test(latin1(joinBytes(received)))) resolve();
    });
    terminal.write(lastQuestion).catch(resolve);
  });
  clearTimeout(timer);
  reading?.dispose();
  const keys = latin1(joinBytes(received)).replace(answers, '');
  terminal.unread(Uint8Array.from(keys, (character) => character.charCodeAt(0)));
}

/** One character a byte, so that nothing is decoded on its way. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
