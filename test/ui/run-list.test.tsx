import { afterEach, describe, expect, it } from 'vitest';
import { runList } from '../../src/ui/run-list.tsx';
import type { ActionResult, ListedSession, ListOptions, ListResult } from '../../src/ui/session-list.ts';
import { createFakeClock, createFakeTerminal, type FakeClock, type FakeTerminal } from './fake-terminal.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

interface List {
  terminal: FakeTerminal;
  clock: FakeClock;
  ended: Promise<ListResult>;
  /** The feed tells of these from now on. */
  tell(sessions: readonly ListedSession[]): void;
  /** What was asked for, such as `kill id-api`; each waits for an answer. */
  asked: string[];
  answer(result: ActionResult): void;
}

/** Time in which what the feed tells reaches the screen. */
const feedMs = 100;

const open: List[] = [];
let subscribers = 0;

function openList({
  terminal = createFakeTerminal(),
  sessions = oneOfEach,
  ...options
}: Partial<ListOptions> & { terminal?: FakeTerminal; sessions?: readonly ListedSession[] | null } = {}): List {
  const clock = createFakeClock(testNow);
  const asked: string[] = [];
  let answer: (result: ActionResult) => void = () => {};
  let tell: List['tell'] = () => {};
  const ask = (what: string) => {
    asked.push(what);
    return new Promise<ActionResult>((resolve) => {
      answer = resolve;
    });
  };
  const ended = runList({
    terminal,
    clock,
    feed: {
      subscribe(onSessions) {
        subscribers += 1;
        tell = onSessions;
        if (sessions !== null) onSessions(sessions);
        return {
          dispose() {
            subscribers -= 1;
          },
        };
      },
    },
    actions: {
      create: (name) => ask(`create ${name}`),
      rename: (id, name) => ask(`rename ${id} ${name}`),
      kill: (id) => ask(`kill ${id}`),
      nameProblem: (name) => (name.includes('/') ? 'a slash is not allowed' : null),
    },
    selectedId: undefined,
    notice: undefined,
    hasColor: true,
    ending: new AbortController().signal,
    home: '/home/me',
    ...options,
  });
  const list = {
    terminal,
    clock,
    ended,
    asked,
    tell(told) {
      tell(told);
      clock.pass(feedMs);
    },
    answer: (r) => answer(r),
  } satisfies List;
  open.push(list);
  return list;
}

async function quit({ terminal, ended }: List): Promise<void> {
  terminal.type('\x03\x03q');
  await ended;
}

afterEach(async () => {
  for (const list of open.splice(0)) {
    await quit(list);
    expect(list.clock.pending()).toBe(0);
    expect(list.terminal.stdin.listenerCount('readable')).toBe(0);
    expect(list.terminal.stdin.listenerCount('end')).toBe(0);
    expect(list.terminal.stdout.listenerCount('resize')).toBe(0);
    expect(list.terminal.stdout.listenerCount('error')).toBe(0);
  }
  expect(subscribers).toBe(0);
});

