// The same screen in a terminal that we did not write: what tmux shows when it gets a recording directly, it shows when
// it gets a repaint of the first half and then the second.

import { afterAll, describe, expect, it } from 'vitest';
import { ansiCells } from './ansi-cells.ts';
import { bytesOf, newEmulator } from './new-emulator.ts';
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

describe.skipIf(!isInstalled)('a terminal that a session was shown in, tmux itself', () => {
  const panes = isInstalled ? new TmuxPanes() : undefined;
  afterAll(() => panes?.dispose());
  const size = { cols: 40, rows: 8 };
  const everything =
    'session\x1b[?1049h\x1b[?1003h\x1b[?1006h\x1b[?2004h\x1b[?1h\x1b=\x1b[?25l\x1b[5 q\x1b[2;5r\x1b[?6h\x1b[4h\x1b[3g\x1b]2;title\x07half \x1b[3';

  it('keeps what it showed before in its history, and is left as it was', () => {
    const session = newEmulator(size);
    const before = bytesOf('\x1b]2;mine\x07precious\r\n$ stay attach');
    const shown = session.repaint({ onto: 'used', historyLines: 100 });
    session.feed(bytesOf(everything));
    const [alone, left] = panes!.show([
      { ...size, bytes: before },
      { ...size, bytes: join([before, shown, bytesOf(everything), session.restoration()]) },
    ]) as [PaneState, PaneState];
    const facts = (state: PaneState) =>
      state.facts.split(' ').filter((fact) => !fact.startsWith('cursor_x=') && !fact.startsWith('cursor_y='));
    expect(facts(left)).toEqual(facts(alone));
    expect(left.screen[0]).toBe('session');
    expect(left.history.slice(0, 2)).toEqual(['precious', '$ stay attach']);
  });

  it('gets nothing into its history from a repaint in place', () => {
    const session = newEmulator(size);
    session.feed(bytesOf('one\r\ntwo\r\nthree'));
    const shown = session.repaint({ onto: 'used', historyLines: 100 });
    const again = session.repaint({ onto: 'same', historyLines: 0 });
    const [once, twice] = panes!.show([
      { ...size, bytes: shown },
      { ...size, bytes: join([shown, again, again]) },
    ]) as [PaneState, PaneState];
    expect(twice).toEqual(once);
  });
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
