// What is shown of ours around a session, in the terminal of its holder.

/** A line below the screen, which then has one row less; or the session's name before the title; or nothing. */
export type Look = { kind: 'plain' } | ({ kind: 'line' } & LineText) | { kind: 'title' };

/** What the line says besides the session's name. */
export interface LineText {
  /** As people read it, such as `12:34`. */
  time: string;
  /** Keys and what they do. */
  keys: string;
}
