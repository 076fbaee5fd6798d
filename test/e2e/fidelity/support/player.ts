// A program that writes to its terminal what it is told, when it is told, and drops everything that is typed to it.

import { closeSync, constants, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../support/waiting.ts';

// Its orders come through a fifo that it holds open itself, so that giving one never waits.
const playerScript = `
cd "$1" || exit 1
case $2 in
  raw) stty raw -echo ;;
  onlcr) stty raw -echo opost onlcr ;;
esac
exec 3<&0
cat <&3 >typed &
mkfifo orders
exec 4<>orders
: >ready
while read -r part <&4 && [ "$part" != end ]; do cat "$part"; : >"$part.played"; done
`;

export interface Player {
  /** The shell command that runs it in a terminal. */
  readonly command: string;
  /** Has it write the bytes; resolves when its terminal has taken them all. */
  play(bytes: Uint8Array | string): Promise<void>;
  end(): void;
}

/** A player that keeps its files in a folder of its own, which must not exist. */
export function makePlayer(folder: string, newline: 'raw' | 'onlcr'): Player {
  mkdirSync(folder);
  const script = join(folder, 'player.sh');
  writeFileSync(script, playerScript);
  let partCount = 0;
  const order = (line: string) => {
    const orders = openSync(join(folder, 'orders'), constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(orders, `${line}\n`);
    closeSync(orders);
  };
  return {
    command: `/bin/sh ${script} ${folder} ${newline}`,
    async play(bytes) {
      await waitUntil(() => existsSync(join(folder, 'ready')), `no player runs in ${folder}`);
      const part = `part${partCount++}`;
      writeFileSync(join(folder, part), bytes);
      order(part);
      await waitUntil(() => existsSync(join(folder, `${part}.played`)), `${part} is not played in ${folder}`);
    },
    end: () => order('end'),
  };
}
