// Notices what does something else in a terminal that has our line below the session's rows than in one of those rows alone:
// what reaches the line, or changes the region that keeps it where it is. Only looks on.

import type { Terminal } from '@xterm/headless';
import type { Disposable } from '../base/disposables.ts';
import { numbers, type Params } from './parameters.ts';
import type { Core, CoreInput } from './xterm-core.ts';

/** What is to be made anew: nothing; line, region and cursor; all of the screen. */
export type Damage = 'none' | 'line' | 'screen';

type Parser = Terminal['parser'];

/** They switch screens, and not all terminals keep the region over that. */
const screenModes: ReadonlySet<number> = new Set([47, 1047, 1049]);

/** DECCOLM. */
const columnMode = 3;

export class LineGuard implements Disposable {
  readonly #core: Core;
  readonly #disposables: Disposable[];
  #damage: Damage = 'none';
  #count = 0;

  constructor(parser: Parser, core: Core) {
    this.#core = core;
    this.#disposables = [...this.#watchSequences(parser), ...this.#watchEscapes(parser), this.#watchWriting()];
  }

  /** What was damaged since this was asked last. `isAlone`: what did it, if it was one thing, was the last that happened. */
  take({ isAlone }: { isAlone: boolean }): Damage {
    const damage = this.#damage === 'line' && !(isAlone && this.#count === 1) ? 'screen' : this.#damage;
    this.#damage = 'none';
    this.#count = 0;
    return damage;
  }

  dispose(): void {
    for (const item of this.#disposables) item.dispose();
  }

  #note(damage: Damage, isSo = true): false {
    if (!isSo) return false;
    this.#count++;
    if (this.#damage !== 'screen') this.#damage = damage;
    return false;
  }

  #watchSequences(parser: Parser): Disposable[] {
    const isBelow = (row: number | undefined) => (row ?? 0) > this.#core._bufferService.rows;
    const on = (id: Parameters<Parser['registerCsiHandler']>[0], note: (params: number[]) => false) =>
      parser.registerCsiHandler(id, (params: Params) => note(numbers(params)));
    const switching = (modes: number[]) => {
      this.#note(
        'line',
        modes.some((mode) => screenModes.has(mode)),
      );
      return this.#note('screen', modes.includes(columnMode));
    };
    const erasing = ([what]: number[]) => this.#note('line', what !== 1 && what !== 3);
    const down = ([count]: number[]) => this.#note('screen', this.#isBelowRegion(count || 1));
    return [
      on({ final: 'r' }, ([, bottom]) => this.#note('line', !bottom || isBelow(bottom))),
      on({ prefix: '?', final: 'r' }, switching),
      on({ prefix: '?', final: 'h' }, switching),
      on({ prefix: '?', final: 'l' }, switching),
      on({ final: 'H' }, ([row]) => this.#note('line', isBelow(row))),
      on({ final: 'f' }, ([row]) => this.#note('line', isBelow(row))),
      on({ final: 'd' }, ([row]) => this.#note('line', isBelow(row))),
      on({ final: 'e' }, ([count]) => this.#note('line', isBelow(this.#row + 1 + (count || 1)))),
      on({ final: 'B' }, down),
      on({ final: 'E' }, down),
      on({ final: 'J' }, erasing),
      on({ prefix: '?', final: 'J' }, erasing),
      on({ intermediates: '!', final: 'p' }, () => this.#note('line')),
      on({ intermediates: '"', final: 'p' }, () => this.#note('screen')),
      ...['x', 'z', '{', 'v'].map((final) => on({ intermediates: '$', final }, () => this.#note('line'))),
    ];
  }

  #watchEscapes(parser: Parser): Disposable[] {
    return [
      parser.registerEscHandler({ final: 'c' }, () => this.#note('line')),
      parser.registerEscHandler({ intermediates: '#', final: '8' }, () => this.#note('line')),
    ];
  }

  /** Below a region that does not reach to the last row nothing scrolls, and the cursor would go on into the line. */
  #watchWriting(): Disposable {
    const input = this.#core._inputHandler;
    const { lineFeed, index, print } = input;
    const noteLine = () => this.#note('screen', this.#isBelowRegion(1));
    const watched: Pick<CoreInput, 'lineFeed' | 'index' | 'print'> = {
      lineFeed: () => {
        noteLine();
        return lineFeed.call(input);
      },
      index: () => {
        noteLine();
        return index.call(input);
      },
      print: (codePoints, start, end) => {
        const { x } = this.#core.buffers.active;
        const isWrapping = x + 2 * (end - start) > this.#cols && this.#core.coreService.decPrivateModes.wraparound;
        if (isWrapping) this.#note('screen', this.#isBelowRegion(1 + Math.floor((x + 2 * (end - start)) / this.#cols)));
        print.call(input, codePoints, start, end);
      },
    };
    Object.assign(input, watched);
    return { dispose: () => void Object.assign(input, { lineFeed, index, print }) };
  }

  /** Whether the cursor is below the region and `count` rows further is beyond the screen. */
  #isBelowRegion(count: number): boolean {
    const { active } = this.#core.buffers;
    return active.y > active.scrollBottom && active.y + count >= this.#core._bufferService.rows;
  }

  get #row(): number {
    return this.#core.buffers.active.y;
  }

  get #cols(): number {
    const { active } = this.#core.buffers;
    return active.lines.get(active.ybase)?.length ?? 1;
  }
}
