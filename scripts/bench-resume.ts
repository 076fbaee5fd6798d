// How long a person waits for `stay resume`: from its start until the program of a session runs again below a full history.
// Of the built binary, in folders of its own.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHistoryLines } from '../src/base/limits.ts';
import { isRunning } from '../src/platform/processes.ts';
import { decodeRecord, type SessionRecord } from '../src/storage/session-record.ts';

const binary = join(import.meta.dirname, '../dist/stay');
const runs = 9;

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds that a resume of a session takes whose history is full of `lineOf`: the middle of some runs. */
export async function benchResume(lineOf: (index: number) => string): Promise<number> {
  if (!existsSync(binary)) throw new Error('build it first: npm run build');
  const root = mkdtempSync(join(tmpdir(), 'stay-bench-'));
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: root, TERM: 'xterm-256color', SHELL: '/bin/sh' },
    ...{ STAY_STATE_DIR: join(root, 'state'), STAY_RUNTIME_DIR: join(root, 'run') },
  };
  const stay = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(binary, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`stay ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  try {
    for (const path of [env.STAY_STATE_DIR, env.STAY_RUNTIME_DIR]) mkdirSync(path, { mode: 0o700 });
    const text = Array.from({ length: defaultHistoryLines + 24 }, (_, index) => lineOf(index))
      .join('')
      .replaceAll('\r', '');
    writeFileSync(join(root, 'lines'), text);
    // Once: what comes back is what was there before.
    stay('new', '-d', 'bench', '--', '/bin/sh', '-c', `cd '${root}'; mv lines said && cat said; exec sleep 4000`);
    const sessions = join(env.STAY_STATE_DIR, 'sessions');
    const folder = join(sessions, readdirSync(sessions).find((name) => !name.startsWith('.')) ?? '');
    const isWhole = () => stay('peek', 'bench', '--all').split('\n').length > defaultHistoryLines;
    while (!existsSync(join(folder, 'screen.2.msgpack'))) await pass(100);
    if (!isWhole()) throw new Error('its history is not full');
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const { server } = recordIn(folder);
      process.kill(server.pid, 'SIGKILL');
      while (isRunning(server)) await pass(5);
      const start = performance.now();
      stay('resume', 'bench');
      times.push(performance.now() - start);
      // Its first checkpoint is under way.
      await pass(1_000);
    }
    return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
  } finally {
    stay('kill', '--all');
    rmSync(root, { recursive: true });
  }
}

function recordIn(folder: string): SessionRecord {
  const read = decodeRecord(readFileSync(join(folder, 'session.msgpack')));
  if (read.kind !== 'record') throw new Error('the record of the session cannot be read');
  return read.record;
}
