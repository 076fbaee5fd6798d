// Notices when a program touches its title, of which the receiver's terminal then shows no more than it said. Only looks on.

import type { Terminal } from '@xterm/headless';
import type { Disposable } from '../base/disposables.ts';
import type { Damage } from './line-guard.ts';
import { numbers } from './parameters.ts';

/** XTWINOPS that push and pop titles. */
const stackOperations: ReadonlySet<number | undefined> = new Set([22, 23]);

export class TitleGuard implements Disposable {
  readonly #disposables: Disposable[];
  #isTouched = false;

  constructor(parser: Terminal['parser']) {
    this.#disposables = [
      ...[0, 2].map((which) => parser.registerOscHandler(which, () => this.#touched())),
      parser.registerCsiHandler({ final: 't' }, (params) => stackOperations.has(numbers(params)[0]) && this.#touched()),
    ];
  }

  take(): Damage {
    const isTouched = this.#isTouched;
    this.#isTouched = false;
    return isTouched ? 'line' : 'none';
  }

  dispose(): void {
    for (const item of this.#disposables) item.dispose();
  }

  #touched(): false {
    this.#isTouched = true;
    return false;
  }
}
