// A question on the terminal.

import { printOut } from '../platform/standard-streams.ts';
import { openUserTerminal } from '../platform/user-terminal.ts';

/** Asks `question` and waits for one key: true for `y`, false for any other. */
export async function askYesNo(question: string): Promise<boolean> {
  await printOut(`${question} [y/N] `);
  const terminal = openUserTerminal();
  try {
    const key = await new Promise<Uint8Array>((resolve) => {
      terminal.read(resolve);
      terminal.onHangup(() => resolve(new Uint8Array()));
    });
    const isYes = /^[yY]/.test(new TextDecoder().decode(key));
    await terminal.write(new TextEncoder().encode(isYes ? 'yes\r\n' : 'no\r\n'));
    return isYes;
  } finally {
    terminal.dispose();
  }
}
