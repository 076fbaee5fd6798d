// A server that is started before it is known what it is to be, or whether it is needed at all: it loads while the command
// line is read. At most one, which takes no part in anything until it gets its order, and ends when it gets none.

import { type LaunchedServer, launchServer } from './launch-server.ts';
import { newId } from './random.ts';
import { selfCommand } from './runtime.ts';
import { serverVerb } from './server-process.ts';
import { scopeCommand, shouldUseScope } from './user-scope.ts';

let early: { id: string; server: LaunchedServer } | null = null;

/** Starts it. Whoever does ends it by `dismissEarlyServer`, should nobody have taken it. */
export function startEarlyServer(): void {
  const id = newId();
  const command = [...selfCommand(), serverVerb, id];
  early = { id, server: launchServer(shouldUseScope() ? [...scopeCommand(id), ...command] : command, id) };
}

/** The id of the session whose server is there already, if any. */
export function earlyServerId(): string | null {
  return early?.id ?? null;
}

/** The server for that session, if it is there already: it is the caller's from now on. */
export function takeEarlyServer(id: string): LaunchedServer | null {
  if (early?.id !== id) return null;
  const { server } = early;
  early = null;
  return server;
}

export function dismissEarlyServer(): void {
  early?.server.dismiss();
  early = null;
}