describe('the screen', () => {
  it('of 80x24 shows the sessions, their titles and the keys', async () => {
    const { terminal } = openList();
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.screen()).toEqual([
      '  stay   6 sessions',
      '',
      '    NAME     STATE                PROGRAM  DIRECTORY  OUTPUT   AGE',
      '> ● api      pts/3 from 10.0.0.7  vim      ~/src          3s    2h',
      '  ○ web      running              npm      ~              5m    2h',
      '  × 日本語   exited 3             bash     /var/log       3s    2h',
      '  × nightly  killed by SIGTERM    bash     ~/src           -    2h',
      '  ■ old      stopped              bash     ~/src          3s    4d',
      '  ? hung     not answering        bash     ~/src          3s    2h',
      ...Array<string>(13).fill(''),
      '',
      '  Enter attach   n new   r rename   x kill   ? keys   q quit',
    ]);
  });

  it('of 40x10 shows what matters most', async () => {
    const { terminal } = openList({ terminal: createFakeTerminal(40, 10) });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.screen()).toEqual([
      '  stay   6 sessions',
      '    NAME     STATE       PROGRAM  OUTPUT',
      '> ● api      pts/3       vim          3s',
      '  ○ web      running     npm          5m',
      '  × 日本語   exited 3    bash         3s',
      '  × nightly  SIGTERM     bash          -',
      '  ■ old      stopped     bash         3s',
      '  ? hung     no answer   bash         3s',
      '',
      '  Enter attach   n new   ? keys   q quit',
    ]);
  });

  it('of 300x100 tells everything in full', async () => {
    const { terminal } = openList({ terminal: createFakeTerminal(300, 100), sessions: manySessions(200) });
    await terminal.until((text) => text.includes('session-095'));
    expect(terminal.screen()[3]).toMatch(/^> ○ session-001 {2}running {2}bash/);
    expect(terminal.screen()[99]).toMatch(/Enter attach/);
  });

  it.each([
    [20, 3],
    [5, 2],
    [2, 1],
    [1, 1],
    [1, 30],
  ])('of %ix%i does not fail, whatever one does', async (cols, rows) => {
    const { terminal, clock } = openList({ terminal: createFakeTerminal(cols, rows) });
    await terminal.until((text) => text.startsWith('>') || rows > 3);
    for (const keys of ['j', '?', 'j', 'q', 'x', 'n', 'r', 'abc', '\x15', '\x03', 'n', '日本', '/', '\x03', 'g']) {
      terminal.type(keys);
      clock.pass(50);
    }
    await terminal.until((text) => rows > 3 || text.startsWith('>'));
  });

  it('without sessions says what to do', async () => {
    const { terminal } = openList({ sessions: [] });
    await terminal.until((text) => text.includes('No sessions yet. Press n to make one.'));
  });

  it('starts at the top left, wherever the cursor was', async () => {
    const terminal = createFakeTerminal();
    terminal.stdout.write(`${'line\n'.repeat(12)}half a line`);
    openList({ terminal });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.screen()[0]).toBe('  stay   6 sessions');
  });

  it('shows a session from outside without obeying what its name says', async () => {
    const { terminal } = openList({ sessions: [sampleSession('a\x1b[2Jb', { cwd: '/tmp/\x1b]0;x\x07y' })] });
    await terminal.until((text) => text.includes('a\ufffd[2Jb') && text.includes('/tmp/\ufffd]0;x\ufffdy'));
  });
});

describe('colour', () => {
  const colour = /\x1b\[[\d;:]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]/;

  it('is there when asked for, also where the environment says otherwise', async () => {
    const { terminal } = openList({ hasColor: true });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.raw()).toMatch(colour);
  });

  it('is nowhere when it is not wanted, and the selection still shows', async () => {
    const { terminal, clock } = openList({ hasColor: false });
    await terminal.until((text) => text.includes('hung'));
    for (const keys of ['j', '?', '?', 'x', 'n', 'n', 'a/']) {
      terminal.type(keys);
      clock.pass(50);
    }
    await terminal.until((text) => text.includes('Cannot use this name'));
    expect(terminal.raw()).not.toMatch(colour);
    expect(terminal.selectedRow()).toContain('a/');
  });

  it('does not alone mark the selection', async () => {
    const { terminal } = openList();
    await terminal.until((text) => text.includes('hung'));
    const row = terminal.screen().findIndex((line) => line.startsWith('>'));
    const cell = (y: number) => terminal.emulator.buffer.active.getLine(y)?.getCell(70);
    expect(cell(row)?.isInverse()).toBeTruthy();
    expect(cell(row + 1)?.isInverse()).toBeFalsy();
  });
});

