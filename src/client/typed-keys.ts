// What is typed while attached: passed on to the program, but for bound keys; what comes after one of those is kept until it
// is clear who is to have it.

import { joinBytes } from '../base/join-bytes.ts';
import { escapeHoldMs } from '../base/limits.ts';
import type { KeyAction, KeyMatch, KeyMatcher } from './key-matcher.ts';

export interface TypedKeysOptions {
  keys: KeyMatcher;
  forward(bytes: Uint8Array): void;
  /** A bound key was typed. What follows it is kept from now on. */
  act(action: KeyAction): void;
}

export class TypedKeys {
  readonly #options: TypedKeysOptions;
  /** `leaving`: kept, but for what still belongs to the key by which we leave. */
  #state: 'live' | 'kept' | 'leaving' = 'live';
  readonly #kept: Uint8Array[] = [];
  #onKept = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TypedKeysOptions) {
    this.#options = options;
  }

  push(bytes: Uint8Array): void {
    if (this.#state === 'kept') {
      // Unread: whoever gets it may have the same keys bound.
      this.#kept.push(bytes.slice());
      this.#onKept();
      return;
    }
    const match = this.#options.keys.push(bytes);
    if (this.#state === 'leaving') this.#kept.push(match.forward, match.rest);
    else this.#matched(match);
  }

  /** Keeps what is typed until `resume`. */
  keep(): void {
    this.#state = 'kept';
  }

  /** From here on nothing is a key any more, and releases of the last one belong to it. */
  leave(): void {
    this.#state = 'leaving';
  }

  /** Resolves at the next keys that are kept. */
  untilTyped(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onKept = resolve;
    return promise;
  }

  /** What was kept, for somebody else. */
  take(): Uint8Array {
    return joinBytes(this.#kept.splice(0));
  }

  /** Goes on with what was kept. */
  resume(): void {
    this.#state = 'live';
    this.#onKept = () => {};
    for (const bytes of this.#kept.splice(0)) this.push(bytes);
  }

  /** Ends; what was kept, with half a key or half an answer whose other half comes to whoever reads next. */
  stop(): Uint8Array {
    this.#stopTimer();
    const { forward, rest } = this.#options.keys.flush();
    return joinBytes([...this.#kept.splice(0), forward, rest]);
  }

  #stopTimer(): void {
    // On the way of every key, where there is none.
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #matched({ forward, action, rest, holding }: KeyMatch): void {
    this.#stopTimer();
    if (forward.length > 0) this.#options.forward(forward);
    if (action !== null) {
      this.#state = 'kept';
      this.#kept.push(rest.slice());
      this.#options.act(action);
    } else if (holding === 'escape')
      this.#timer = setTimeout(() => this.#matched(this.#options.keys.flush()), escapeHoldMs);
  }
}
