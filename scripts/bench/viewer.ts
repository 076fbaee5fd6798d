// The measuring terminal: reads what a client writes as quickly as can be, and tells when something is in it.

import { floodSize } from './floods.ts';

export interface Viewer {
  readonly pid: number;
  /** Bytes seen so far. */
  readonly byteCount: number;
  type(text: string): void;
  /** The time at which `text` was seen, in what comes from now on. */
  sees(text: string): Promise<number>;
  /** Ends the client, and waits for that. */
  close(): Promise<void>;
}

const waitLimitMs = 120_000;

interface Wanted {
  bytes: Buffer;
  found(at: number): void;
}

export function openViewer(command: readonly string[], env: Record<string, string>): Viewer {
  let tail = Buffer.alloc(0);
  let byteCount = 0;
  let wanted: Wanted | null = null;
  const program = Bun.spawn([...command], {
    env,
    cwd: env.HOME,
    terminal: {
      ...floodSize,
      data(_, chunk) {
        const now = performance.now();
        byteCount += chunk.length;
        if (wanted === null) return;
        const bytes = Buffer.concat([tail, chunk]);
        if (bytes.includes(wanted.bytes)) {
          const { found } = wanted;
          wanted = null;
          tail = Buffer.alloc(0);
          found(now);
        } else tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - wanted.bytes.length)));
      },
    },
  });

  return {
    pid: program.pid,
    get byteCount() {
      return byteCount;
    },
    type: (text) => void program.terminal?.write(text),
    sees(text) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${command.join(' ')}: "${text}" was not seen within ${waitLimitMs / 1_000} s`)),
          waitLimitMs,
        );
        wanted = {
          bytes: Buffer.from(text),
          found(at) {
            clearTimeout(timer);
            resolve(at);
          },
        };
      });
    },
    async close() {
      program.kill('SIGKILL');
      await program.exited;
      program.terminal?.close();
    },
  };
}