describe('keys', () => {
  it('move the selection, through more sessions than fit', async () => {
    const { terminal } = openList({ terminal: createFakeTerminal(40, 10), sessions: manySessions(200) });
    await terminal.until((text) => text.includes('session-007'));
    terminal.type('jj\x1b[B');
    await terminal.until(() => terminal.selectedRow().includes('session-004'));
    terminal.type('G');
    await terminal.until(() => terminal.selectedRow().includes('session-200'));
    expect(terminal.screen().filter((line) => line.includes('session-'))).toHaveLength(7);
    terminal.type('\x1b[5~g');
    await terminal.until(() => terminal.selectedRow().includes('session-001'));
  });

  it('Enter ends the run with the selected session', async () => {
    const { terminal, ended } = openList({ selectedId: 'id-old' });
    await terminal.until(() => terminal.selectedRow().includes('old'));
    terminal.type('\r');
    expect(await ended).toEqual({ kind: 'attach', id: 'id-old' });
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\x03'],
  ])('%s quits', async (_, key) => {
    const { terminal, ended } = openList();
    terminal.type(key);
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('a lone Escape quits, after the moment in which it may be part of something', async () => {
    const { terminal, clock, ended } = openList();
    terminal.type('\x1b');
    await terminal.until((text) => text.includes('hung'));
    terminal.type('[B');
    await terminal.until(() => terminal.selectedRow().includes('web'));
    terminal.type('\x1b');
    await new Promise(setImmediate);
    clock.pass(1_000);
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('? shows the keys and hides them', async () => {
    const { terminal } = openList();
    terminal.type('?');
    await terminal.until((text) => text.includes('Up, k') && text.includes('Ctrl-U') && !text.includes('api'));
    terminal.type('?');
    await terminal.until((text) => text.includes('api') && !text.includes('Ctrl-U'));
  });

  it('typed before the sessions are known wait for them', async () => {
    const { terminal, tell, ended } = openList({ sessions: null });
    terminal.type('j\r');
    await terminal.until((text) => text.includes('stay'));
    tell(oneOfEach);
    expect(await ended).toEqual({ kind: 'attach', id: 'id-web' });
  });

  it('do not wait for ever for a feed that says nothing', async () => {
    const { terminal, clock, ended } = openList({ sessions: null });
    terminal.type('q');
    await terminal.until((text) => text.includes('stay'));
    clock.pass(1_000);
    expect(await ended).toEqual({ kind: 'quit' });
  });
});

describe('a new session', () => {
  it('is named in place, made, and the run ends with it', async () => {
    const { terminal, asked, answer, ended } = openList();
    await terminal.until((text) => text.includes('hung'));
    terminal.type('n');
    await terminal.until(() => terminal.selectedRow() === '> + a name, or nothing for a random one');
    terminal.type('fresh\x1b[D\x1b[Dx');
    await terminal.until(() => terminal.selectedRow() === '> + frexsh' && terminal.isCursorVisible());
    expect(terminal.emulator.buffer.active).toMatchObject({ cursorX: 8, cursorY: 3 });
    terminal.type('\r');
    await expect.poll(() => asked).toEqual(['create frexsh']);
    answer({ kind: 'done', id: 'made' });
    expect(await ended).toEqual({ kind: 'attach', id: 'made' });
  });

  it('gets the keys typed while it is made', async () => {
    const { terminal, asked, answer, ended } = openList();
    terminal.type('n\rls\r');
    await expect.poll(() => asked).toEqual(['create ']);
    terminal.type('more');
    answer({ kind: 'done', id: 'made' });
    await ended;
    expect(unread(terminal)).toBe('ls\rmore');
  });

  it('that cannot be made leaves the name, the reason, and the keys typed since', async () => {
    const { terminal, asked, answer } = openList();
    terminal.type('nab\rc');
    await expect.poll(() => asked).toEqual(['create ab']);
    answer({ kind: 'failed', message: 'The disk is full.' });
    await terminal.until(() => terminal.selectedRow() === '> + abc');
    terminal.type('\r');
    await expect.poll(() => asked).toEqual(['create ab', 'create abc']);
    answer({ kind: 'failed', message: 'The disk is full.' });
    await terminal.until((text) => text.includes('The disk is full.'));
  });

  it('with an impossible name is refused while one types', async () => {
    const { terminal } = openList({ sessions: [] });
    terminal.type('na/');
    await terminal.until((text) => text.includes('Cannot use this name: a slash is not allowed.'));
    terminal.type('\x7f');
    await terminal.until((text) => !text.includes('Cannot use this name'));
  });

  it('takes a pasted name, without what is no text in it', async () => {
    const { terminal } = openList();
    terminal.type('n\x1b[200~日本\r\n語\x1b[201~');
    await terminal.until(() => terminal.selectedRow() === '> + 日本語');
    expect(terminal.emulator.modes.bracketedPasteMode).toBe(true);
  });
});

describe('renaming', () => {
  it('happens in the row, with the old name to start from', async () => {
    const { terminal, asked, tell } = openList();
    terminal.type('jr');
    await terminal.until(() => terminal.selectedRow() === '> ○ web' && terminal.isCursorVisible());
    expect(terminal.emulator.buffer.active).toMatchObject({ cursorX: 7, cursorY: 4 });
    terminal.type('site\r');
    await expect.poll(() => asked).toEqual(['rename id-web website']);
    tell(oneOfEach.map((session) => (session.name === 'web' ? { ...session, name: 'website' } : session)));
    await terminal.until(() => terminal.selectedRow().startsWith('> ○ website  running'));
    expect(terminal.isCursorVisible()).toBe(false);
  });
});

describe('killing', () => {
  it('asks by name, and says what happens', async () => {
    const { terminal, asked, answer, tell } = openList();
    terminal.type('x');
    await terminal.until((text) => text.includes('Kill "api"?') && text.includes('y yes   n no'));
    terminal.type('zn');
    await terminal.until((text) => !text.includes('Kill "api"?'));
    terminal.type('xy');
    await terminal.until((text) => text.includes('Ending "api"...'));
    expect(asked).toEqual(['kill id-api']);
    tell(oneOfEach.slice(1));
    answer({ kind: 'done', id: 'id-api' });
    await terminal.until((text) => !text.includes('api') && terminal.selectedRow().includes('web'));
  });
});

describe('what happens by itself', () => {
  it('sessions come, change and go', async () => {
    const { terminal, tell } = openList();
    await terminal.until((text) => text.includes('6 sessions'));
    tell([sampleSession('newest', { lastUsedAt: testNow })]);
    await terminal.until((text) => text.includes('1 session\n') && terminal.selectedRow().includes('newest'));
  });

  it('ages grow', async () => {
    const { terminal, clock } = openList({ sessions: [sampleSession('a')] });
    await terminal.until(() => terminal.selectedRow().includes('3s'));
    clock.pass(1_000);
    await terminal.until(() => terminal.selectedRow().includes('4s'));
    clock.pass(60_000);
    await terminal.until(() => terminal.selectedRow().includes('1m'));
  });

  it('what became of an attach shows until a key is pressed, however late', async () => {
    const { terminal, clock } = openList({ notice: 'Session "web" was taken over.', sessions: [sampleSession('a')] });
    await terminal.until((text) => text.includes('taken over') && text.includes('3s'));
    clock.pass(3_600_000);
    await terminal.until((text) => text.includes('taken over') && text.includes('1h'));
    terminal.type('j');
    await terminal.until((text) => !text.includes('taken over'));
  });

  it('the end of the input ends the run', async () => {
    const { terminal, ended } = openList();
    await terminal.until((text) => text.includes('hung'));
    terminal.stdin.end();
    expect(await ended).toEqual({ kind: 'quit' });
    open.pop();
  });

  it('many changes in a moment are drawn together, the last one for sure', async () => {
    const { terminal, tell } = openList();
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    for (let count = 1; count <= 50; count++) tell(manySessions(count));
    await terminal.until((text) => text.includes('50 sessions'));
    expect(terminal.raw().match(/\x1b\[\?2026h/g)?.length).toBeLessThan(10);
  });

  it('a change in one row rewrites that row alone', async () => {
    const { terminal, tell } = openList();
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    tell(oneOfEach.map((session) => (session.name === 'old' ? { ...session, program: 'htop' } : session)));
    await terminal.until((text) => text.includes('htop'));
    expect(terminal.raw()).not.toMatch(/\x1b\[[0-3]?J|api|web|nightly|hung|stay/);
    expect(terminal.raw()).toMatch(/^\x1b\[\?2026h/);
  });

  it('nothing is written when nothing that shows has changed', async () => {
    const { terminal, tell } = openList();
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    tell(oneOfEach.map((session) => ({ ...session, title: 'another' })));
    tell(oneOfEach);
    terminal.type('j');
    await terminal.until(() => terminal.selectedRow().includes('web'));
    expect(terminal.raw().match(/\x1b\[\?2026h/g)).toHaveLength(1);
  });
});

describe('another size', () => {
  const sizes = [
    [40, 10],
    [120, 40],
    [20, 3],
    [300, 100],
    [60, 100],
    [60, 9],
    [1, 1],
    [80, 24],
  ] as const;

  it('leaves no leftovers, and never touches the scrollback', async () => {
    const { terminal } = openList({ sessions: manySessions(30) });
    await terminal.until((text) => text.includes('session-018'));
    for (const [cols, rows] of sizes) {
      terminal.resize(cols, rows);
      const fresh = createFakeTerminal(cols, rows);
      const list = openList({ terminal: fresh, sessions: manySessions(30) });
      const expected = await fresh.until((text) => text.startsWith('>') || text.includes('session-001'));
      await terminal.until((text) => text === expected);
      await quit(list);
    }
    expect(terminal.raw()).not.toContain('\x1b[3J');
  });

  it('keeps the selection on the screen', async () => {
    const { terminal } = openList({ sessions: manySessions(30), selectedId: 'id-session-020' });
    for (const [cols, rows] of sizes.filter(([cols]) => cols >= 20)) {
      terminal.resize(cols, rows);
      await terminal.until(() => terminal.selectedRow().includes('session-020'));
    }
  });

  it('keeps the cursor in the name that is being typed', async () => {
    const { terminal } = openList();
    terminal.type('nfresh');
    await terminal.until(() => terminal.selectedRow() === '> + fresh' && terminal.isCursorVisible());
    for (const [cols, rows] of [
      [40, 10],
      [100, 30],
      [30, 6],
      [80, 24],
    ] as const) {
      terminal.resize(cols, rows);
      await terminal.until(() => {
        const { cursorX, cursorY } = terminal.emulator.buffer.active;
        return cursorX === 9 && terminal.screen()[cursorY] === '> + fresh';
      });
      expect(terminal.screen().filter((line) => line.includes('fresh'))).toHaveLength(1);
    }
  });
});

describe('the end', () => {
  it('leaves the terminal as it was', async () => {
    const terminal = createFakeTerminal();
    terminal.stdout.write('$ stay\n');
    const before = await terminal.until((text) => text.startsWith('$ stay'));
    const list = openList({ terminal });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.emulator.buffer.active.type).toBe('alternate');
    terminal.type('nname');
    await terminal.until(() => terminal.isCursorVisible());
    await quit(list);
    await terminal.until((text) => text === before);
    expect(terminal.emulator.buffer.active).toMatchObject({ type: 'normal', cursorX: 0, cursorY: 1 });
    expect(terminal.isCursorVisible()).toBe(true);
    expect(terminal.emulator.modes.bracketedPasteMode).toBe(false);
    expect(terminal.raw()).not.toMatch(/\x1b\[[<>=]\d*u/);
    expect(terminal.stdin.destroyed).toBe(false);
    expect(terminal.emulator.buffer.normal.length).toBe(24);
  });

  it('twenty times on the same streams loses no key, and none goes to the wrong place', async () => {
    const terminal = createFakeTerminal();
    let typed = '';
    let expected = '';
    for (let round = 1; round <= 20; round++) {
      const keys = `<${round}>\xff`;
      typed += `j\r${keys}\x1c`;
      expected += keys;
    }
    terminal.stdin.write(Buffer.from(typed, 'latin1'));
    let received = '';
    for (let round = 1; round <= 20; round++) {
      const list = openList({ terminal });
      expect(await list.ended).toEqual({ kind: 'attach', id: 'id-web' });
      received += await readUntilDetachKey(terminal);
    }
    expect(received).toBe(expected);
    expect(unread(terminal)).toBe('');
  });

  it('with input that comes byte by byte, in the middle of everything', async () => {
    const terminal = createFakeTerminal();
    const list = openList({ terminal });
    await terminal.until((text) => text.includes('hung'));
    for (const byte of '\x1b[B\r\x1b[A日') terminal.type(byte);
    expect(await list.ended).toEqual({ kind: 'attach', id: 'id-web' });
    expect(unread(terminal)).toBe('\x1b[A日');
  });
});

/** All that is left in the stream; one read gives one chunk of it. */
function unread({ stdin }: FakeTerminal): string {
  const chunks: Buffer[] = [];
  for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What an attach loop does: takes bytes by `data`, and gives back what comes behind the detach key. */
function readUntilDetachKey({ stdin }: FakeTerminal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let received = '';
  stdin.on('data', function take(chunk: Buffer) {
    const text = chunk.toString('latin1');
    const end = text.indexOf('\x1c');
    received += end < 0 ? text : text.slice(0, end);
    if (end < 0) return;
    stdin.off('data', take);
    stdin.pause();
    stdin.unshift(chunk.subarray(end + 1));
    resolve(received);
  });
  stdin.resume();
  return promise;
}
