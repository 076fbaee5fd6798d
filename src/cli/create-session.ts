// Making a session: its id and name, and a server of its own.

import { nameProblem, normalizeName } from '../base/session-name.ts';
import type { SessionTraits } from '../base/session-traits.ts';
import { StayError } from '../base/stay-error.ts';
import { earlyServerId } from '../platform/early-server.ts';
import { resolvePath } from '../platform/paths.ts';
import type { PtySize } from '../platform/pty.ts';
import { newId } from '../platform/random.ts';
import { startServer } from '../platform/start-server.ts';
import { encodeOrder, requireStarted } from '../protocol/order.ts';
import { catalog, recordsOf } from './known-sessions.ts';

export interface SessionWishes {
  /** A random one when left out. */
  name: string | undefined;
  /** The login shell when null. */
  command: string[] | null;
  /** Our own directory when left out. */
  cwd: string | undefined;
  env: Record<string, string>;
  size: PtySize;
  traits: SessionTraits;
  /** Whether the caller attaches right away. */
  isAwaited: boolean;
}

/** Draws of a random name that somebody else may snatch away before one gives up. */
const maxTries = 5;

/** Makes a session and returns its id once its program runs, or waits for the caller to attach. Throws a `StayError` that says why not. */
export async function createSession(wishes: SessionWishes): Promise<string> {
  if (wishes.name !== undefined) return start(normalizeName(wishes.name), wishes);
  for (let tries = 1; ; tries++) {
    const name = await drawName();
    try {
      return await start(name, wishes);
    } catch (error) {
      if (tries === maxTries || !isTaken(name)) throw error;
    }
  }
}

/** A random name that no session has. */
export async function drawName(): Promise<string> {
  const { randomName } = await import('./random-name.ts');
  return randomName(isTaken);
}

function isTaken(name: string): boolean {
  return recordsOf(catalog()).some((record) => record.name === name);
}

async function start(name: string, { command, cwd, env, size, isAwaited, traits }: SessionWishes): Promise<string> {
  const problem = nameProblem(name);
  if (problem !== null) throw new StayError('usage', `Cannot name a session "${name}": ${problem}`);
  const id = earlyServerId() ?? newId();
  const order = encodeOrder({
    name,
    command,
    cwd: resolvePath(cwd ?? '.'),
    env,
    cols: size.cols,
    rows: size.rows,
    isAwaited,
    ...traits,
  });
  requireStarted(await startServer(id, order));
  return id;
}
