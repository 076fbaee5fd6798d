// The list as a value, what may happen to it, and what it may ask for.

import { printable } from './display-width.ts';
import type { KeyInput } from './key-decoder.ts';
import type { Size } from './layout.ts';
import type { NewForm } from './new-form.ts';
import type { Row } from './rows.ts';
import type {
  ActionResult,
  Completion,
  ListedSession,
  ListPreferences,
  ListResult,
  ListView,
  NewSession,
  Preview,
} from './session-list.ts';
import type { TextField } from './text-field.ts';
import type { Background } from './theme.ts';

/** Milliseconds a notice stays, if no key is pressed before. */
const noticeMs = 5_000;

export type Mode =
  | { kind: 'browse' }
  /** Typing what to filter by. */
  | { kind: 'filter'; field: TextField }
  /** Filling in the form of a new session; `problem` says why it cannot be made. */
  | { kind: 'new'; form: NewForm; problem: string | null }
  /** The new session is being made. Keys typed now are for the session. */
  | { kind: 'making'; form: NewForm }
  | { kind: 'rename'; id: string; field: TextField; problem: string | null }
  /** Asking whether to do it to these sessions. */
  | { kind: 'confirm'; what: 'kill' | 'restart'; ids: readonly string[] }
  /** The keys are shown, from line `top` on. */
  | { kind: 'help'; top: number };

export interface Notice {
  text: string;
  /** Milliseconds since 1970; null for as long as no key is pressed. */
  until: number | null;
  /** True while it only says that an action is under way. */
  isProgress: boolean;
}

export interface Click {
  id: string;
  at: number;
  /** The second of two: it attaches once the button is let go, or the session would be told of that. */
  isSecond: boolean;
}

/** What the mouse is over, and the last click, for the second of two. */
export interface Pointer {
  hoveredId: string | null;
  isOverClose: boolean;
  clicked: Click | null;
}

export interface ListState extends ListView {
  /** In no order; null until they are known. */
  sessions: readonly ListedSession[] | null;
  /** What the sessions are filtered by; '' for nothing. */
  filter: string;
  /** What follows from these and the order for the screen. */
  rows: readonly Row[];
  /** The selected session; null when there is none. */
  selectedId: string | null;
  /** The session that the person comes from: not the one to be selected by itself. */
  leftId: string | null;
  marked: ReadonlySet<string>;
  /** The first row that shows. */
  top: number;
  size: Size;
  mode: Mode;
  notice: Notice | null;
  /** The newest picture of a session. */
  preview: { id: string; picture: Preview } | null;
  pointer: Pointer;
  preferences: ListPreferences;
  /** The terminal's; null while it is not known. */
  background: Background | null;
  /** Milliseconds since 1970, as of the last event: ages are told from it. */
  now: number;
}

export type ListEvent =
  | { kind: 'sessions'; sessions: readonly ListedSession[] }
  | { kind: 'input'; input: KeyInput }
  | { kind: 'resized'; size: Size }
  | { kind: 'ticked' }
  | { kind: 'previewed'; id: string; picture: Preview }
  | { kind: 'proposed'; name: string }
  | { kind: 'completed'; typed: string; completion: Completion }
  | { kind: 'answered'; action: SessionAction['kind']; result: ActionResult };

/** What is done to sessions; answered by an `answered` event. */
export type SessionAction =
  | { kind: 'create'; session: NewSession }
  | { kind: 'rename'; id: string; name: string }
  | { kind: 'kill'; ids: readonly string[] }
  | { kind: 'restart'; ids: readonly string[] }
  | { kind: 'detach'; id: string }
  | { kind: 'pin'; id: string; isPinned: boolean };

/** What the world is asked for; each but `copy` is answered by an event. */
export type Effect =
  | SessionAction
  | { kind: 'propose' }
  | { kind: 'complete'; text: string }
  | { kind: 'copy'; name: string }
  | { kind: 'end'; result: ListResult };

export interface Step {
  state: ListState;
  effect: Effect | null;
}

/** What the list must ask about while a name is typed. */
export interface ListRules {
  nameProblem(name: string): string | null;
  attachCommand(name: string): string;
}

export interface ListStart {
  size: Size;
  now: number;
  leftId: string | undefined;
  notice: string | undefined;
  preferences: ListPreferences;
}

export function initialState({ size, now, leftId, notice, preferences }: ListStart): ListState {
  return {
    sessions: null,
    order: preferences.order,
    filter: '',
    rows: [],
    selectedId: null,
    leftId: leftId ?? null,
    marked: new Set(),
    top: 0,
    size,
    mode: { kind: 'browse' },
    // What became of an attach may be read hours later: whose session was taken over is not looking.
    notice: notice === undefined ? null : { text: printable(notice), until: null, isProgress: false },
    previewShows: preferences.previewShows,
    preview: null,
    pointer: { hoveredId: null, isOverClose: false, clicked: null },
    preferences,
    background: preferences.background,
    now,
  };
}

/** A step that asks nothing of the world. */
export function stay(state: ListState): Step {
  return { state, effect: null };
}

/** Shows a sentence until the next key, for a while at most. */
export function withNotice(state: ListState, text: string, { isProgress = false } = {}): ListState {
  return { ...state, notice: { text: printable(text), until: state.now + noticeMs, isProgress } };
}

/** The session with that id, whether or not it is filtered out. */
export function sessionOf(state: ListState, id: string | null): ListedSession | undefined {
  return id === null ? undefined : state.sessions?.find((session) => session.id === id);
}

export function selectedIndex(state: ListState): number {
  return state.rows.findIndex(({ session }) => session.id === state.selectedId);
}

/** The sessions that an action for several is for: the marked ones, else the selected one. */
export function targetsOf(state: ListState): ListedSession[] {
  const marked = state.rows.map(({ session }) => session).filter(({ id }) => state.marked.has(id));
  const selected = sessionOf(state, state.selectedId);
  return marked.length > 0 || selected === undefined ? marked : [selected];
}
