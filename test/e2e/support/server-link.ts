// Talking to a session's server over the wire, as the list does.

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openLink, type SessionLink } from '../../../src/client/link.ts';
import type { SessionStatus } from '../../../src/protocol/session-status.ts';
import type { Sandbox } from './sandbox.ts';
import { waitUntil } from './waiting.ts';

const hello = { protocol: 1, version: '0.1.0', pid: process.pid };

/** A link to the session's server, closed after the test. */
export async function linkTo(sandbox: Sandbox, name: string): Promise<SessionLink> {
  const { id } = await sandbox.session(name);
  const link = await openLink(join(sandbox.runtimeDir, `${id}.sock`), hello);
  if (link === null) throw new Error(`nobody listens for ${name}`);
  onTestFinished(() => link.close());
  return link;
}

/** Every status that the session's server tells from now on. */
export async function watchStatus(sandbox: Sandbox, name: string): Promise<SessionStatus[]> {
  const link = await linkTo(sandbox, name);
  const told: SessionStatus[] = [];
  link.onReply((reply) => {
    if (reply.kind === 'status') told.push(reply.body);
  });
  link.send({ kind: 'watch', body: {} });
  await waitUntil(() => told.length > 0, 'the first status');
  return told;
}
