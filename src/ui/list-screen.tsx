// The list's screen: Ink on the terminal's alternate screen, for one run of the list.

import { render } from 'ink';
import type { Disposable } from '../base/disposables.ts';
import type { ListLook } from './field-line.ts';
import type { ListState } from './list-state.ts';
import { ListView } from './list-view.tsx';
import type { ListTerminal } from './session-list.ts';
import { createTheme } from './theme.ts';

/** Frames per second at most: a key that is held down repeats about 30 times. */
const maxFps = 60;

/** Starts synchronised output; the frame that Ink draws next ends it. */
const beginUpdate = '\x1b[?2026h';

/** From the top left. Some terminals keep what a narrower window cut off, and would show it again in a wider one. */
const eraseScreen = '\x1b[H\x1b[J';

export interface ListScreen extends Disposable {
  /** Shows `state` once what is going on has settled; of several states in a row only the last. */
  draw(state: ListState): void;
  /** Shows `state` after the terminal got another size, from scratch: whatever it made of the old frame is erased. */
  repaint(state: ListState): void;
  /** Settles when the terminal has been given back and everything is written; rejects when drawing failed. */
  closed: Promise<unknown>;
}

/** Switches to the alternate screen and draws the first frame. Disposing switches back. */
export function openScreen(terminal: ListTerminal, { state: first, home }: Omit<ListLook, 'theme'>): ListScreen {
  const { preferences } = first;
  let { background } = first;
  let theme = createTheme({ ...preferences, background });
  let waiting: ListState | null = null;
  const ink = render(<ListView {...lookOf(first)} />, {
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    alternateScreen: true,
    interactive: true,
    // Unchanged lines are left alone: without it every frame erases the screen first, which flickers.
    incrementalRendering: true,
    maxFps,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: preferences.isForScreenReader,
  });
  const closed = ink.waitUntilExit();

  /** The theme follows the terminal's background as soon as that is known. */
  function lookOf(state: ListState): ListLook {
    if (state.background !== background) {
      background = state.background;
      theme = createTheme({ ...preferences, background });
    }
    return { state, theme, home };
  }

  function show(): void {
    if (waiting === null) return;
    ink.rerender(<ListView {...lookOf(waiting)} />);
    waiting = null;
  }

  return {
    draw(state) {
      if (waiting === null) queueMicrotask(show);
      waiting = state;
    },
    repaint(state) {
      terminal.stdout.write(beginUpdate);
      ink.clear();
      terminal.stdout.write(eraseScreen);
      waiting = state;
      show();
    },
    closed,
    dispose() {
      waiting = null;
      ink.unmount();
    },
  };
}
