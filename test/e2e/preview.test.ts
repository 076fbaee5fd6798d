import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { previewIntervalMs } from '../../src/base/limits.ts';
import { sessionPreviews } from '../../src/cli/session-previews.ts';
import type { Preview } from '../../src/ui/session-list.ts';
import { signal } from './support/processes.ts';
import { idle, script, showKeys } from './support/programs.ts';
import { makeSandbox } from './support/sandbox.ts';
import { seeScreen } from './support/screen-watch.ts';
import { waitUntilSaved } from './support/stopped-sessions.ts';
import { waitUntil } from './support/waiting.ts';

const sandbox = makeSandbox();

afterEach(async () => {
  await sandbox.runOk(['kill', '--all']);
});

/** Waits for a key, then prints much for a while. */
const flood = script(
  "stty raw -echo; printf 'READY'; head -c 1 >/dev/null; seq -f 'line %.0f of a flood of text\r' 1 200000; printf 'THE-END'; sleep 4000",
);

describe('a watched screen', () => {
  it('is seen as it is and after every change, with its colours', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf '\\033[31mred\\033[m\\r\\n'; exec cat")]);
    const seen = await seeScreen(sandbox, 'work', { cols: 40, rows: 10 });
    expect(await seen.waitFor(/red/)).toEqual({
      lines: ['\x1b[0;31mred\x1b[0m', ...Array(9).fill('')],
      cols: 80,
      rows: 24,
      cursor: { col: 0, row: 1 },
    });
    const holder = sandbox.terminal(['attach', 'work'], { cols: 100, rows: 30 });
    await holder.waitFor(/red/);
    await holder.type('typed');
    expect(await seen.waitFor(/typed/)).toMatchObject({ cols: 100, rows: 30, cursor: { col: 5, row: 1 } });
  });

  it('is cut to the size that is asked for last', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("seq 1 20; printf '%060d' 7; exec cat")]);
    const seen = await seeScreen(sandbox, 'work', { cols: 30, rows: 3 });
    await seen.waitFor(/07$/);
    expect(seen.frames.at(-1)?.frame).toMatchObject({
      lines: ['', '', `${'0'.repeat(28)}7`],
      cursor: { col: 29, row: 2 },
    });
    const before = seen.frames.length;
    seen.watch.resize({ cols: 200, rows: 60 });
    await waitUntil(() => seen.frames.length > before, 'another frame');
    expect(seen.frames.at(-1)?.frame.lines).toHaveLength(24);
    expect(seen.text().split('\n')).toHaveLength(21);
  });

  it('of an idle session sends nothing', async () => {
    await sandbox.runOk(['new', '-d', 'quiet', '--', ...idle]);
    await sandbox.runOk(['new', '-d', 'busy', '--', ...script('while sleep 0.1; do printf x; done')]);
    const quiet = await seeScreen(sandbox, 'quiet', { cols: 40, rows: 10 });
    const busy = await seeScreen(sandbox, 'busy', { cols: 40, rows: 10 });
    await waitUntil(() => busy.frames.length > 10, 'time has passed for another session');
    expect(quiet.frames).toHaveLength(1);
  });

  it('in a flood is seen at most ten times a second, and its end is', async () => {
    const holder = sandbox.terminal(['new', 'work', '--', ...flood]);
    await holder.waitFor(/READY/);
    const seen = await seeScreen(sandbox, 'work', { cols: 60, rows: 20 });
    await seen.waitFor(/READY/);
    const before = seen.frames.length;
    const startedAt = performance.now();
    await holder.type('x');
    await seen.waitFor(/THE-END$/);
    const frames = seen.frames.length - before;
    expect(frames).toBeGreaterThan(2);
    // One more at each end; the server may be a little quicker with one that it could not send in time.
    expect(frames).toBeLessThanOrEqual((performance.now() - startedAt) / previewIntervalMs + 2);
    await holder.waitFor(/THE-END$/);
  });

  it('does not disturb who holds the session', async () => {
    const holder = sandbox.terminal(['new', 'work', '--', ...showKeys], { cols: 60, rows: 12 });
    await holder.waitFor(/READY/);
    const { attached } = await sandbox.session('work');
    const before = holder.pty.byteCount;
    const seen = await seeScreen(sandbox, 'work', { cols: 10, rows: 3 });
    expect(await seen.waitFor(/READY/)).toMatchObject({ cols: 60, rows: 12 });
    seen.watch.resize({ cols: 30, rows: 5 });
    await waitUntil(() => seen.frames.length > 1, 'another frame');
    expect(holder.pty.byteCount).toBe(before);
    await holder.type('x');
    await seen.waitFor(/x/);
    expect(holder.pty.byteCount).toBe(before + 1);
    expect(await sandbox.session('work')).toMatchObject({ attached: { ...attached }, cols: 60, rows: 12 });
  });

  it('is seen to its end, then the link is closed', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf 'begin'; read -r; printf 'last words'")]);
    const seen = await seeScreen(sandbox, 'work', { cols: 40, rows: 10 });
    await seen.waitFor(/begin/);
    const holder = sandbox.terminal(['attach', 'work']);
    await holder.waitFor(/begin/);
    await holder.type('\r');
    await seen.waitFor(/last words/);
    await waitUntil(() => seen.isClosed, 'the link is closed');
    expect((await sandbox.waitForSession('work', ({ state }) => state === 'exited')).exitCode).toBe(0);
  });
});

describe('the preview of a session', () => {
  beforeEach(() => {
    vi.stubEnv('STAY_STATE_DIR', sandbox.stateDir);
    vi.stubEnv('STAY_RUNTIME_DIR', sandbox.runtimeDir);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is followed to its files when its server goes, to the next server, and to its end', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf 'here'; exec sleep 4000")]);
    await waitUntilSaved(sandbox, 'work', 'here');
    const { id } = await sandbox.session('work');
    const told = preview(id);
    await told.waitFor(/^here$/);
    const server = await sandbox.serverPid('work');
    const before = told.all.length;
    signal(server, 'SIGKILL');
    await waitUntil(() => told.all.length > before, 'the screen from the files');
    expect(told.text()).toBe('here');
    await sandbox.runOk(['resume', 'work']);
    await told.waitFor(/started again/);
    await sandbox.runOk(['kill', 'work']);
    await told.waitFor(/^none: it is gone$/);
  });

  it('says within a second that its server does not answer, and goes on when it does', async () => {
    await sandbox.runOk(['new', '-d', 'work', '--', ...script("printf 'here'; exec sleep 4000")]);
    const { id } = await sandbox.session('work');
    const server = await sandbox.serverPid('work');
    signal(server, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      const told = preview(id);
      await told.waitFor(/^none: its server does not answer$/);
      expect(performance.now() - startedAt).toBeLessThan(1_000 + busyMs);
      signal(server, 'SIGCONT');
      await told.waitFor(/^here$/);
    } finally {
      signal(server, 'SIGCONT');
    }
  });
});

/** By how much a loaded machine may be late. */
const busyMs = 1_000;

/** What the list is told of the session from now on. */
function preview(id: string) {
  const all: Preview[] = [];
  const watching = sessionPreviews().watch(id, { cols: 80, rows: 24 }, (one) => all.push(one));
  onTestFinished(() => watching.dispose());
  const text = () => {
    const last = all.at(-1);
    if (last?.kind !== 'frame') return `none: ${last?.why}`;
    return last.frame.lines.join('\n').trimEnd();
  };
  const waitFor = (pattern: RegExp) => waitUntil(() => all.length > 0 && pattern.test(text()), text);
  return { all, text, waitFor };
}
