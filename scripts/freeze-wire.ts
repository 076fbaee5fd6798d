// Freezes what dist/stay says on the wire, client and server, as fixtures for the tests of later versions. Run it with a
// Node that takes types, after a build, when the wire has learned new words: node_modules/.bin/node scripts/freeze-wire.ts
// What was frozen before is never written again: see test/protocol/fixtures/README.md.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocolVersion, replyTags, requestTags } from '../src/protocol/messages.ts';
import { decodeRecord, encodeRecord, type SessionRecord } from '../src/storage/session-record.ts';
import { version } from '../src/version.ts';
import { describeRun, type RunResult, runCommand } from '../test/e2e/support/run-command.ts';
import { openTerminal, type TestTerminal } from '../test/e2e/support/screen.ts';
import { stayCommand } from '../test/e2e/support/stay-command.ts';
import { waitUntil } from '../test/e2e/support/waiting.ts';
import { type Entry, encodeTalk, framesOf, type Side } from '../test/support/transcript.ts';

const folder = join(import.meta.dirname, '../test/protocol/fixtures', `${protocolVersion}-${version}`);
const root = mkdtempSync(join(tmpdir(), 'stay-freeze-'));
/** The servers have their files in `state`; the clients find the same sessions, behind the proxy, in `seen`. */
const places = {
  state: join(root, 'state'),
  seen: join(root, 'seen'),
  run: join(root, 'run'),
  home: join(root, 'home'),
};
const detachKey = '\x1c';
/** Says what it is sent, with a title, a colour, some history, and a mode that must be undone. */
const program = "printf '\\e]2;a title\\a'; seq 1 40; printf '\\e[?2004h\\e[31mred\\e[m> '; exec cat";

interface Talk {
  entries: Entry[];
  /** Stops taking what the server says. */
  pause(): void;
  resume(): void;
}

const talks: Talk[] = [];
const terminals: TestTerminal[] = [];
const proxies: net.Server[] = [];

