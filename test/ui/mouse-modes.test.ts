import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { mouseOff, mouseOn } from '../../src/ui/mouse-modes.ts';

function write(terminal: xterm.Terminal, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve));
}

it('asks for every motion where that is known, and leaves nothing behind', async () => {
  const terminal = new xterm.Terminal({ allowProposedApi: true });
  await write(terminal, mouseOn);
  expect(terminal.modes.mouseTrackingMode).toBe('any');
  await write(terminal, mouseOff);
  expect(terminal.modes.mouseTrackingMode).toBe('none');
  terminal.dispose();
});

it('is switched off in the reverse order', () => {
  expect(mouseOn).toBe('\x1b[?1000h\x1b[?1003h\x1b[?1006h');
  expect(mouseOff).toBe('\x1b[?1006l\x1b[?1003l\x1b[?1000l');
});
