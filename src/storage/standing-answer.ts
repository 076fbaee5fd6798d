// What a session's server would answer whoever asks how it is, in a file beside its socket. It stands there for as long as
// nothing changes, so that a list need not wake the server up; whoever finds none asks.

import * as v from 'valibot';
import { readFileIfAny, remove, systemSyncFiles, writePrivateFile } from '../platform/files.ts';
import type { ProcessStamp } from '../platform/processes.ts';
import { seal, unseal } from './sealed-file.ts';

/** Raised when the file's form changes. */
const standingVersion = 1;

export interface StandingAnswer {
  /** Who says it: what another process left is worth nothing. */
  server: ProcessStamp;
  /** Its greeting and its status, as they come from its socket. */
  said: Uint8Array;
  /** Whether the program itself has told its working directory, so that the system is not to be asked. */
  isCwdTold: boolean;
}

const standingSchema = v.object({
  server: v.object({ pid: v.number(), start: v.string() }),
  said: v.instance(Uint8Array),
  isCwdTold: v.boolean(),
});

/** Where it stands, for the server that listens at `socket`. */
function standingFile(socket: string): string {
  return `${socket.replace(/\.sock$/, '')}.status`;
}

/** Throws where it cannot be written; a part of it may stand there then, which nobody takes for the whole. */
export function putStandingAnswer(socket: string, standing: StandingAnswer): void {
  writePrivateFile(standingFile(socket), seal('standing', standingVersion, standing));
}

/** Takes it away; nothing happens when there is none. */
export function removeStandingAnswer(socket: string): void {
  systemSyncFiles.remove(standingFile(socket));
}

/** Removes what a server that is gone has left where it listened. */
export function clearListeningPlace(socket: string): void {
  remove(socket);
  remove(standingFile(socket));
}

/** What stands there, whoever said it; null when it is nothing that we understand. */
export function readStandingAnswer(socket: string): StandingAnswer | null {
  const bytes = bytesIfAny(standingFile(socket));
  const opened = bytes === null ? null : unseal('standing', standingVersion, bytes);
  if (opened?.kind !== 'value') return null;
  const parsed = v.safeParse(standingSchema, opened.value);
  return parsed.success ? parsed.output : null;
}

function bytesIfAny(path: string): Uint8Array | null {
  try {
    return readFileIfAny(path);
  } catch {
    return null; // it cannot be read, or is no file: its server is asked
  }
}
