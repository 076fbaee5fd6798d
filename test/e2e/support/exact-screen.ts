// Whether a terminal shows exactly what the session's server says that its screen is: every cell, every colour, the cursor.

import { onTestFinished } from 'vitest';
import { Emulator } from '../../../src/emulator/emulator.ts';
import { peek } from '../../../src/emulator/peek.ts';
import type { SeenScreen } from './known-output.ts';
import type { Sandbox } from './sandbox.ts';
import type { TestTerminal } from './screen.ts';
import { waitUntil } from './waiting.ts';

type ShownScreen = Omit<SeenScreen, 'history'>;

/** From now on knows what a terminal of 80 columns and 24 rows shows that was empty. */
export function watchScreen(terminal: TestTerminal): () => ShownScreen {
  const emulator = new Emulator({ cols: 80, rows: 24, historyLines: 0, onReply: () => {}, onFault: () => {} });
  let isOver = false;
  terminal.pty.onData((bytes) => {
    if (!isOver) emulator.feed(bytes);
  });
  onTestFinished(() => {
    isOver = true;
    emulator.dispose();
  });
  return () => {
    const { lines, facts } = peek(emulator, { historyLines: 0, isAnsi: true });
    return { screen: lines, cursor: facts.cursor, alternateScreen: facts.isAlternateScreen };
  };
}

/** Waits until the terminal shows the screen of the session, in which nothing happens any more. */
export async function waitForExactScreen(
  sandbox: Sandbox,
  { session, shown }: { session: string; shown: () => ShownScreen },
): Promise<void> {
  const { stdout } = await sandbox.runOk(['peek', session, '--json', '--ansi']);
  const { screen, cursor, alternateScreen } = JSON.parse(stdout) as SeenScreen;
  const wanted = JSON.stringify({ screen, cursor, alternateScreen });
  await waitUntil(
    () => JSON.stringify(shown()) === wanted,
    () => `the screen of ${session}\n${wanted}\nis not what is shown\n${JSON.stringify(shown())}`,
  );
}
