import { afterEach, describe, expect, it } from 'vitest';
import { makeSessions } from './support/list-screen.ts';
import { makeSandbox } from './support/sandbox.ts';
import { hasTmux, startTmux } from './support/tmux.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

describe.skipIf(!hasTmux)('in tmux', () => {
  it('opens, attaches, comes back and quits', async () => {
    await makeSessions(sandbox, 'alpha', 'beta');
    const tmux = startTmux(sandbox, 'bash --norc', { cols: 80, rows: 24 });
    try {
      tmux.sendText("PS1='prompt> '; clear; stay");
      tmux.sendKeys('Enter');
      await tmux.waitFor(/alpha[\s\S]*beta|beta[\s\S]*alpha/);
      tmux.sendKeys('Enter');
      await tmux.waitFor(/^I am (alpha|beta)$/m);
      tmux.sendKeys('C-\\');
      await tmux.waitFor(/alpha[\s\S]*beta|beta[\s\S]*alpha/);
      tmux.resize({ cols: 40, rows: 10 });
      await tmux.waitFor(/alpha[\s\S]*beta|beta[\s\S]*alpha/);
      tmux.sendKeys('q');
      await tmux.waitFor(/prompt>$/);
      expect(tmux.format('#{cursor_flag} #{alternate_on} #{mouse_any_flag} #{keypad_cursor_flag}')).toBe('1 0 0 0');
    } finally {
      tmux.stop();
    }
  });

  it('shows vim after detaching and attaching exactly as before', async () => {
    const tmux = startTmux(sandbox, 'bash --norc', { cols: 80, rows: 24 });
    try {
      tmux.sendText(`clear; stay new edit -- vim -u NONE ${sandbox.freshPath('text')}`);
      tmux.sendKeys('Enter');
      await tmux.waitFor(/~\n/);
      tmux.sendText('ihello from tmux');
      tmux.sendKeys('Escape');
      await tmux.waitFor(/^hello from tmux\n~/);
      const cursor = () => tmux.format('#{cursor_x},#{cursor_y} #{alternate_on}');
      await waitUntil(() => cursor() === '14,0 1', 'vim leaves its insert mode');
      const before = tmux.text();
      tmux.sendKeys('C-\\');
      await tmux.waitFor(/detached from edit/);
      tmux.sendText('stay attach edit');
      tmux.sendKeys('Enter');
      await tmux.waitFor(/^hello from tmux\n~/);
      await waitUntil(
        () => cursor() === '14,0 1',
        () => `the cursor is back; it is at ${cursor()}`,
      );
      expect(tmux.text()).toBe(before);
    } finally {
      tmux.stop();
    }
  });
});
