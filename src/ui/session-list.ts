// The ports of the list: what it shows, what it may do, and how a run of it ends. No sockets, no processes.

import type { Disposable } from '../base/disposables.ts';
import type { SessionStatus } from '../protocol/session-status.ts';

/** One row. */
export interface ListedSession extends SessionStatus {
  /** False when the session's server runs but did not answer in time. */
  isAnswering: boolean;
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

/** What became of an action: done, or one sentence for the person. */
export type ActionResult = { kind: 'done'; id: string } | { kind: 'failed'; message: string };

/** What one can do from the list. None of these throws. */
export interface SessionActions {
  /** Makes a session; an empty name asks for a random one. The new session is not attached. */
  create(name: string): Promise<ActionResult>;
  rename(id: string, name: string): Promise<ActionResult>;
  /** Ends every process of the session and forgets it; also removes an exited or stopped one. */
  kill(id: string): Promise<ActionResult>;
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

export interface ListOptions {
  terminal: ListTerminal;
  feed: SessionFeed;
  actions: SessionActions;
  /** The session to select at first, if it is still there. */
  selectedId: string | undefined;
  /** A sentence to show at first, such as what became of the last attach. */
  notice: string | undefined;
  /** False when NO_COLOR is set or the terminal has none. */
  hasColor: boolean;
  /** Ends the run, as if the person had quit. */
  ending: AbortSignal;
  /** The user's home directory, shown as `~`. */
  home: string | undefined;
  clock: ListClock;
}
