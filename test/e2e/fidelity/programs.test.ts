// Programs that people keep open look, after detaching and attaching in another terminal, like a twin that was never left.

import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { processesMarked, signal } from '../support/processes.ts';
import { makeSandbox } from '../support/sandbox.ts';
import { hasTmux } from '../support/tmux.ts';
import { waitUntil } from '../support/waiting.ts';
import { type PaneState, paneState } from './support/pane-state.ts';
import {
  doStep,
  goneMark,
  isInstalled,
  makeProgramFolder,
  type RealProgram,
  realPrograms,
} from './support/real-programs.ts';
import { type Pane, startTmuxServer, type TmuxServer } from './support/tmux-server.ts';

const size = { cols: 90, rows: 28 };
const sandbox = makeSandbox();
const installed = realPrograms.filter(({ name }) => isInstalled(name));
for (const { name } of realPrograms.filter((one) => !installed.includes(one)))
  console.warn(`${name} is not installed (scripts/install-test-programs.sh installs it): not compared.`);

describe.skipIf(!hasTmux)('in another terminal', () => {
  let tmux: TmuxServer;
  let folder: string;

  beforeAll(async () => {
    folder = makeProgramFolder(sandbox);
    tmux = await startTmuxServer(sandbox);
    // Or tmux leaves questions for its colours unanswered, and who leaves at once has them answered by the session.
    await tmux.ask('set-option', '-g', 'window-style', 'fg=colour252,bg=colour16');
  });
  afterAll(() => tmux?.stop());
  afterEach(async () => {
    await sandbox.runOk(['kill', '--all']);
  });

  it.for(installed.filter(({ isVolatile }) => !isVolatile))(
    '$name looks like its twin that was never left',
    async (program) => {
      const command = commandOf(program, folder);
      const twin = await tmux.open(command, size);
      const first = await tmux.open(`exec stay new ${program.name} -- sh -c ${quoted(command)}`, size);
      for (const pane of [twin, first]) {
        await pane.waitFor(program.starts);
        for (const step of program.before) await doStep(pane, step);
      }
      await first.press('C-\\');
      await first.waitFor(/detached/);
      const second = await tmux.open(`exec stay attach ${program.name}`, size);
      await expectSame(second, () => paneState(twin));
      for (const step of program.after) for (const pane of [twin, second]) await doStep(pane, step);
      await expectSame(second, () => paneState(twin));
      await quit(program, twin, second);
      await expectSame(second, () => paneState(twin));
      await Promise.all([twin, first, second].map((pane) => pane.close()));
    },
  );

  it.for(installed.filter(({ isVolatile }) => isVolatile))(
    '$name looks as it did when it was left',
    async (program) => {
      const command = commandOf(program, folder);
      const first = await tmux.open(`exec stay new ${program.name} -- sh -c ${quoted(command)}`, size);
      await first.waitFor(program.starts);
      for (const step of program.before) await doStep(first, step);
      const pid = processesMarked(sandbox.root).find(({ args }) => args[0] === program.name)?.pid ?? 0;
      signal(pid, 'SIGSTOP');
      const before = await settledState(first);
      await first.press('C-\\');
      await first.waitFor(/detached/);
      const second = await tmux.open(`exec stay attach ${program.name}`, size);
      await expectSame(second, () => before);
      signal(pid, 'SIGCONT');
      for (const step of program.after) await doStep(second, step);
      await quit(program, second);
      expect((await paneState(second)).facts).toMatchObject({
        alternate_on: '0',
        cursor_flag: '1',
        mouse_any_flag: '0',
      });
      await Promise.all([first, second].map((pane) => pane.close()));
    },
  );

  // What asks its terminal questions at its start waits a second or more for the answers before it goes on without.
  it.for(installed.filter(({ name }) => ['fish', 'vim', 'nvim'].includes(name)))(
    '$name started detached comes up without a pause, and nothing strays into it when it is attached',
    async (program) => {
      const command = commandOf(program, folder);
      const twin = await tmux.open(command, size);
      const twinMs = await timeOf(() => twin.waitFor(program.starts));
      const peek = async () => (await sandbox.runOk(['peek', program.name])).stdout.trimEnd();
      const detachedMs = await timeOf(async () => {
        await sandbox.runOk(['new', '-d', '--size', '90x28', program.name, '--', 'sh', '-c', command]);
        await waitUntil(async () => program.starts.test(await peek()), `${program.name} shows its first screen`);
      });
      expect(detachedMs).toBeLessThan(twinMs + 900);
      const attached = await tmux.open(`exec stay attach ${program.name}`, size);
      await attached.waitFor(program.starts);
      for (const step of program.before) for (const pane of [twin, attached]) await doStep(pane, step);
      await expectSameText(attached, twin);
      await Promise.all([twin, attached].map((pane) => pane.close()));
    },
  );
});

/** Behind the program stands one that shows what it left of the screen. */
function commandOf(program: RealProgram, folder: string): string {
  return `unset TMUX TMUX_PANE; TERM=xterm-256color; cd ${folder}; echo line above; ${program.command(folder)}; printf ${goneMark}; exec cat`;
}

async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function quit(program: RealProgram, ...panes: readonly Pane[]): Promise<void> {
  for (const pane of panes) {
    for (const step of program.quit) await doStep(pane, step);
    await pane.waitFor(new RegExp(goneMark));
  }
}

/** The state of a pane whose program is stopped: what is under way to it arrives, and then nothing more. */
function settledState(pane: Pane): Promise<PaneState> {
  let last: PaneState | undefined;
  const look = async () => {
    const now = await paneState(pane);
    const isSettled = isDeepStrictEqual(now, last);
    last = now;
    return isSettled ? now : null;
  };
  return waitUntil(look, 'the screen never stands still');
}

/** A program that was told of another terminal at its start may use other colours or another mouse protocol. */
async function expectSameText(pane: Pane, twin: Pane): Promise<void> {
  let texts: string[] = [];
  const look = async () => {
    texts = await Promise.all([pane.text(), twin.text()]);
    return texts[0] === texts[1];
  };
  await waitUntil(look, 'the same text').catch(() => expect(texts[0]).toBe(texts[1]));
}

async function expectSame(pane: Pane, other: () => PaneState | Promise<PaneState>): Promise<void> {
  let states: { shown?: PaneState; wanted?: PaneState } = {};
  const look = async () => {
    states = { shown: await paneState(pane), wanted: await other() };
    return isDeepStrictEqual(states.shown, states.wanted);
  };
  await waitUntil(look, 'the same screen').catch(() => expect(states.shown).toEqual(states.wanted));
}
