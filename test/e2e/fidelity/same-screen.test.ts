// Exactly as it was left: what a recording shows in tmux directly, it shows there through a session that was left and
// attached again in the middle of it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSandbox } from '../support/sandbox.ts';
import { hasTmux } from '../support/tmux.ts';
import { type Recording, recordingsToShow } from './support/recordings.ts';
import { type Leaving, type Shown, type Stage, showDirectly, showThroughStay } from './support/shown-twice.ts';
import { startTmuxServer, type TmuxServer } from './support/tmux-server.ts';

const sandbox = makeSandbox();
const leavings: Leaving[] = ['takeOver', 'detachKey', 'takeOver', 'stayDetach'];

describe.skipIf(!hasTmux).concurrent('same screen', () => {
  let tmux: TmuxServer;
  let stage: Stage;

  beforeAll(async () => {
    tmux = await startTmuxServer(sandbox);
    stage = { sandbox, tmux };
  });
  afterAll(() => tmux?.stop());

  const recordings = recordingsToShow();
  it.each(recordings.map((recording, index) => [recording.id, recording, index] as const))(
    '%s',
    async (_, recording, index) => {
      const direct = await showDirectly(stage, recording);
      const leaving = leavings[index % leavings.length] ?? 'takeOver';
      const { live, attached } = await showThroughStay(stage, recording, { cuts: cutsOf(recording), leaving });
      expect(comparable(live)).toEqual(comparable(direct));
      expect(comparable(attached)).toEqual(comparable(direct));
    },
  );
});

function cutsOf({ bytes }: Recording): number[] {
  return [Math.floor(bytes.length / 2)];
}

function comparable({ screen, behind, facts }: Shown): unknown {
  return { screen, behind, facts };
}
