// The same screen in a terminal that we did not write: what tmux shows when it gets a recording directly, it shows when
// it gets a repaint of the first half and then the second.

import { afterAll, describe, expect, it } from 'vitest';
import { ansiCells } from './ansi-cells.ts';
import { newEmulator } from './new-emulator.ts';
import { allRecordings, type Recording } from './recordings.ts';
import { join } from './streams.ts';
import { tmuxDeviations } from './tmux-deviations.ts';
import { isTmuxInstalled, type PaneInput, type PaneState, TmuxPanes } from './tmux-panes.ts';

/** Panes at a time: tmux works on them while the next are started. */
const recordingsPerBatch = 10;

const isInstalled = isTmuxInstalled();
if (!isInstalled) console.warn('tmux is not installed: the repaint is not compared in an independent terminal.');

describe.skipIf(!isInstalled)('a repaint in tmux shows what the recording itself shows', () => {
  const panes = isInstalled ? new TmuxPanes() : undefined;
  afterAll(() => panes?.dispose());
  const recordings = allRecordings().filter((recording) => tmuxDeviations[recording.id] === undefined);
  for (let start = 0; start < recordings.length; start += recordingsPerBatch) {
    const batch = recordings.slice(start, start + recordingsPerBatch);
    it(`${batch[0]!.id} to ${batch.at(-1)!.id}`, { timeout: 60_000 }, () => {
      const states = panes!.show(
        batch.flatMap((recording) => [directly(recording), repainted(recording, 0.5), repainted(recording, 1)]),
      );
      batch.forEach((recording, index) => {
        const [direct, half, whole] = states.slice(index * 3, index * 3 + 3) as [PaneState, PaneState, PaneState];
        expect(comparable(half), `${recording.id}, attached at half`).toEqual(comparable(direct));
        expect(comparable(whole), `${recording.id}, attached at the end`).toEqual(comparable(direct));
      });
    });
  }
});

function directly(recording: Recording): PaneInput {
  return recording;
}

function repainted(recording: Recording, share: number): PaneInput {
  const cut = Math.floor(recording.bytes.length * share);
  const emulator = newEmulator(recording);
  emulator.feed(recording.bytes.subarray(0, cut));
  const repaint = emulator.repaint({ onto: 'used', historyLines: 1000 });
  return { ...recording, bytes: join([repaint, recording.bytes.subarray(cut)]) };
}

function comparable(state: PaneState): unknown {
  return {
    screen: withoutBlankEnd(ansiCells(state.screen)),
    behind: withoutBlankEnd(ansiCells(state.behind)),
    facts: state.facts,
  };
}

function withoutBlankEnd(lines: string[]): string[] {
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
