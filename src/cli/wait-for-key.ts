// A sentence on the terminal, and the one key that is waited for behind it.

import { Disposables } from '../base/disposables.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';

/** Shows `prompt` and resolves with what is typed next; '' when the terminal is gone. */
export async function waitForKey(prompt: string, terminal: UserTerminal): Promise<string> {
  const waiting = new Disposables();
  // Reading makes the terminal raw: a key pressed at once is not echoed into the prompt.
  const pressed = new Promise<Uint8Array>((resolve) => {
    waiting.add(terminal.onHangup(() => resolve(new Uint8Array())));
    waiting.add(terminal.read(resolve));
  });
  await terminal.write(new TextEncoder().encode(prompt));
  const key = await pressed;
  waiting.dispose();
  return new TextDecoder().decode(key);
}
