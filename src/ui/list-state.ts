// The list as a value, what may happen to it and what it may ask for; and what follows from a state for the screen.

import { printable, wrap } from './display-width.ts';
import { killQuestion } from './format.ts';
import { type HelpLine, helpLines } from './help-lines.ts';
import type { KeyInput } from './key-decoder.ts';
import { keyTable } from './key-table.ts';
import { type Regions, regionsOf, type Size } from './layout.ts';
import type { ActionResult, ListedSession, ListResult } from './session-list.ts';
import type { TextField } from './text-field.ts';

/** Milliseconds a notice stays, if no key is pressed before. */
const noticeMs = 5_000;

export type Mode =
  | { kind: 'browse' }
  /** Asking for the name of a new session; `problem` says why it cannot be one. */
  | { kind: 'new'; field: TextField; problem: string | null }
  /** The new session is being made. Keys typed now are for the session. */
  | { kind: 'making'; field: TextField }
  | { kind: 'rename'; id: string; field: TextField; problem: string | null }
  | { kind: 'kill'; id: string }
  /** The keys are shown, from line `top` on. */
  | { kind: 'help'; top: number };

export interface Notice {
  text: string;
  /** Milliseconds since 1970; null for as long as no key is pressed. */
  until: number | null;
  /** True while it only says that an action is under way. */
  isProgress: boolean;
}

export interface ListState {
  /** In the order of the screen; null until they are known. */
  sessions: readonly ListedSession[] | null;
  /** The selected session; null when there is none. */
  selectedId: string | null;
  /** The first session that shows. */
  top: number;
  size: Size;
  mode: Mode;
  notice: Notice | null;
  /** Milliseconds since 1970, as of the last event: ages are told from it. */
  now: number;
}

export type ListEvent =
  | { kind: 'sessions'; sessions: readonly ListedSession[] }
  | { kind: 'input'; input: KeyInput }
  | { kind: 'resized'; size: Size }
  | { kind: 'ticked' }
  | { kind: 'answered'; action: ListAction['kind']; result: ActionResult };

/** What the world is asked to do; it answers with an `answered` event. */
export type ListAction =
  | { kind: 'create'; name: string }
  | { kind: 'rename'; id: string; name: string }
  | { kind: 'kill'; id: string };

export type Effect = ListAction | { kind: 'end'; result: ListResult };

export interface Step {
  state: ListState;
  effect: Effect | null;
}

/** What the list must ask about while a name is typed. */
export interface ListRules {
  nameProblem(name: string): string | null;
}

export interface ListStart {
  size: Size;
  now: number;
  selectedId: string | undefined;
  notice: string | undefined;
}

export function initialState({ size, now, selectedId, notice }: ListStart): ListState {
  const state: ListState = {
    sessions: null,
    selectedId: selectedId ?? null,
    top: 0,
    size,
    mode: { kind: 'browse' },
    notice: null,
    now,
  };
  if (notice === undefined) return state;
  // What became of an attach may be read hours later: whose session was taken over is not looking.
  return { ...state, notice: { text: printable(notice), until: null, isProgress: false } };
}

/** A step that asks nothing of the world. */
export function stay(state: ListState): Step {
  return { state, effect: null };
}

/** Shows a sentence until the next key, for a while at most. */
export function withNotice(state: ListState, text: string, { isProgress = false } = {}): ListState {
  return { ...state, notice: { text: printable(text), until: state.now + noticeMs, isProgress } };
}

/** The session with that id, if it is there. */
export function findSession(sessions: readonly ListedSession[], id: string): ListedSession | undefined {
  return sessions.find((session) => session.id === id);
}

export function sessionOf(state: ListState, id: string | null): ListedSession | undefined {
  return id === null ? undefined : findSession(state.sessions ?? [], id);
}

export function selectedIndex(state: ListState): number {
  return (state.sessions ?? []).findIndex(({ id }) => id === state.selectedId);
}

/** The lines between the list and the footer: a question, what is wrong with a name, or a notice. */
export function panelLines(state: ListState): string[] {
  const text = panelText(state);
  return text === null ? [] : wrap(text, Math.max(1, state.size.cols - panelIndent(state.size) * 2));
}

/** Cells free on both sides of the panel, where there is room for that. */
export function panelIndent({ cols }: Size): number {
  return cols >= 30 ? 2 : 0;
}

function panelText(state: ListState): string | null {
  const { mode } = state;
  const session = mode.kind === 'kill' ? sessionOf(state, mode.id) : undefined;
  if (session !== undefined) return killQuestion(session);
  if ((mode.kind === 'new' || mode.kind === 'rename') && mode.problem !== null) return mode.problem;
  return state.notice?.text ?? null;
}

export function listRegions(state: ListState): Regions {
  return regionsOf(state.size.rows, { height: panelLines(state).length, isQuestion: state.mode.kind === 'kill' });
}

/** The sessions that show at once; the row of a new one takes its place from them. */
export function listHeight(state: ListState): number {
  return listRegions(state).body - Number(state.mode.kind === 'new' || state.mode.kind === 'making');
}

/** The lines of the help, for the width of the screen. */
export function helpLinesOf(state: ListState): HelpLine[] {
  return helpLines(keyTable, Math.max(1, state.size.cols - panelIndent(state.size)));
}

/** The rows that the help has: those of the list, its titles and the panel. */
export function helpHeight(state: ListState): number {
  const { titles, body, panel } = listRegions(state);
  return titles + body + panel;
}

/** The last line of the help that may be the first to show. */
export function helpScroll(state: ListState): number {
  return Math.max(0, helpLinesOf(state).length - helpHeight(state));
}
