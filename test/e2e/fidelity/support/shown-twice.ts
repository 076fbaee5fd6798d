// A recording shown in two panes of the same size: directly, and through a session that is left and attached again.

import type { Sandbox } from '../../support/sandbox.ts';
import { waitUntil } from '../../support/waiting.ts';
import { type PaneState, paneHistory, paneState } from './pane-state.ts';
import { makePlayer, type Player } from './player.ts';
import type { Recording } from './recordings.ts';
import type { Pane, TmuxServer } from './tmux-server.ts';

export interface Shown extends PaneState {
  history: string[];
}

export interface Stage {
  sandbox: Sandbox;
  tmux: TmuxServer;
}

/** How a pane is left before the next one attaches. */
export type Leaving = 'takeOver' | 'detachKey' | 'stayDetach';

export interface Plan {
  /** Where the session is left and attached again: offsets in the recording, ascending. */
  cuts: readonly number[];
  leaving: Leaving;
}

/** What stands in a pane until the session's screen replaces it. */
const notYet = '~ not attached yet ~';
let markCount = 0;

/** A pane with the recording's end in it. */
export interface Showing {
  pane: Pane;
  shown: Shown;
  end(): Promise<void>;
}

export async function showDirectly(stage: Stage, recording: Recording): Promise<Showing> {
  const player = makePlayer(stage.sandbox.freshPath('direct'), recording.newline);
  const pane = await stage.tmux.open(player.command, recording);
  await player.play(recording.bytes);
  return showingOf(stage, { pane, player });
}

/** Shows the recording cut by cut, each part live in the next pane, and once more in a last one that sees no part of it. */
export async function showThroughStay(
  stage: Stage,
  recording: Recording,
  { cuts, leaving }: Plan,
): Promise<{ live: Shown; attached: Showing }> {
  const player = makePlayer(stage.sandbox.freshPath('stay'), recording.newline);
  const name = `s${markCount++}`;
  let pane = await stage.tmux.open(`printf '${notYet}'; exec stay new ${name} -- ${player.command}`, recording);
  let start = 0;
  for (const cut of cuts) {
    await player.play(recording.bytes.subarray(start, cut));
    pane = await attachAgain(stage, { name, pane, leaving, size: recording });
    start = cut;
  }
  await player.play(recording.bytes.subarray(start));
  const { shown: live } = await showingOf(stage, { pane, player });
  pane = await attachAgain(stage, { name, pane, leaving, size: recording });
  return { live, attached: await showingOf(stage, { pane, player }) };
}

async function showingOf(stage: Stage, { pane, player }: { pane: Pane; player: Player }): Promise<Showing> {
  await settle(stage, player);
  const [state, history] = await Promise.all([paneState(pane), paneHistory(pane)]);
  const end = async () => {
    player.end();
    await hasEnded(pane);
    await pane.close();
  };
  return { pane, shown: { ...state, history }, end };
}

interface Move {
  name: string;
  pane: Pane;
  leaving: Leaving;
  size: { cols: number; rows: number };
}

/** Leaves the session in one pane and attaches it in another; resolves when that one shows the session. */
async function attachAgain(stage: Stage, { name, pane, leaving, size }: Move): Promise<Pane> {
  if (leaving === 'detachKey') await pane.press('C-\\');
  if (leaving === 'stayDetach') await stage.sandbox.runOk(['detach', name]);
  if (leaving !== 'takeOver') await hasEnded(pane);
  const next = await stage.tmux.open(`printf '${notYet}'; read -r _; exec stay attach ${name}`, size);
  await next.waitFor((text) => text.includes(notYet));
  await next.press('Enter');
  await next.waitFor((text) => !text.includes(notYet));
  await hasEnded(pane);
  await pane.close();
  return next;
}

async function hasEnded(pane: Pane): Promise<void> {
  await waitUntil(
    async () => (await pane.format('#{pane_dead}')) === '1',
    'the client in a pane that was left still runs',
  );
}

/** Resolves when the terminal has taken in all that was played: a last string of the player's makes a buffer of tmux's. */
async function settle({ tmux }: Stage, player: Player): Promise<void> {
  const mark = `mark-${markCount++}`;
  await player.play(`\x1b\\\x1b]52;c;${Buffer.from(mark).toString('base64')}\x1b\\`);
  const buffers = () => tmux.ask('list-buffers', '-F', '#{buffer_sample}');
  await waitUntil(async () => (await buffers()).includes(mark), 'the last of the output is not in tmux');
}
