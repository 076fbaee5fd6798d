// The user's terminal as a library sees it that wants a Node terminal.

import { PassThrough, Writable } from 'node:stream';
import type { Disposable } from '../base/disposables.ts';
import type { UserTerminal } from './user-terminal.ts';

/** Disposing them gives unread keys back. */
export interface TerminalStreams extends Disposable {
  stdin: PassThrough & { isTTY: boolean; setRawMode(isRaw: boolean): unknown; ref(): unknown; unref(): unknown };
  stdout: Writable & { isTTY: boolean; columns: number; rows: number };
}

export function terminalStreams(terminal: UserTerminal): TerminalStreams {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const reading = terminal.read((bytes) => void stdin.write(bytes));
  const output = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      // A terminal that is gone takes nothing more, and nobody is left to be told.
      terminal.write(chunk).then(
        () => done(),
        () => done(),
      );
    },
  });
  const stdout = Object.assign(output, { isTTY: true, columns: 0, rows: 0 });
  function measure(): void {
    const { cols, rows } = terminal.size();
    stdout.columns = cols;
    stdout.rows = rows;
  }
  measure();
  const resizing = terminal.onResize(() => {
    measure();
    stdout.emit('resize');
  });
  return {
    stdin,
    stdout,
    dispose() {
      reading.dispose();
      resizing.dispose();
      const rest: Uint8Array[] = [];
      for (let bytes = stdin.read(); bytes !== null; bytes = stdin.read()) rest.push(bytes);
      terminal.unread(Buffer.concat(rest));
    },
  };
}
