// The keyboard of a run of the list: reads the terminal's stream key by key, and puts back what it did not use.
// Ink's own input would read ahead, turn the stream into text for good, and swallow the keys meant for the session.

import type { Disposable } from '../base/disposables.ts';
import { escapeHoldMs } from '../base/limits.ts';
import { createKeyDecoder, type KeyInput } from './key-decoder.ts';
import type { ListClock } from './session-list.ts';

export interface KeyReader extends Disposable {
  /** Leaves what is typed from now on in the stream, until `resume` or for good. May be called from within `onInput`. */
  hold(): void;
  resume(): void;
}

export interface KeyReaderOptions {
  clock: ListClock;
  onInput(input: KeyInput): void;
}

/** A reader that waits for `resume`. Disposing it leaves no listener, and what it did not use in the stream. */
export function readKeys(stdin: NodeJS.ReadableStream, { clock, onInput }: KeyReaderOptions): KeyReader {
  const decoder = createKeyDecoder();
  let isReading = false;
  let settling: Disposable | undefined;

  function takeKeys(): void {
    settling?.dispose();
    while (isReading) {
      const input = decoder.next();
      if (input !== null) onInput(input);
      else if (!takeChunk()) break;
    }
    if (isReading && decoder.isUnsure()) settling = clock.after(escapeHoldMs, settle);
  }

  function takeChunk(): boolean {
    const chunk = stdin.read();
    if (chunk === null) return false;
    decoder.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
    return true;
  }

  function settle(): void {
    const input = decoder.settle();
    if (input !== null) onInput(input);
  }

  function hold(): void {
    if (!isReading) return;
    isReading = false;
    settling?.dispose();
    stdin.off('readable', takeKeys);
    const rest = decoder.takeRest();
    if (rest.length > 0 && stdin.readable) stdin.unshift(rest);
  }

  function resume(): void {
    if (isReading) return;
    isReading = true;
    stdin.on('readable', takeKeys);
    takeKeys();
  }

  return { hold, resume, dispose: hold };
}
