// Sessions whose server went away under them, and what is then told of them.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeRecord, encodeRecord, type SessionRecord } from '../../../src/storage/session-record.ts';
import { isAlive, processesMarked, type SeenProcess, signal } from './processes.ts';
import type { ListedJson, Sandbox } from './sandbox.ts';
import { waitUntil } from './waiting.ts';

/** Ends the session's server and waits until it is listed as stopped. */
export async function stopSession(
  sandbox: Sandbox,
  name: string,
  how: NodeJS.Signals = 'SIGKILL',
): Promise<ListedJson> {
  const server = await sandbox.serverPid(name);
  signal(server, how);
  await waitUntil(() => !isAlive(server), 'the server ends');
  return sandbox.waitForSession(name, (one) => one.state === 'stopped');
}

/** The session's record as it lies on the disk. */
export function recordOf(sandbox: Sandbox, { id }: { id: string }): SessionRecord {
  const read = decodeRecord(readFileSync(pathOfRecord(sandbox, id)));
  if (read.kind !== 'record') throw new Error(`the record of ${id} cannot be read: ${JSON.stringify(read)}`);
  return read.record;
}

/** Changes the record of a session that has no server. */
export function changeRecord(sandbox: Sandbox, session: { id: string }, changes: Partial<SessionRecord>): void {
  writeFileSync(pathOfRecord(sandbox, session.id), encodeRecord({ ...recordOf(sandbox, session), ...changes }));
}

function pathOfRecord(sandbox: Sandbox, id: string): string {
  return join(folderOf(sandbox, id), 'session.msgpack');
}

function folderOf(sandbox: Sandbox, id: string): string {
  return join(sandbox.stateDir, 'sessions', id);
}

/** Waits until what the session wrote is on the disk: a server killed within a tenth of a second may take it with it. */
export async function waitUntilSaved(sandbox: Sandbox, name: string, text: string): Promise<void> {
  const folder = folderOf(sandbox, (await sandbox.session(name)).id);
  // The record has the command, which may have the same words.
  const files = () => readdirSync(folder).filter((file) => !file.startsWith('session.'));
  const isIn = (file: string) => readFileIfAny(join(folder, file)).includes(text);
  await waitUntil(() => files().some(isIn), `"${text}" of ${name} is on the disk`);
}

function readFileIfAny(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // an older generation, removed meanwhile
  }
}

/** All servers of the session. */
export function serversOf({ id }: { id: string }): SeenProcess[] {
  return processesMarked(`STAY_SERVER=${id}`);
}

/** History and screen in one, without the empty rows at the end. */
export async function linesOf(sandbox: Sandbox, name: string): Promise<string[]> {
  const { stdout } = await sandbox.runOk(['peek', name, '--all']);
  return stdout.trimEnd().split('\n');
}

/** The lines by which stay told that the session was started again, without their dates. */
export async function toldIn(sandbox: Sandbox, name: string): Promise<string[]> {
  const told = /^\[stay\] \d{4}-\d\d-\d\d \d\d:\d\d: (.*)$/;
  return (await linesOf(sandbox, name)).flatMap((line) => told.exec(line)?.[1] ?? []);
}