const environment = (state: string): Record<string, string> => ({
  ...{ PATH: process.env.PATH ?? '', HOME: places.home, TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/bash' },
  ...{ STAY_STATE_DIR: state, STAY_RUNTIME_DIR: places.run, SSH_CONNECTION: '192.0.2.7 50000 192.0.2.1 22' },
});

async function stay(args: string[], state = places.seen): Promise<RunResult> {
  const result = await runCommand([...stayCommand(), ...args], { env: environment(state), cwd: '/' });
  if (result.exitCode !== 0) throw new Error(`stay ${args.join(' ')}: ${describeRun(result)}`);
  return result;
}

function terminal(args: string[]): TestTerminal {
  const opened = openTerminal([...stayCommand(), ...args], { env: environment(places.seen), cwd: '/' });
  terminals.push(opened);
  return opened;
}

/** Makes a session whose server is reached through a proxy that writes down what is said. */
async function newSession(name: string, command = program): Promise<SessionRecord> {
  await stay(['new', '-d', name, '--env', 'PS1=> ', '--', '/bin/bash', '-c', command], places.state);
  const record = recordOf(name);
  const seen = join(places.seen, 'sessions', record.id);
  mkdirSync(seen, { recursive: true, mode: 0o700 });
  const socket = join(places.run, `${record.id}.seen`);
  writeFileSync(join(seen, 'session.msgpack'), encodeRecord({ ...record, socket }), { mode: 0o600 });
  await listen(socket, record.socket);
  return record;
}

function recordOf(name: string): SessionRecord {
  const sessions = join(places.state, 'sessions');
  const ids = readdirSync(sessions).filter((id) => !id.startsWith('.'));
  const records = ids.flatMap((id) => {
    const read = decodeRecord(readFileSync(join(sessions, id, 'session.msgpack')));
    return read.kind === 'record' ? [read.record] : [];
  });
  const found = records.find((record) => record.name === name);
  if (found === undefined) throw new Error(`no session "${name}"`);
  return found;
}

function listen(path: string, target: string): Promise<void> {
  const proxy = net.createServer({ allowHalfOpen: true }, (client) => {
    const server = net.connect({ path: target, allowHalfOpen: true });
    const talk: Talk = { entries: [], pause: () => server.pause(), resume: () => server.resume() };
    talks.push(talk);
    carry(talk, 'client', { from: client, to: server });
    carry(talk, 'server', { from: server, to: client });
  });
  proxies.push(proxy);
  return new Promise((resolve) => proxy.listen(path, resolve));
}

function carry(talk: Talk, side: Side, { from, to }: { from: net.Socket; to: net.Socket }): void {
  let rest: Uint8Array = new Uint8Array();
  from.on('data', (bytes: Buffer) => {
    const { entries, rest: left } = framesOf(side, Buffer.concat([rest, bytes]));
    talk.entries.push(...entries);
    rest = left;
    to.write(bytes);
  });
  from.on('end', () => to.end());
  // The other end went first.
  from.on('error', () => to.destroy());
}

const asked = (tag: number) => (talk: Talk) =>
  talk.entries.some((entry) => entry.side === 'client' && entry.tag === tag);
const answered =
  (tag: number, times = 1) =>
  ({ entries }: Talk) =>
    entries.filter((entry) => entry.side === 'server' && entry.tag === tag).length >= times;

/** The newest talk in which that was asked, once it was answered so. */
function talkOf(request: number, reply: number, times = 1): Promise<Talk> {
  const find = () => talks.findLast((talk) => asked(request)(talk) && answered(reply, times)(talk));
  return waitUntil(find, `a talk of ${request} and ${reply}`);
}

function keep(name: string, { entries }: { entries: Entry[] }): void {
  writeFileSync(join(folder, `${name}.wire`), encodeTalk(entries));
  console.log(`${name}: ${entries.length} frames`);
}

async function attached(name: string, args: string[] = []): Promise<TestTerminal> {
  const holder = terminal(['attach', name, ...args]);
  await holder.waitFor(/red>/);
  return holder;
}

async function freezeQuestions(): Promise<void> {
  await newSession('work');
  await waitUntil(async () => (await stay(['peek', 'work'])).stdout.includes('red>'), 'the program is ready');
  await stay(['list']);
  keep('status', await talkOf(requestTags.status, replyTags.status));
  await stay(['peek', 'work']);
  keep('peek', await talkOf(requestTags.peek, replyTags.screen));
  await stay(['peek', 'work', '--ansi', '--all']);
  keep('peek-ansi', await talkOf(requestTags.peek, replyTags.screen));
  const list = terminal([]);
  await list.waitFor(/work/);
  await stay(['rename', 'work', 'été']);
  keep('rename', await talkOf(requestTags.rename, replyTags.done));
  await list.waitFor(/été/);
  await list.type('q');
  await list.waitForExit();
  keep('watch', await talkOf(requestTags.watch, replyTags.status, 2));
  await stay(['rename', recordOf('été').id, 'work']);
  await stay(['set', 'work', '--restart', 'ask']);
  keep('configure', await talkOf(requestTags.configure, replyTags.done));
  await stay(['forget', 'work']);
  keep('forget', await talkOf(requestTags.forget, replyTags.done));
}

async function freezeHolders(): Promise<void> {
  const holder = await attached('work');
  await holder.type('hello\r');
  await holder.waitFor(/hello\s+hello/);
  holder.resize({ cols: 100, rows: 30 });
  await waitUntil(() => talks.some(asked(requestTags.resize)), 'the size is told');
  await holder.type(detachKey);
  await holder.waitForExit();
  keep('attach', await talkOf(requestTags.attach, replyTags.left));

  const first = await attached('work');
  const second = await attached('work');
  await first.waitForExit();
  keep('attach-taken-over', await talkOf(requestTags.attach, replyTags.left));
  const refused = terminal(['attach', 'work', '--if-free']);
  await refused.waitForExit();
  keep('attach-refused', await talkOf(requestTags.attach, replyTags.failed));
  await stay(['detach', 'work']);
  await second.waitForExit();
  keep('release', await talkOf(requestTags.release, replyTags.done));
  keep('attach-released', await talkOf(requestTags.attach, replyTags.left));
}

async function freezeEnds(): Promise<void> {
  const killed = await attached('work');
  await stay(['kill', 'work']);
  await killed.waitForExit();
  keep('kill', await talkOf(requestTags.kill, replyTags.done));
  keep('attach-killed', await talkOf(requestTags.attach, replyTags.left));

  await newSession('ending', `${program} | { cat; exit 3; }`);
  const exited = await attached('ending');
  await exited.type('\x04');
  await exited.waitForExit();
  keep('attach-exited', await talkOf(requestTags.attach, replyTags.left));

  const { server } = await newSession('told');
  const told = await attached('told');
  process.kill(server.pid, 'SIGTERM');
  await told.waitForExit();
  keep('attach-server-ending', await talkOf(requestTags.attach, replyTags.left));
}

/** A holder that is too slow for a flood. What it was sent of that is left out of the fixture. */
async function freezeResync(): Promise<void> {
  await newSession('flood', `printf 'red> '; read; seq 1 2000000; exec cat`);
  const slow = await attached('flood');
  const talk = await talkOf(requestTags.attach, replyTags.output);
  talk.pause();
  await slow.type('\r');
  await waitUntil(async () => (await stay(['peek', 'flood'])).stdout.includes('2000000'), 'the flood is over', {
    timeoutMs: 60_000,
  });
  talk.resume();
  await waitUntil(() => answered(replyTags.resync)(talk), 'it is painted anew');
  await slow.waitFor(/2000000/);
  await slow.type(detachKey);
  await slow.waitForExit();
  const resync = talk.entries.findIndex(({ tag }) => tag === replyTags.resync);
  const begun = talk.entries.findIndex(({ tag }) => tag === requestTags.input);
  const isFlood = ({ tag }: Entry, index: number) => tag === replyTags.output && index > begun && index < resync;
  keep('attach-resync', { entries: talk.entries.filter((entry, index) => !isFlood(entry, index)) });
}

if (existsSync(folder)) throw new Error(`${folder} is there already: what is frozen is never written again`);
for (const path of [...Object.values(places), join(places.state, 'sessions'), join(places.seen, 'sessions')])
  mkdirSync(path, { mode: 0o700 });
mkdirSync(folder, { recursive: true });
try {
  await freezeQuestions();
  await freezeHolders();
  await freezeEnds();
  await freezeResync();
} finally {
  for (const one of terminals) one.close();
  await stay(['kill', '--all'], places.state);
  for (const proxy of proxies) proxy.close();
  rmSync(root, { recursive: true });
}
process.exit(0);
