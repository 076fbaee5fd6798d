// Title and icon title, and the stack that programs keep them on.

import type { Terminal } from '@xterm/headless';
import { numbers } from './parameters.ts';

/** Entries of a stack, as in xterm. */
const maxEntries = 10;

class TitleStack {
  current: string | undefined;
  readonly entries: (string | undefined)[] = [];

  push(): void {
    this.entries.push(this.current);
    if (this.entries.length > maxEntries) this.entries.shift();
  }

  pop(): void {
    if (this.entries.length > 0) this.current = this.entries.pop();
  }
}

export class Titles {
  readonly window: TitleStack = new TitleStack();
  readonly icon: TitleStack = new TitleStack();

  /** `which` as in `CSI 22 ; which t`: 0 both, 1 icon, 2 window. */
  push(which: number): void {
    for (const stack of this.#stacks(which)) stack.push();
  }

  pop(which: number): void {
    for (const stack of this.#stacks(which)) stack.pop();
  }

  /** As OSC 0, 1 and 2 do. */
  set(which: number, title: string): void {
    for (const stack of this.#stacks(which)) stack.current = title;
  }

  #stacks(which: number): TitleStack[] {
    if (which === 0) return [this.icon, this.window];
    if (which === 1) return [this.icon];
    return which === 2 ? [this.window] : [];
  }
}

/** From a terminal whose stack is as before the program to the program's titles and stack. */
export function titleSequence(titles: Titles): string {
  const { icon, window } = titles;
  const isPaired = icon.entries.length === window.entries.length;
  const pushes = isPaired
    ? window.entries.map((title, at) => `${oneTitle(1, icon.entries[at])}${oneTitle(2, title)}\x1b[22;0t`)
    : [...pushesOf(icon, 1), ...pushesOf(window, 2)];
  return pushes.join('') + currentTitleSequence(titles);
}

function pushesOf(stack: TitleStack, which: 1 | 2): string[] {
  return stack.entries.map((title) => `${oneTitle(which, title)}\x1b[22;${which}t`);
}

/** The titles alone. */
export function currentTitleSequence(titles: Titles): string {
  return oneTitle(1, titles.icon.current) + oneTitle(2, titles.window.current);
}

/** The session's name before the title of its program. */
export function namedTitleSequence(titles: Titles, name: string): string {
  const title = titles.window.current;
  return oneTitle(2, title === undefined || title === '' ? name : `${name} - ${title}`);
}

// One that the program never set is the terminal's own, and stays.
function oneTitle(which: 1 | 2, title: string | undefined): string {
  return title === undefined ? '' : `\x1b]${which};${title}\x1b\\`;
}

/** Follows OSC 0, 1, 2 and the stack. */
export function watchTitles(parser: Terminal['parser'], titles: Titles): void {
  for (const which of [0, 1, 2]) {
    parser.registerOscHandler(which, (title) => {
      titles.set(which, title);
      return false;
    });
  }
  parser.registerCsiHandler({ final: 't' }, (params) => {
    const [operation, which] = numbers(params);
    if (operation === 22) titles.push(which ?? 0);
    if (operation === 23) titles.pop(which ?? 0);
    return false;
  });
}
