import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { openCore } from '../../src/emulator/xterm-core.ts';

it('the private parts of xterm that the emulator stands on are where they were', () => {
  expect(() => openCore(new xterm.Terminal({ allowProposedApi: true }))).not.toThrow();
});

it('a part that moved is named', () => {
  const terminal = new xterm.Terminal({ allowProposedApi: true });
  Object.assign((terminal as unknown as { _core: { _inputHandler: object } })._core._inputHandler, {
    parse: undefined,
  });
  expect(() => openCore(terminal)).toThrow(/inputHandler\.parse/);
});
