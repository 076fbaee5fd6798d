// Exactly as it was left: what a recording shows in tmux directly, it shows there through a session that was left and
// attached again in the middle of it. `STAY_CUTS=20 STAY_SEED=7` leaves it at other and more places.

import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tmuxDeviations } from '../../emulator/tmux-deviations.ts';
import { makeSandbox } from '../support/sandbox.ts';
import { hasTmux } from '../support/tmux.ts';
import { waitUntil } from '../support/waiting.ts';
import { cutPoints } from './support/cut-points.ts';
import { type Recording, recordingsToShow } from './support/recordings.ts';
import { type Leaving, type Shown, type Stage, showDirectly, showThroughStay } from './support/shown-twice.ts';
import { openTmuxClient } from './support/tmux-client.ts';
import { tmuxLimit } from './support/tmux-limits.ts';
import { type Pane, startTmuxServer, type TmuxServer } from './support/tmux-server.ts';
import { plainText, plainXterm } from './support/xterm-referee.ts';

/** Lines of history that an attach brings, by default. */
const replayedLines = 1000;

const leavings: Leaving[] = ['takeOver', 'detachKey', 'takeOver', 'stayDetach'];
const sandbox = makeSandbox();
const recordings = recordingsToShow().map((recording, index) => ({
  recording,
  limit: tmuxLimit(recording),
  leaving: leavings[index % leavings.length] ?? 'takeOver',
}));
if (!hasTmux) console.warn('tmux is not installed: no screens are compared in an independent terminal.');

describe.skipIf(!hasTmux)('in tmux, left and attached again', () => {
  let tmux: TmuxServer;
  let stage: Stage;

  beforeAll(async () => {
    tmux = await startTmuxServer(sandbox);
    stage = { sandbox, tmux };
  });
  afterAll(() => tmux?.stop());

  it.concurrent.for(recordings.filter(({ limit }) => limit === null))(
    '$recording.id looks as if it never was',
    async ({ recording, leaving }) => {
      const plan = { cuts: cutPoints(recording), leaving };
      const [direct, { live, attached }] = await Promise.all([
        showDirectly(stage, recording),
        showThroughStay(stage, recording, plan),
      ]);
      const about = await describeCase(recording, { ...plan, direct: direct.shown });
      expect(screenOf(live), about).toEqual(screenOf(direct.shown));
      expect(screenOf(attached.shown), about).toEqual(screenOf(direct.shown));
      await expectSameHistory(recording, { direct: direct.shown, attached: attached.shown });
      await expectSameLook(recording, { direct: direct.pane, attached: attached.pane });
      await Promise.all([direct.end(), attached.end()]);
    },
  );

  it.concurrent.for(recordings.filter(({ limit }) => limit !== null))(
    '$recording.id, which tmux shows otherwise than xterm in the end, looks as if it never was up to there',
    async ({ recording, limit, leaving }) => {
      const cuts = [limit?.agreedBytes ?? 0];
      const [direct, { live, attached }] = await Promise.all([
        showDirectly(stage, recording),
        showThroughStay(stage, recording, { cuts, leaving }),
      ]);
      expect(screenOf(live), limit?.why).toEqual(screenOf(direct.shown));
      await Promise.all([direct.end(), attached.end()]);
      if (!limit?.isAsInXtermJs) return;
      const { lines } = await plainXterm(recording);
      expect(plainText(attached.shown.screen), 'attached at the end it is what plain xterm.js shows').toEqual(lines);
    },
  );
});

describe('the list of what tmux shows otherwise', () => {
  it('names nothing that is not shown', () => {
    const ids = new Set(recordings.map(({ recording }) => recording.id));
    const isWhole = process.env.STAY_RECORDING === undefined && ids.has('vt100/vt');
    if (isWhole) expect(Object.keys(tmuxDeviations).filter((id) => !ids.has(id))).toEqual([]);
  });
});

function screenOf({ screen, behind, facts }: Shown): unknown {
  return { screen, behind, facts };
}

/** Where tmux itself keeps the lines that xterm keeps: it also keeps what is erased, which no other terminal does. */
async function expectSameHistory(recording: Recording, { direct, attached }: { direct: Shown; attached: Shown }) {
  const { history } = await plainXterm(recording);
  if (plainText(direct.history).join('\n') !== history.join('\n').trimEnd()) return;
  const count = Math.min(direct.history.length, replayedLines);
  if (count > 0)
    expect(attached.history.slice(-count), `history of ${recording.id}`).toEqual(direct.history.slice(-count));
}

async function expectSameLook(recording: Recording, { direct, attached }: { direct: Pane; attached: Pane }) {
  const clients = [direct, attached].map((pane) => openTmuxClient(sandbox, pane, recording));
  let looks: (string[] | null)[] = [];
  const isSame = () => {
    looks = clients.map((client) => client.rows());
    return looks[0] !== null && isDeepStrictEqual(looks[0], looks[1]);
  };
  await waitUntil(isSame, 'the same look').catch(() => expect(looks[1], `look of ${recording.id}`).toEqual(looks[0]));
  await Promise.all(clients.map((client) => client.close()));
}

interface Case {
  cuts: readonly number[];
  leaving: Leaving;
  direct: Shown;
}

async function describeCase(recording: Recording, { cuts, leaving, direct }: Case): Promise<string> {
  const { lines } = await plainXterm(recording);
  const isAgreed = plainText(direct.screen).join('\n') === lines.join('\n');
  return `${recording.id}, left at ${cuts.join(', ')} by ${leaving}${isAgreed ? '' : '; xterm.js and tmux already differ'}`;
}
