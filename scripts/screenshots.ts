// Makes the pictures of the README from the real thing: runs the built binary in a terminal, and draws its screen as SVG.
// Run it with bun, after a build.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawScreen } from './support/draw-screen.ts';
import { openScriptTerminal, type ScriptTerminal } from './support/terminal.ts';
import { openWorkbench, stay } from './support/workbench.ts';

const folder = join(import.meta.dir, '..', 'docs', 'pictures');
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sessions as somebody might have them. */
const sessions: readonly [string, string, string][] = [
  ['notes', 'notes', "exec vim -u NONE -c 'set nocp number' -c 'normal iBuy milk^MCall Ada about the release' todo.md"],
  [
    'build',
    'app',
    'printf \'\\033]9;4;1;42\\007\'; for i in 1 2 3 4 5; do echo "[$i/12] compiling part $i"; done; exec sleep 9000',
  ],
  ['tests', 'app', "printf '\\033[32m  48 passed\\033[m\\n\\033[31m   1 failed\\033[m  list.test.ts\\n'; exit 1"],
  [
    'agent',
    'app',
    "printf 'Shall I run the migration? (y/n) '; printf '\\033]777;notify;agent;wants to run the migration\\007'; exec sleep 9000",
  ],
  [
    'api',
    'app/api',
    "for i in $(seq 1 60); do printf '\\033[2m12:%02d:07\\033[m \\033[36mGET\\033[m /v1/items/%d \\033[32m200\\033[m %d ms\\n' $((i % 60)) $i $((i * 7 % 31)); done; exec sleep 9000",
  ],
];

async function shoot(name: string, list: ScriptTerminal): Promise<void> {
  await pass(700);
  writeFileSync(join(folder, `${name}.svg`), drawScreen(list.screen));
  console.log(`docs/pictures/${name}.svg`);
}

const bench = openWorkbench();
try {
  mkdirSync(folder, { recursive: true });
  for (const [name, directory, code] of sessions) {
    mkdirSync(join(bench.home, directory), { recursive: true });
    bench.run('new', '-d', name, '--cwd', join(bench.home, directory), '--', 'bash', '-c', code);
  }
  await pass(1_500);
  const list = openScriptTerminal([stay], { cols: 110, rows: 26, env: bench.env, cwd: bench.home });
  await list.until(() => list.shows('notes'));
  await shoot('list', list);
  list.type('?');
  await shoot('keys', list);
  list.type('\x1b');
  await pass(200);
  list.type('n');
  await shoot('new', list);
  list.close();
} finally {
  bench.close();
}
