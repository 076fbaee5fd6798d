// One run of the list, from an empty alternate screen to a choice: joins the state to the terminal, and leaves no trace.

import { type Disposable, Disposables } from '../base/disposables.ts';
import { answerTimeoutMs, defaultSize } from '../base/limits.ts';
import type { KeyInput } from './key-decoder.ts';
import type { Size } from './layout.ts';
import { type ListScreen, openScreen } from './list-screen.tsx';
import type { ListState } from './list-state.ts';
import { createListStore, type ListStore, type ListStoreOptions } from './list-store.ts';
import { newestOnly } from './newest-only.ts';
import { createPreviewFeed } from './preview-feed.ts';
import { type KeyReader, readKeys } from './read-keys.ts';
import type { ListedSession, ListOptions, ListResult, ListTerminal, Preview } from './session-list.ts';
import { backgroundOf } from './theme.ts';

/** Milliseconds between two looks at what the feed tells: many busy sessions tell something all the time. */
const feedIntervalMs = 100;

/**
 * Shows the list until the person chooses a session or quits, or the terminal is gone. Rejects when the list itself
 * fails. Whatever the end, the terminal is back on its main screen with its cursor, no listener is left on its streams,
 * and what was typed after the key that ended the run is still in `stdin`.
 */
export async function runList(options: ListOptions): Promise<ListResult> {
  const ended = Promise.withResolvers<ListResult>();
  const owned = new Disposables();
  let screen: ListScreen | undefined;
  try {
    screen = start(options, { owned, ended });
    return await ended.promise;
  } finally {
    owned.dispose();
    // How it went, `ended` has told already; here only the last bytes are waited for.
    await screen?.closed.catch(() => undefined);
  }
}

interface Run {
  owned: Disposables;
  ended: PromiseWithResolvers<ListResult>;
}

function start(options: ListOptions, { owned, ended }: Run): ListScreen {
  const { terminal, clock, feed, home, ending } = options;
  const store = owned.add(openStore(options, { onChange, onEnd, onError: ended.reject }));
  const onInput = (input: KeyInput) => {
    if (input.kind === 'background') options.onBackground(backgroundOf(input));
    // The answer to the question asked last.
    if (input.kind === 'attributes') options.onAnswered();
    store.dispatch({ kind: 'input', input });
  };
  const keys = owned.add(readKeys(terminal.stdin, { clock, onInput }));
  const onPreview = (id: string, picture: Preview) => store.dispatch({ kind: 'previewed', id, picture });
  const preview = owned.add(createPreviewFeed({ previews: options.previews, clock, onPreview }));
  // Before Ink listens: it must find the list laid out for the new size, or it would draw the old one once more.
  owned.add(listen(terminal.stdout, { event: 'resize', listener: onResize }));
  const screen = owned.add(openScreen(terminal, { state: store.state(), home }));
  screen.closed.then(hangUp, ended.reject);
  owned.add(listen(terminal.stdin, { event: 'end', listener: hangUp }));
  ending.addEventListener('abort', hangUp);
  owned.defer(() => ending.removeEventListener('abort', hangUp));
  owned.add(listen(terminal.stdout, { event: 'error', listener: hangUp }));
  owned.add(clock.after(answerTimeoutMs, () => steer(keys, { state: store.state(), isLate: true })));
  const deliver = (sessions: readonly ListedSession[]) => store.dispatch({ kind: 'sessions', sessions });
  const news = owned.add(newestOnly(clock, { intervalMs: feedIntervalMs, deliver }));
  owned.add(feed.subscribe(news.push));
  return screen;

  function onChange(state: ListState): void {
    screen.draw(state);
    preview.follow(state);
    options.onView({ order: state.order, previewShows: state.previewShows });
    // Last, for it may take keys that change the list at once.
    steer(keys, { state, isLate: false });
  }
  function onEnd(result: ListResult): void {
    keys.dispose();
    ended.resolve(result);
  }
  function onResize(): void {
    store.dispatch({ kind: 'resized', size: sizeOf(terminal) });
    screen.repaint(store.state());
  }
  function hangUp(): void {
    ended.resolve({ kind: 'quit' });
  }
}

/**
 * Reads keys only while they are meant for the list as it shows: not while a session is being made, for they are the
 * session's; and not before the sessions are known, unless that takes too long, for one may always leave.
 */
function steer(keys: KeyReader, { state, isLate }: { state: ListState; isLate: boolean }): void {
  if (state.mode.kind === 'making') keys.hold();
  else if (state.sessions !== null || isLate) keys.resume();
}

function openStore(
  { terminal, actions, clock, home, leftId, notice, preferences }: ListOptions,
  callbacks: Pick<ListStoreOptions, 'onChange' | 'onEnd' | 'onError'>,
): ListStore {
  const start = { size: sizeOf(terminal), leftId, notice, preferences };
  const onCopy = (text: string) => void terminal.stdout.write(clipboardSequence(text));
  return createListStore({ start, actions, clock, home, onCopy, ...callbacks });
}

/** OSC 52 of xterm's control sequences: sets the clipboard of the user's own machine, also over ssh. */
function clipboardSequence(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `\x1b]52;c;${btoa(String.fromCharCode(...bytes))}\x07`;
}

function sizeOf({ stdout }: ListTerminal): Size {
  // A terminal that does not know its size says 0x0.
  return { cols: stdout.columns || defaultSize.cols, rows: stdout.rows || defaultSize.rows };
}

function listen(stream: NodeJS.EventEmitter, { event, listener }: { event: string; listener: () => void }): Disposable {
  stream.on(event, listener);
  return { dispose: () => void stream.off(event, listener) };
}
