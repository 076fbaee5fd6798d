// Freezes the files of a stopped and of an exited session, as dist/stay (or STAY_BINARY) writes them, for the tests of later
// versions. Run it with a Node that takes types, after a build, before the form of a file changes:
//     node_modules/.bin/node scripts/freeze-session.ts record-4
// What was frozen before is never written again: see test/storage/fixtures/README.md.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeRecord } from '../src/storage/session-record.ts';
import { isAlive, signal } from '../test/e2e/support/processes.ts';
import { describeRun, runCommand } from '../test/e2e/support/run-command.ts';
import { openTerminal } from '../test/e2e/support/screen.ts';
import { stayCommand } from '../test/e2e/support/stay-command.ts';
import { waitUntil } from '../test/e2e/support/waiting.ts';

const [name] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'stay-freeze-'));
const env = {
  ...{ PATH: process.env.PATH ?? '', HOME: join(root, 'home'), TERM: 'xterm-256color', LANG: 'C.UTF-8' },
  ...{ SHELL: '/bin/bash', STAY_STATE_DIR: join(root, 'state'), STAY_RUNTIME_DIR: join(root, 'run') },
};
const sessions = join(root, 'state', 'sessions');

/** Title, directory, colours, history, and, when asked, a flood of which only the screen is kept; twice. */
const program = `
  cd /usr; printf '\\e]2;a title\\a'; seq 1 40; printf '\\e[1;31mred\\e[m été 👩‍💻\\n'; echo READY
  read; seq 1 60000; sleep 0.3; printf '\\e[3J'; echo QUIET
  read; printf '\\e[48;5;19mblue\\e[m\\n'; seq 1 60000; printf 'the en'; echo d
`;

async function stay(args: string[]): Promise<string> {
  const result = await runCommand([...stayCommand(), ...args], { env, cwd: '/' });
  if (result.exitCode !== 0) throw new Error(`stay ${args.join(' ')}: ${describeRun(result)}`);
  return result.stdout;
}

const sessionOf = async (wanted: string) => JSON.parse(await stay(['list', '--json'])).find(isOf(wanted));
const isOf = (wanted: string) => (one: { name: string }) => one.name === wanted;
const shows = (wanted: string, text: string) =>
  waitUntil(async () => (await stay(['peek', wanted])).includes(text), `${wanted} shows ${text}`);

/** Brings a session to where it says its last words; the folder of it. */
async function drive(wanted: string, command: string): Promise<string> {
  await stay(['new', '-d', wanted, '--env', 'WORD=value', '--', '/bin/bash', '-c', command]);
  const folder = join(sessions, (await sessionOf(wanted)).id);
  await shows(wanted, 'READY');
  const holder = openTerminal([...stayCommand(), 'attach', wanted], { env, cwd: '/', cols: 100, rows: 30 });
  await holder.waitFor(/READY/);
  await holder.type('\r');
  await holder.waitFor(/QUIET/);
  // A stay that saves while the program runs has it all in a new generation, after a while of quiet.
  const saves = readdirSync(folder).some((file) => file.startsWith('journal.'));
  if (saves) await waitUntil(() => existsSync(join(folder, 'screen.2.msgpack')), 'it is saved');
  holder.resize({ cols: 90, rows: 25 });
  await waitUntil(async () => (await sessionOf(wanted)).cols === 90, 'it has its size');
  await holder.type('\r');
  await holder.waitFor(/the end/);
  if (saves) await waitUntil(() => lastWords(folder), 'the last words are saved');
  holder.close();
  return folder;
}

const lastWords = (folder: string) =>
  readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes('the end'));

/** Its files, and what they showed to the version that wrote them. */
async function keep(wanted: string, from: string): Promise<void> {
  const shown = await stay(['peek', wanted, '--ansi', '--all']);
  const target = targetOf(wanted);
  cpSync(from, target, { recursive: true, filter: (path) => !/\.(log|tmp)$/.test(path) });
  writeFileSync(join(target, 'shown.txt'), shown);
  console.log(`${target}: ${readdirSync(target).join(' ')}`);
}

const targetOf = (wanted: string) =>
  join(import.meta.dirname, '../test/storage/fixtures/sessions', `${name}-${wanted}`);

if (name === undefined) throw new Error('give it a name, such as record-4');
if (existsSync(targetOf('exited'))) throw new Error(`${name} is there already: what is frozen is never written again`);
for (const path of [env.HOME, env.STAY_STATE_DIR, sessions, env.STAY_RUNTIME_DIR]) mkdirSync(path, { mode: 0o700 });
try {
  const stopped = await drive('stopped', `${program} exec sleep 4000`);
  const record = decodeRecord(readFileSync(join(stopped, 'session.msgpack')));
  if (record.kind !== 'record') throw new Error('its record cannot be read');
  const { pid } = record.record.server;
  signal(pid, 'SIGKILL');
  await waitUntil(() => !isAlive(pid), 'its server is gone');
  if (readdirSync(stopped).length > 2) await keep('stopped', stopped);
  const exited = await drive('exited', `${program} printf '\\e[3J'; seq 1 9; exit 3`);
  await waitUntil(async () => (await sessionOf('exited')).state === 'exited', 'it has exited');
  await keep('exited', exited);
} finally {
  await stay(['kill', '--all']);
  rmSync(root, { recursive: true });
}
process.exit(0);
