// Asks the servers and sockets of the sessions. Unlike a list, it removes nothing that it finds dead.

import { messageOf } from '../../base/stay-error.ts';
import { type Answer, ask } from '../../client/link.ts';
import { bootId, isRunning } from '../../platform/processes.ts';
import type { Hello } from '../../protocol/messages.ts';
import type { CatalogEntry } from '../../storage/catalog.ts';
import type { SessionRecord } from '../../storage/session-record.ts';
import { hello } from '../hello.ts';
import type { SocketFacts } from './leftovers.ts';
import { notListening, type ServerFacts } from './servers.ts';

/** Asks every server that runs, one after another, so that each is measured by itself. */
export async function probeServers(records: readonly SessionRecord[]): Promise<ServerFacts[]> {
  const servers: ServerFacts[] = [];
  for (const record of records.filter(hasServer)) {
    servers.push({ name: record.name, answer: await probe(record.socket) });
  }
  return servers;
}

/** Whether the session's server runs, answering or not. */
export function hasServer(record: SessionRecord): boolean {
  return record.bootId === bootId() && isRunning(record.server);
}

async function probe(socket: string): Promise<ServerFacts['answer']> {
  let peer: Hello | null = null;
  const start = performance.now();
  try {
    const answer = await askStatus(socket, (said) => {
      peer = said;
    });
    return answerOf(answer, peer, performance.now() - start);
  } catch (error) {
    return { kind: 'mute', why: `refuses: ${messageOf(error)}` };
  }
}

function answerOf(answer: Answer, peer: Hello | null, tookMs: number): ServerFacts['answer'] {
  if (answer.kind === 'absent') return { kind: 'mute', why: notListening };
  if (answer.kind === 'silent' || peer === null) return { kind: 'mute', why: 'does not answer' };
  const { version, protocol } = peer;
  const told = answer.kind === 'reply' && answer.reply.kind === 'status' ? answer.reply.body : null;
  const notSaved = told?.notSaved ?? null;
  return { kind: 'answered', version, protocol, tookMs, notSaved };
}

function askStatus(socket: string, onHello: (peer: Hello) => void): Promise<Answer> {
  return ask(socket, { kind: 'status', body: {} }, { hello, onHello });
}

/** What stood in a socket's place. */
const asideSocket = /\.sock\.bad-\d+$/;

/** What the sockets in our runtime folder are for. */
export async function probeSockets(paths: readonly string[], entries: readonly CatalogEntry[]): Promise<SocketFacts[]> {
  const sockets: SocketFacts[] = [];
  for (const path of paths) sockets.push({ path, use: await purposeOf(path, entries) });
  return sockets;
}

async function purposeOf(path: string, entries: readonly CatalogEntry[]): Promise<SocketFacts['use']> {
  if (asideSocket.test(path)) return 'aside';
  const entry = entries.find((one) =>
    one.kind === 'record' ? one.record.socket === path : path.endsWith(`/${one.id}.sock`),
  );
  if (entry?.kind === 'record') return hasServer(entry.record) ? 'listed' : 'dead';
  const { kind } = await askStatus(path, () => {});
  if (kind === 'absent') return 'dead';
  // One whose record cannot be read is told of by that.
  return entry === undefined ? 'stray' : 'listed';
}
