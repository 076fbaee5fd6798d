// How the keyboard reports keys: kitty's flags, a stack of them per screen, and xterm's modifyOtherKeys.

import type { Terminal } from '@xterm/headless';
import { numbers, type Params } from './parameters.ts';

/** Entries kept per stack; kitty evicts the oldest of more, and so do we. */
const maxEntries = 16;
const flagsMask = 0x1f;

export class KittyStack {
  #flags = 0;
  #below: number[] = [];
  #isTouched = false;

  /** The flags in force. */
  get flags(): number {
    return this.#flags;
  }

  /** Flags from the bottom of the stack to those in force; length 1 when nothing was pushed. */
  get entries(): readonly number[] {
    return [...this.#below, this.#flags];
  }

  get depth(): number {
    return this.#below.length;
  }

  /** True once the program used the stack, even if it is empty again. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** `CSI > flags u` */
  push(flags: number): void {
    this.#isTouched = true;
    this.#below.push(this.#flags);
    if (this.#below.length > maxEntries) this.#below.shift();
    this.#flags = flags & flagsMask;
  }

  /** `CSI < count u` */
  pop(count: number): void {
    for (let left = Math.min(count, maxEntries + 1); left > 0; left--) this.#flags = this.#below.pop() ?? 0;
  }

  /** `CSI = flags ; how u`: 1 sets all, 2 adds, 3 takes away. */
  set(flags: number, how: number): void {
    this.#isTouched = true;
    if (how === 2) this.#flags |= flags & flagsMask;
    else if (how === 3) this.#flags &= ~flags;
    else this.#flags = flags & flagsMask;
  }

  reset(): void {
    this.#flags = 0;
    this.#below = [];
  }
}

/** The resources of `CSI > resource ; value m`: 4 is modifyOtherKeys. */
export class KeyModifiers {
  readonly #values = new Map<number, number | undefined>();

  /** What the program said of each resource; undefined where it went back to the default. */
  get values(): ReadonlyMap<number, number | undefined> {
    return this.#values;
  }

  set(resource: number, value: number | undefined): void {
    if (resource <= 7) this.#values.set(resource, value);
  }

  /** All back to their defaults; what was touched stays known. */
  reset(): void {
    for (const resource of this.#values.keys()) this.#values.set(resource, undefined);
  }
}

/** Follows both kinds of keyboard settings; `keys` is the stack of the screen that is shown. xterm.js knows neither. */
export function watchKeyboard(
  parser: Terminal['parser'],
  keyboard: { keys: () => KittyStack; modifiers: KeyModifiers },
): void {
  const { keys, modifiers } = keyboard;
  const on = (prefix: string, final: string, act: (params: Params) => void) =>
    parser.registerCsiHandler({ prefix, final }, (params) => {
      act(params);
      return true;
    });
  on('>', 'u', (params) => keys().push(numbers(params)[0] ?? 0));
  on('<', 'u', (params) => keys().pop(numbers(params)[0] || 1));
  on('=', 'u', (params) => keys().set(numbers(params)[0] ?? 0, numbers(params)[1] || 1));
  on('>', 'm', (params) => setModifier(modifiers, numbers(params)));
  on('>', 'n', (params) => modifiers.set(numbers(params)[0] ?? 0, -1));
}

function setModifier(modifiers: KeyModifiers, params: readonly number[]): void {
  const [resource, value] = params;
  if (params.length === 1 && resource === 0) modifiers.reset();
  else modifiers.set(resource ?? 0, value);
}
