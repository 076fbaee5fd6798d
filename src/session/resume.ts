// Starting a session again after its server went away, or after its program ended: its screen and history come back, a
// dated line tells what happened, and its program is to start anew below it.

import { maxShortLives, steadyMs } from '../base/limits.ts';
import { localDate } from '../base/local-date.ts';
import { shellQuote } from '../base/shell-quote.ts';
import { StayError } from '../base/stay-error.ts';
import { Emulator, type EmulatorOptions } from '../emulator/emulator.ts';
import { restoredEmulator } from '../emulator/restored-emulator.ts';
import { kindOf } from '../platform/files.ts';
import { isRunning } from '../platform/processes.ts';
import type { SessionOrder } from '../protocol/order.ts';
import type { Catalog } from '../storage/catalog.ts';
import { recordedStatus } from '../storage/recorded-status.ts';
import { recover, requireNewest } from '../storage/recovery.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { spoiledWords } from '../storage/spoiled-words.ts';

/** Who takes the session over: this server, with a terminal of this size. */
export type NewOwner = Pick<SessionRecord, 'server' | 'socket' | 'bootId' | 'cols' | 'rows'>;

export interface TakenRecord {
  /** The record as it was, to be put back should the start fail. */
  before: SessionRecord;
  record: SessionRecord;
  /** The argv to run. */
  command: readonly string[];
}

export interface Taking {
  id: string;
  owner: NewOwner;
  now: number;
  /** Whether nobody asked for this session by name. */
  isAutomatic: boolean;
}

/**
 * Makes this process the server of the session `id`. Call it while holding the catalog: of two that resume at once, the
 * second finds the first running. Throws a `StayError` when there is no such session, or it runs.
 */
export function takeRecord(catalog: Catalog, { id, owner, now, isAutomatic }: Taking): TakenRecord {
  const entry = catalog.entry(id);
  if (entry?.kind === 'newer') {
    throw new StayError('otherVersion', `Cannot resume "${entry.record.name}": ${entry.why}`, { hint: 'Use that one' });
  }
  if (entry?.kind !== 'record')
    throw new StayError('noSession', 'Cannot resume: the session is gone', { hint: 'See: stay list' });
  const before = entry.record;
  if (before.bootId === owner.bootId && isRunning(before.server)) {
    throw new StayError('busy', `Cannot resume "${before.name}": it runs`, {
      hint: `Attach: stay attach ${shellQuote(before.name)}`,
    });
  }
  if (isAutomatic) refuseCrashLoop(before);
  const record = {
    ...before,
    ...owner,
    startedAt: now,
    shortLives: isAutomatic ? before.shortLives + 1 : 0,
    program: null,
    exit: null,
    stop: null,
    // What is to be seen stays to be seen; how far the program of before was says nothing of the new one.
    activity: { ...before.activity, progress: null },
    lastUsedAt: now,
    cwd: folderToStartIn(before),
  };
  catalog.save(record);
  // What ended by itself starts as it did at first; what was cut off has something to go on with.
  const command = before.exit === null ? (before.resumeCommand ?? before.command) : before.command;
  return { before, record, command };
}

/** What went away again and again soon after its start would most likely do so once more, maybe with the machine. */
function refuseCrashLoop({ name, shortLives }: SessionRecord): void {
  if (shortLives < maxShortLives) return;
  const why = `after each of its last ${shortLives} starts it was gone within ${steadyMs / 1_000} s`;
  throw new StayError('cannotCreate', `Cannot resume "${name}": ${why}`, {
    hint: `Start it all the same: stay resume ${shellQuote(name)}`,
  });
}

/** Where the program was last, unless that is gone. */
function folderToStartIn({ lastCwd, cwd }: SessionRecord): string {
  return [lastCwd, cwd].find((folder) => kindOf(folder) === 'folder') ?? '/';
}

/** A session's terminal at its start, and what it shows before the program's own output. */
export interface FirstScreen {
  emulator: Emulator;
  greeting: Uint8Array | null;
  /** What was spoiled of the files that it came from, in words; the greeting tells it, too. */
  spoiled: string | null;
}

/** The session's terminal as it was, with nothing of the dead program left on, and a line that tells what became of it. */
export async function resumedEmulator(
  folder: string,
  { before, order, now }: { before: SessionRecord; order: SessionOrder; now: number },
  options: Pick<EmulatorOptions, 'onReply' | 'onFault'>,
): Promise<FirstScreen> {
  const recovery = await recover(folder);
  requireNewest(recovery, `Cannot resume "${before.name}"`);
  const { screen, records } = recovery;
  const size = { cols: order.cols, rows: order.rows };
  const { historyLines } = before;
  const emulator =
    screen === null
      ? new Emulator({ ...size, historyLines, ...options })
      : restoredEmulator({ screen, events: records }, { historyLines, ...options });
  emulator.feed(emulator.restoration());
  emulator.resize(size);
  const spoiled = spoiledWords(before.name, recovery);
  const told = `${localDate(now)}: ${whatHappened(before)}; started again`;
  const lines = [told, ...(spoiled === null ? [] : [spoiled])].map((text) => `\x1b[2m[stay] ${text}\x1b[m\r\n`);
  const greeting = new TextEncoder().encode(`${belowText(emulator)}${lines.join('')}`);
  return { emulator, greeting, spoiled };
}

/** Moves the cursor below everything; where its own row is that already, there. */
function belowText(emulator: Emulator): string {
  const { row } = emulator.cursor;
  const isBelow = emulator.endRow === row + 1 && emulator.textLines({ historyLines: 0 })[row] === '';
  return isBelow ? '\r' : `\x1b[${emulator.endRow};1H\r\n`;
}

function whatHappened(before: SessionRecord): string {
  const { state, stopped, exitCode, signal } = recordedStatus(before);
  if (state === 'exited')
    return signal === null ? `it ended with status ${exitCode ?? 0}` : `it was ended by ${signal}`;
  switch (stopped?.reason) {
    case 'restarted':
      return 'the machine was restarted';
    case 'terminated':
      return 'its server was told to end';
    default:
      return 'its server was killed';
  }
}
