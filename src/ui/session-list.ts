// The ports of the list: what it shows, what it may do, and how a run of it ends. No sockets, no processes.

import type { Disposable } from '../base/disposables.ts';
import type { KeyTable } from '../base/list-keys.ts';
import type { ListOrder } from '../base/list-order.ts';
import type { RestartPolicy } from '../base/session-traits.ts';
import type { SessionStatus } from '../protocol/session-status.ts';
import type { Background } from './theme.ts';

/** One row. */
export interface ListedSession extends SessionStatus {
  /** False when the session's server runs but did not answer in time. */
  isAnswering: boolean;
  /** Which stay it takes, such as `stay 0.9.0`, where this one does not understand the session. */
  needs?: string | null;
}

/** The sessions as they are, told anew whenever one comes, goes or changes. */
export interface SessionFeed {
  /** Calls `onSessions` soon with all sessions, then after every change, until disposed. */
  subscribe(onSessions: (sessions: readonly ListedSession[]) => void): Disposable;
}

/** A session's screen as a preview shows it. */
export interface PreviewFrame {
  /** Text and SGR, from plain attributes to plain attributes; at most as many as were asked for, each at most as wide. */
  lines: readonly string[];
  /** The size of the whole screen. */
  cols: number;
  rows: number;
  /** Within `lines`, from 0; null when it is hidden. */
  cursor: { col: number; row: number } | null;
}

/** `why` is a clause that explains that there is nothing to see: `it is private`. */
export type Preview = { kind: 'frame'; frame: PreviewFrame } | { kind: 'none'; why: string };

/** The screens of sessions, for whoever only looks. */
export interface SessionPreviews {
  /** Tells the screen of session `id`, cropped to `size`, now and after every change, until disposed. Never throws. */
  watch(id: string, size: { cols: number; rows: number }, onPreview: (preview: Preview) => void): Disposable;
}

/** What a new session is to be. Empty texts ask for what is usual: a random name, the login shell, our own directory. */
export interface NewSession {
  name: string;
  /** A line for the shell. */
  command: string;
  directory: string;
  restart: RestartPolicy;
}

/** What became of an action: done, with the sessions it was done to, or one sentence for the person. */
export type ActionResult = { kind: 'done'; ids: readonly string[] } | { kind: 'failed'; message: string };

/** What a typed directory can become: as much as is certain, and the names that it may go on with. */
export interface Completion {
  text: string;
  candidates: readonly string[];
}

/** What one can do from the list. None of these throws. */
export interface SessionActions {
  /** Makes a session. It is not attached. */
  create(session: NewSession): Promise<ActionResult>;
  rename(id: string, name: string): Promise<ActionResult>;
  /** Ends every process of the sessions and forgets them; also removes exited and stopped ones. */
  kill(ids: readonly string[]): Promise<ActionResult>;
  /** Starts the programs of the sessions anew; ends those that run. */
  restart(ids: readonly string[]): Promise<ActionResult>;
  /** Detaches whoever holds the session. */
  detach(id: string): Promise<ActionResult>;
  pin(id: string, isPinned: boolean): Promise<ActionResult>;
  /** A free name for a new session. */
  proposeName(): Promise<string>;
  completeDirectory(text: string): Promise<Completion>;
  /** What to type in a shell to attach to the session. */
  attachCommand(name: string): string;
  /**
   * Why `name` cannot name a session, as the clause behind a colon (`a slash is not allowed`), or null when it can; asked
   * while the person types, so it must be quick. Never asked about the empty name of a new session, nor about one in use.
   */
  nameProblem(name: string): string | null;
}

/** How a run of the list ended: the person left, or wants to be attached. */
export type ListResult = { kind: 'quit' } | { kind: 'attach'; id: string };

/** The user's terminal, raw already: streams that belong to `platform/tty`, which outlives every run of the list. */
export interface ListTerminal {
  /** Bytes as they were typed. What a run did not use is back in the stream when it ends. */
  stdin: NodeJS.ReadableStream;
  /** Emits `resize` after `columns` and `rows` have changed. */
  stdout: NodeJS.WritableStream & { columns?: number; rows?: number; isTTY?: boolean };
}

/** Time, so that ages can be tested without waiting. */
export interface ListClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `delayMs`; disposing cancels. */
  after(delayMs: number, callback: () => void): Disposable;
}

/** What of the list a person changes while looking at it, and finds again the next time. */
export interface ListView {
  order: ListOrder;
  /** Whether the preview shows beside the list where there is room, and in its place where there is not. */
  previewShows: { beside: boolean; instead: boolean };
}

/** How the list is to look and behave; from the settings. */
export interface ListPreferences extends ListView {
  keys: KeyTable;
  /** False when NO_COLOR is set or the terminal has none. */
  hasColor: boolean;
  /** The terminal's background; null when it is to be asked for. */
  background: Background | null;
  isAscii: boolean;
  hasMouse: boolean;
  isForScreenReader: boolean;
  /** The restart policy that a new session gets unless the person chooses another. */
  restart: RestartPolicy;
  /** The key that brings one back to the list, as people read it; null when none does. */
  detachKey: string | null;
}

export interface ListOptions {
  terminal: ListTerminal;
  feed: SessionFeed;
  actions: SessionActions;
  previews: SessionPreviews;
  preferences: ListPreferences;
  /** The session that the person comes from, if any: the one used before it is selected at first. */
  leftId: string | undefined;
  /** A sentence to show at first, such as what became of the last attach. */
  notice: string | undefined;
  /** The terminal told its background. */
  onBackground(background: Background): void;
  /** The view may have changed. */
  onView(view: ListView): void;
  /** No answer of the terminal is on its way any more. */
  onAnswered(): void;
  /** Ends the run, as if the person had quit. */
  ending: AbortSignal;
  /** The user's home directory, shown as `~`. */
  home: string | undefined;
  clock: ListClock;
}
