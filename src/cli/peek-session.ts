// The screen of any session: its server's, or the one that was saved when it ended.

import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import { openLink } from '../client/link.ts';
import { type PeekedScreen, peekAt } from '../client/peek.ts';
import { recover, requireNewest } from '../storage/recovery.ts';
import { spoiledWords } from '../storage/spoiled-words.ts';
import { hello } from './hello.ts';
import { catalog, type KnownSession, knownSession } from './known-sessions.ts';
import { requireUnderstood } from './other-version.ts';

export interface PeekWishes {
  historyLines: number;
  isAnsi: boolean;
  /** Hears, in words, what was spoiled of the files that the screen comes from. */
  onSpoiled?(words: string): Promise<unknown>;
}

/** Throws a `StayError` when there is no screen to be had. */
export async function peekSession(session: KnownSession, wishes: PeekWishes): Promise<PeekedScreen> {
  requireUnderstood(session, 'see the screen of');
  const link = session.server === 'answering' ? await openLink(session.record.socket, hello) : null;
  if (link !== null) return peekAt(link, { historyLines: wishes.historyLines, isAnsi: wishes.isAnsi });
  const present = session.server === 'answering' ? await knownSession(session.record) : session;
  if (present.server === 'none') return peekSaved(present, wishes);
  const { name } = present.status;
  throw new StayError('connectionLost', `Cannot see the screen of "${name}": its server does not answer`, {
    hint: `End it: stay kill ${shellQuote(name)}`,
  });
}

async function peekSaved({ record }: KnownSession, wishes: PeekWishes): Promise<PeekedScreen> {
  const recovery = await recover(catalog().folderOf(record.id));
  requireNewest(recovery, `Cannot see the screen of "${record.name}"`);
  const spoiled = spoiledWords(record.name, recovery);
  if (spoiled !== null) await wishes.onSpoiled?.(spoiled);
  const { screen, records } = recovery;
  if (screen === null) {
    const why = spoiled === null ? 'none was saved' : 'what was saved is damaged';
    throw new StayError('noSession', `Cannot see the screen of "${record.name}": ${why}`);
  }
  const { restoredEmulator } = await import('../emulator/restored-emulator.ts');
  const { peek } = await import('../emulator/peek.ts');
  const options = { historyLines: record.historyLines, onReply: () => {}, onFault: () => {} };
  const emulator = restoredEmulator({ screen, events: records }, options);
  const peeked = peek(emulator, wishes);
  emulator.dispose();
  return peeked;
}
