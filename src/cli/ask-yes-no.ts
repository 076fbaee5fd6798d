// A question on the terminal.

import { Disposables } from '../base/disposables.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';

const encoder = new TextEncoder();

/** Asks `question` and waits for one key: true for `y`, false for any other. */
export async function askYesNo(question: string, terminal: UserTerminal): Promise<boolean> {
  const waiting = new Disposables();
  // Reading makes the terminal raw: a key pressed at once is not echoed into the question.
  const pressed = new Promise<Uint8Array>((resolve) => {
    waiting.add(terminal.onHangup(() => resolve(new Uint8Array())));
    waiting.add(terminal.read(resolve));
  });
  await terminal.write(encoder.encode(`${question} [y/N] `));
  const key = await pressed;
  waiting.dispose();
  const isYes = /^[yY]/.test(new TextDecoder().decode(key));
  await terminal.write(encoder.encode(isYes ? 'yes\r\n' : 'no\r\n'));
  return isYes;
}
