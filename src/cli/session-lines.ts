// The lines of a session's whole history, from its files: of a running one as well as of one that ended.

import { firstReplayBytes, replayPieceBytes } from '../base/limits.ts';
import type { HistoryLine, HistoryReplay } from '../emulator/history-replay.ts';
import { type FileLayer, systemFiles } from '../platform/file-layer.ts';
import { pieces } from '../protocol/frames.ts';
import type { JournalChange } from '../storage/journal.ts';
import { type HistoryPart, type IsEnough, readHistory } from '../storage/recorded-history.ts';

/** Which lines: all, those since some time, or so many of the last. */
export type Extent = { kind: 'all' } | { kind: 'since'; at: number } | { kind: 'last'; count: number };

export interface LineOptions {
  extent: Extent;
  isAnsi: boolean;
  files?: FileLayer;
}

type ReplayOptions = Omit<LineOptions, 'extent'>;

/** The lines of the session in `folder`, oldest first, a few at a time. Nothing is replayed that need not be. */
export async function* sessionLines(folder: string, options: LineOptions): AsyncGenerator<HistoryLine[]> {
  const { extent } = options;
  switch (extent.kind) {
    case 'all':
      yield* replayed(folder, () => false, options);
      break;
    case 'since':
      for await (const lines of replayed(folder, (part) => part.firstAt <= extent.at, options))
        yield lines.filter(({ at }) => at >= extent.at);
      break;
    case 'last':
      yield await lastLines(folder, extent.count, options);
  }
}

/** Replays a little of the end, and more if that gave too few. */
async function lastLines(folder: string, count: number, options: ReplayOptions): Promise<HistoryLine[]> {
  for (let wanted = firstReplayBytes; ; wanted *= 4) {
    let isCut = false;
    const isEnough: IsEnough = (_, bytes) => {
      isCut = bytes >= wanted;
      return isCut;
    };
    let last: HistoryLine[] = [];
    for await (const lines of replayed(folder, isEnough, options)) last = [...last, ...lines].slice(-count);
    if (last.length === count || !isCut) return last;
  }
}

async function* replayed(
  folder: string,
  isEnough: IsEnough,
  { isAnsi, files = systemFiles }: ReplayOptions,
): AsyncGenerator<HistoryLine[]> {
  const { HistoryReplay } = await import('../emulator/history-replay.ts');
  const replay = new HistoryReplay({ isAnsi });
  try {
    for await (const part of readHistory(folder, { isEnough, files })) {
      begin(replay, part);
      for (const change of part.changes.flatMap(inPieces)) {
        replay.play(change);
        yield replay.take();
      }
    }
    replay.finish();
    yield replay.take();
  } finally {
    replay.dispose();
  }
}

function begin(replay: HistoryReplay, { start, follows }: HistoryPart): void {
  if (start === null || follows === 'seamless') return;
  const { at, cols, rows, paint } = start;
  replay.begin({ at, cols, rows, paint, hasHistory: start.historyLines > 0, follows: inReplay[follows] });
}

const inReplay = { nothing: 'nothing', resumed: 'the same', hole: 'a hole' } as const;

/** Small enough that few lines come of each. */
function inPieces(change: JournalChange): JournalChange[] {
  if (change.kind !== 'output') return [change];
  return pieces(change.bytes, replayPieceBytes).map((bytes) => ({ ...change, bytes }));
}
