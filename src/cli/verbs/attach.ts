// `stay attach`: takes a session.

import { normalizeName } from '../../base/session-name.ts';
import type { Settings } from '../../config/settings.ts';
import type { PtySize } from '../../platform/pty.ts';
import { attachSession } from '../attach-session.ts';
import { createSession } from '../create-session.ts';
import { finish } from '../finish.ts';
import { withDetachKeys } from '../key-bindings.ts';
import {
  catalog,
  findSession,
  type KnownSession,
  lastUsedSession,
  recordsOf,
  startedSession,
} from '../known-sessions.ts';
import { loadSettings } from '../load-settings.ts';
import { ownSessionId } from '../move-own-holder.ts';
import { traitsOfSettings } from '../session-traits.ts';
import { verb } from '../verb.ts';
import { withTerminal } from '../with-terminal.ts';

export const attachVerb = verb({
  command: 'attach [name]',
  describe: 'Attach to a session, taking it from its holder; inside one, go there',
  build: (yargs) =>
    yargs
      .positional('name', {
        type: 'string',
        describe: 'The session, or a beginning of its name; the one used last if left out',
      })
      .option('create', { alias: 'c', type: 'boolean', default: false, describe: 'Make it when there is none' })
      .option('if-free', { type: 'boolean', default: false, describe: 'Do not take it from somebody else' })
      .option('detach-keys', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Keys that detach, such as "ctrl-a d"',
      })
      .example('$0 attach', 'Back to the session used last')
      .example('$0 attach web', 'Take the session "web"')
      .example('$0 attach -c work', 'Take "work", making it if need be'),
  async run({ name, create, ifFree, detachKeys }) {
    const settings = withDetachKeys(loadSettings(), detachKeys);
    const parting = await withTerminal('attach', async (terminal) => {
      const session = await sessionFor(name, { create, size: terminal.size(), settings });
      return attachSession(session, { terminal, settings, ifFree });
    });
    return finish(parting);
  },
});

async function sessionFor(
  name: string | undefined,
  options: { create: boolean; size: PtySize; settings: Settings },
): Promise<KnownSession> {
  if (options.create && (name === undefined || !hasSession(name))) {
    const id = await createSession({
      name,
      command: null,
      cwd: undefined,
      env: {},
      size: options.size,
      isAwaited: true,
      traits: traitsOfSettings(options.settings),
    });
    return startedSession(id);
  }
  return name === undefined ? lastUsedSession(ownSessionId()) : findSession(name);
}

/** With --create a beginning of a name is not enough: what is meant to be made must not turn out to be another. */
function hasSession(name: string): boolean {
  return recordsOf(catalog()).some((record) => record.name === normalizeName(name));
}
