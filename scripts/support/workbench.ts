// A place of its own for scripts that run the built binary: state, sockets and home in one folder that is removed in the
// end, with every session in it ended first.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const stay = realpathSync(join(import.meta.dir, '..', '..', 'dist', 'stay'));

export interface Workbench {
  readonly home: string;
  readonly env: Record<string, string>;
  /** Runs stay to its end; its output. Throws when it fails. */
  run(...args: string[]): string;
  /** Ends all sessions and removes the folder. */
  close(): void;
}

export function openWorkbench(): Workbench {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'stay-bench-'));
  const home = join(root, 'home');
  for (const name of ['home', 'state', 'run']) mkdirSync(join(root, name), { mode: 0o700 });
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    STAY_STATE_DIR: join(root, 'state'),
    STAY_RUNTIME_DIR: join(root, 'run'),
  };
  function run(...args: string[]): string {
    const { exitCode, stdout, stderr } = Bun.spawnSync([stay, ...args], { env, cwd: home });
    if (exitCode !== 0) throw new Error(`stay ${args.join(' ')}: ${stderr.toString()}`);
    return stdout.toString();
  }
  return {
    home,
    env,
    run,
    close() {
      run('kill', '--all');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
