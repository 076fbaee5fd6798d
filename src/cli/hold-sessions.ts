// Holding a session, and from there others, one after the other on the same terminal, until the person is done.

import { messageOf } from '../base/stay-error.ts';
import { attach } from '../client/attach.ts';
import type { AttachEnd, AttachOptions, Errand, Outcome } from '../client/attach-options.ts';
import { createKeyMatcher, type KeyMatcher } from '../client/key-matcher.ts';
import { openLink } from '../client/link.ts';
import type { Settings } from '../config/settings.ts';
import { environment } from '../platform/runtime.ts';
import type { UserTerminal } from '../platform/user-terminal.ts';
import { hello } from './hello.ts';
import { keyBindings, keysInWords } from './key-bindings.ts';
import { findSession, type KnownSession } from './known-sessions.ts';
import { freshListMemory } from './list-memory.ts';
import { ownSessionId } from './move-own-holder.ts';
import { neighbour, readySession, usedLastBefore } from './other-sessions.ts';
import type { LastEnd } from './parting.ts';

export interface AttachWishes {
  terminal: UserTerminal;
  /** Keys, and what is shown at attach. */
  settings: Settings;
  ifFree: boolean;
}

/** The session that was held last, and how that ended. `absent`: its server has gone. */
export interface HoldEnd {
  session: KnownSession;
  end: LastEnd;
}

/** Holds `first` and whatever the person switches to from there. Throws a `StayError` when `first` cannot be held. */
export function holdSessions(first: KnownSession, wishes: AttachWishes): Promise<HoldEnd> {
  return new Holding(first, wishes).run();
}

class Holding {
  readonly #wishes: AttachWishes;
  readonly #keys: KeyMatcher;
  readonly #memory = freshListMemory();
  #session: KnownSession;
  /** The one before it; null until there was a switch. */
  #before: KnownSession | null = null;
  /** The present one has not been held yet: when it cannot be, we go back. */
  #isOnTrial = false;
  /** What is to be told over the session that is attached next. */
  #notice: string | null = null;

  constructor(first: KnownSession, wishes: AttachWishes) {
    this.#session = first;
    this.#wishes = wishes;
    this.#keys = createKeyMatcher(keyBindings(wishes.settings));
  }

  async run(): Promise<HoldEnd> {
    for (;;) {
      const end = await this.#holdOnce();
      if (end.kind === 'switch') await this.#goTo(end.to);
      else if (end.kind === 'list') await this.#goTo(await this.#chosen(new AbortController().signal));
      else if (end.kind === 'absent' && this.#isOnTrial) this.#goBack(`${this.#session.status.name} is gone`);
      else return { session: this.#session, end };
    }
  }

  async #holdOnce(): Promise<AttachEnd> {
    try {
      const link = await openLink(this.#session.record.socket, hello);
      if (link === null) return { kind: 'absent' };
      const from = environment.SSH_CONNECTION?.split(' ')[0] ?? null;
      const { terminal, settings, ifFree } = this.#wishes;
      return await attach({
        link,
        terminal,
        keys: this.#keys,
        from,
        inside: ownSessionId(),
        ifFree: ifFree && this.#before === null,
        replayLines: settings.replayLines,
        look: lookOf(settings),
        notice: this.#takeNotice(),
        onHeld: () => {
          this.#isOnTrial = false;
        },
        act: (errand, ending) => this.#act(errand, ending),
      });
    } catch (error) {
      if (!this.#isOnTrial) throw error;
      this.#goBack(messageOf(error));
      return this.#holdOnce();
    }
  }

  async #act(errand: Errand, ending: AbortSignal): Promise<Outcome> {
    try {
      const id = await this.#target(errand, ending);
      if (id === this.#session.record.id) return { kind: 'stay', notice: null };
      if (id === null) return { kind: 'stay', notice: '[stay] there is no other session' };
      const { record } = await readySession(id, this.#wishes.terminal.size());
      return { kind: 'switch', to: record.id };
    } catch (error) {
      return { kind: 'stay', notice: `[stay] ${messageOf(error)}` };
    }
  }

  #target(errand: Errand, ending: AbortSignal): Promise<string | null> {
    const { id } = this.#session.record;
    if (errand === 'list') return this.#chosen(ending);
    if (errand !== 'last') return neighbour(id, errand);
    return this.#before === null ? usedLastBefore(id) : Promise.resolve(this.#before.record.id);
  }

  /** What the person chose from the list; the present session if nothing. */
  async #chosen(ending: AbortSignal): Promise<string> {
    const { terminal, settings } = this.#wishes;
    const { id } = this.#session.record;
    // Loaded when it is needed: most attachments never show it.
    const { showList } = await import('./show-list.ts');
    const result = await showList(terminal, {
      leftId: id,
      notice: undefined,
      settings,
      memory: this.#memory,
      ending,
    });
    return result.kind === 'attach' ? result.id : id;
  }

  async #goTo(id: string): Promise<void> {
    if (id === this.#session.record.id) return;
    try {
      const session = await findSession(id);
      this.#before = this.#session;
      this.#session = session;
      this.#isOnTrial = true;
    } catch (error) {
      this.#notice = `[stay] ${messageOf(error)}`;
    }
  }

  #goBack(why: string): void {
    this.#session = this.#before ?? this.#session;
    this.#before = null;
    this.#isOnTrial = false;
    this.#notice = `[stay] ${why}`;
  }

  #takeNotice(): string | null {
    const notice = this.#notice;
    this.#notice = null;
    return notice;
  }
}

function lookOf(settings: Settings): AttachOptions['look'] {
  if (settings.status === 'title') return { kind: 'title' };
  return settings.status ? { kind: 'line', keys: keysInWords(settings) } : { kind: 'plain' };
}
