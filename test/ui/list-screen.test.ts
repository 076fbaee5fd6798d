import { afterEach, describe, expect, it } from 'vitest';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { endTestLists, openTestList, restMs, type TestRun } from './open-test-list.ts';
import { manySessions, sampleSession } from './sample-sessions.ts';

afterEach(endTestLists);

/** A run whose first frame is there. */
async function shown(cols = 80, rows = 24, options: Parameters<typeof openTestList>[0] = {}): Promise<TestRun> {
  const run = openTestList({ terminal: createFakeTerminal(cols, rows), ...options });
  await run.terminal.until((text) => /api|session-\d|No sess/.test(text));
  return run;
}

describe('the screen', () => {
  it('of 80x24 shows the sessions, the preview and the keys', async () => {
    const { terminal, clock, previewed, paint } = await shown();
    clock.pass(restMs);
    expect(previewed()).toBe('id-api 38x19');
    paint('$ ls', '\x1b[31mred\x1b[0m  日本');
    await terminal.until((text) => text.includes('日本\n'));
    const separator = `${' '.repeat(40)}│`;
    expect(terminal.screen()).toEqual([
      '  stay   6 sessions                                              + New session',
      '',
      '    NAME     STATE        PROGRAM  IDLE │ ~/src',
      '> ● api      pts/3        vim        3s │ $ ls',
      '  ○ web      running      npm        5m │ red  日本',
      '  × 日本語   exited 3     bash       3s │',
      '  × nightly  SIGTERM      bash        - │',
      '  ■ old      stopped      bash       3s │',
      '  ? hung     no answer    bash       3s │',
      ...Array<string>(13).fill(separator),
      '',
      '  Enter attach   / filter   n new   r rename   x kill   ? keys   q quit',
    ]);
  });

  it('of 40x10 shows what matters most, and the preview in its place on demand', async () => {
    const { terminal, clock, previewed, paint } = await shown(40, 10);
    const list = [
      '  stay   6 sessions      + New session',
      '    NAME     STATE         PROGRAM  IDLE',
      '> ● api      pts/3         vim        3s',
      '  ○ web      running       npm        5m',
      '  × 日本語   exited 3      bash       3s',
      '  × nightly  SIGTERM       bash        -',
      '  ■ old      stopped       bash       3s',
      '  ? hung     no answer     bash       3s',
      '',
      '  Enter attach   n new   ? keys   q quit',
    ];
    expect(terminal.screen()).toEqual(list);
    clock.pass(restMs);
    expect(previewed()).toBe(null);
    terminal.type('\t');
    await terminal.until((text) => !text.includes('NAME'));
    clock.pass(restMs);
    expect(previewed()).toBe('id-api 39x7');
    paint('$ ls');
    await terminal.until((text) => text.includes('$ ls'));
    expect(terminal.screen()).toEqual([
      list[0],
      ' api  held by pts/3 from 10.0.0.7  ~/src',
      ' $ ls',
      ...Array<string>(6).fill(''),
      '  Enter attach   n new   ? keys   q quit',
    ]);
    terminal.type('p');
    await terminal.until((text) => text === list.join('\n'));
    expect(previewed()).toBe(null);
  });

  it('of 300x100 tells everything in full', async () => {
    const { terminal } = await shown(300, 100, { sessions: manySessions(200) });
    await terminal.until((text) => text.includes('session-095'));
    expect(terminal.screen()[3]).toMatch(/^> ○ session-001 {2}running {2}bash/);
    expect(terminal.screen()[99]).toMatch(/Enter attach/);
  });

  it.each([
    [39, 10],
    [20, 3],
    [5, 2],
    [4, 4],
    [2, 1],
    [1, 1],
    [1, 30],
    [80, 1],
    [80, 2],
    [300, 3],
  ])('of %ix%i does not fail, whatever one does', async (cols, rows) => {
    const { terminal, clock } = openTestList({ terminal: createFakeTerminal(cols, rows) });
    const doings = ['j', '?', 'j', '\x03', 'x', 'n', ' ', 'o', 'p', '\t', '/', 'we', '\x03', 'r', '日本', '\x03'];
    for (const keys of [...doings, 'n', 'abc', '\x1b[B', '\x1b[B', '/', '\t', '\x1b[A', '\x03', '\x1b[<0;1;1M', 'y']) {
      terminal.type(keys);
      clock.pass(50);
      await new Promise(setImmediate);
    }
    terminal.type('\x03\x03\x03');
    await terminal.until(() => terminal.emulator.buffer.active.type === 'normal');
  });

  it('without sessions says what to do', async () => {
    const { terminal } = await shown(80, 24, { sessions: [] });
    expect(terminal.screen().slice(3, 9)).toEqual([
      '',
      '  No sessions yet. Press n to make one.',
      '',
      '  It goes on when you close the window or lose the connection.',
      '  Inside, Ctrl-\\ brings you back here.',
      '',
    ]);
  });

  it('in ASCII has nothing else', async () => {
    const { terminal } = await shown(80, 24, { preferences: { isAscii: true }, sessions: manySessions(3) });
    terminal.type('?');
    await terminal.until((text) => text.includes('Looking'));
    expect(terminal.raw()).toMatch(/^[\x00-\x7e]*$/);
  });

  it('for somebody who hears it has sentences in order', async () => {
    const preferences = { isForScreenReader: true };
    const { terminal } = await shown(80, 24, { preferences, sessions: manySessions(2) });
    expect(terminal.screen().slice(0, 3)).toEqual([
      'Selected: 1 of 2, session-001, running, bash, ~/src, output 3s ago.',
      '2 of 2, session-002, running, bash, ~/src, output 3s ago.',
      'Keys: Enter attach, / filter, n new, r rename, x kill, p preview, ? keys, q',
    ]);
  });

  it('starts at the top left, wherever the cursor was', async () => {
    const terminal = createFakeTerminal();
    terminal.stdout.write(`${'line\n'.repeat(12)}half a line`);
    openTestList({ terminal });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.screen()[0]).toMatch(/^ {2}stay {3}6 sessions/);
  });

  it('shows a session from outside without obeying what it says', async () => {
    const sessions = [sampleSession('a\x1b[2Jb', { cwd: '/tmp/\x1b]0;x\x07y' })];
    const { terminal } = openTestList({ sessions });
    await terminal.until((text) => text.includes('a\ufffd[2Jb') && text.includes('/tmp/\ufffd]0;x\ufffdy'));
  });
});

describe('colour', () => {
  const colour = /\x1b\[[\d;:]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]/;

  it('is there when asked for, also where the environment says otherwise', async () => {
    const { terminal } = await shown();
    expect(terminal.raw()).toMatch(colour);
  });

  it('is nowhere when it is not wanted, and the selection still shows', async () => {
    const { terminal, clock } = await shown(79, 24, { preferences: { hasColor: false } });
    for (const keys of ['j', '?', '?', '/w', '\t', 'x', 'n', 'n', 'a/']) {
      terminal.type(keys);
      clock.pass(50);
    }
    await terminal.until((text) => text.includes('Cannot use this name'));
    expect(terminal.raw()).not.toMatch(colour);
    expect(terminal.selectedRow()).toContain('a/');
  });

  it('does not alone mark the selection', async () => {
    const { terminal } = await shown();
    const row = terminal.screen().findIndex((line) => line.startsWith('>'));
    const cell = (y: number) => terminal.emulator.buffer.active.getLine(y)?.getCell(20);
    expect(cell(row)?.isInverse()).toBeTruthy();
    expect(cell(row + 1)?.isInverse()).toBeFalsy();
  });
});

describe('the preview', () => {
  it('has the colours of the session, and leaks none', async () => {
    const { terminal, clock, paint } = await shown();
    clock.pass(restMs);
    paint(`\x1b[41m${'x'.repeat(60)}\x1b[0m`);
    await terminal.until((text) => text.includes('x'.repeat(38)));
    const cell = (x: number, y: number) => terminal.emulator.buffer.active.getLine(y)?.getCell(x);
    expect(cell(42, 3)?.getBgColor()).toBe(1);
    expect(cell(79, 3)?.getBgColor()).toBe(1);
    expect(cell(41, 3)?.isBgDefault()).toBe(true);
    expect(cell(10, 4)?.isBgDefault()).toBe(true);
  });

  it('follows the session, rewriting the lines that changed alone', async () => {
    const { terminal, clock, paint } = await shown();
    clock.pass(restMs);
    paint('first', 'second', 'third');
    await terminal.until((text) => text.includes('third'));
    terminal.forgetRaw();
    paint('first', 'changed', 'third');
    await terminal.until((text) => text.includes('changed'));
    expect(terminal.raw()).not.toMatch(/first|third|api|stay|\x1b\[[0-3]?J/);
  });

  it('that did not change writes nothing', async () => {
    const { terminal, clock, paint } = await shown();
    clock.pass(restMs);
    paint('the same');
    await terminal.until((text) => text.includes('the same'));
    terminal.forgetRaw();
    paint('the same');
    paint('another');
    await terminal.until((text) => text.includes('another'));
    expect(terminal.raw().match(/\x1b\[\?2026h/g)).toHaveLength(1);
  });

  it('follows the selection, and shows nothing of the one before', async () => {
    const { terminal, clock, previewed, paint } = await shown();
    clock.pass(restMs);
    paint('of the first');
    await terminal.until((text) => text.includes('of the first'));
    terminal.type('j');
    await terminal.until((text) => !text.includes('of the first'));
    clock.pass(restMs);
    expect(previewed()).toBe('id-web 38x19');
    paint('of the second');
    await terminal.until((text) => text.includes('of the second'));
  });
});

describe('the help', () => {
  it('lies on top of the list, and goes without a trace', async () => {
    const { terminal, clock, paint } = await shown(120, 40);
    clock.pass(restMs);
    paint(...Array<string>(34).fill('#'.repeat(69)));
    const before = await terminal.until((text) => text.includes('#'));
    const styles = () => stylesOf(terminal);
    const stylesBefore = styles();
    terminal.type('?');
    await terminal.until((text) => text.includes('╭') && text.includes('delete to the start'));
    expect(terminal.text()).toContain('NAME');
    expect(terminal.text()).toContain('#');
    expect(terminal.screen().filter((line) => line.includes('│ Ctrl-U') || line.includes('Ctrl-U  '))).toHaveLength(1);
    terminal.type('?');
    await terminal.until((text) => text === before);
    expect(styles()).toEqual(stylesBefore);
  });

  it('hides what is below it, and no more', async () => {
    const { terminal, clock, paint } = await shown(120, 40, { sessions: manySessions(6) });
    clock.pass(restMs);
    paint(...Array<string>(34).fill('#'.repeat(69)));
    await terminal.until((text) => text.includes('#'));
    terminal.type('?');
    await terminal.until((text) => text.includes('╭'));
    const lines = terminal.screen();
    const [top, bottom] = [
      lines.findIndex((line) => line.includes('╭')),
      lines.findIndex((line) => line.includes('╰')),
    ];
    const left = lines[top]?.indexOf('╭') ?? 0;
    const right = lines[top]?.indexOf('╮') ?? 0;
    for (const line of lines.slice(top + 1, bottom)) expect(line.slice(left, right + 1)).toMatch(/^│ [^#]* │$/);
    expect(lines.slice(3, 34).every((line) => line.slice(right + 1).includes('#'))).toBe(true);
  });

  it.each([
    [80, 24],
    [40, 10],
    [24, 8],
    [20, 5],
  ])('on %ix%i can be read to its end', async (cols, rows) => {
    const { terminal } = openTestList({ terminal: createFakeTerminal(cols, rows) });
    terminal.type('?');
    await terminal.until((text) => text.includes('Looking'));
    terminal.type('j'.repeat(100));
    await terminal.until((text) => text.includes('Ctrl-U'));
    terminal.type('q');
    await terminal.until((text) => text.includes('api'));
  });

  it('stays through another size', async () => {
    const { terminal } = await shown(120, 40);
    terminal.type('?');
    await terminal.until((text) => text.includes('╭'));
    for (const [cols, rows] of [
      [40, 10],
      [80, 24],
      [30, 4],
      [120, 40],
    ] as const) {
      terminal.resize(cols, rows);
      const fresh = openTestList({ terminal: createFakeTerminal(cols, rows) });
      fresh.terminal.type('?');
      const expected = await fresh.terminal.until((text) => text.includes('Looking'));
      await terminal.until((text) => text === expected);
    }
  });
});

describe('another size', () => {
  const sizes = [
    [40, 10],
    [120, 40],
    [79, 24],
    [20, 3],
    [300, 100],
    [60, 100],
    [60, 9],
    [1, 1],
    [80, 24],
  ] as const;

  /** What a list of thirty sessions that was always of that size shows. */
  async function frameOf(cols: number, rows: number): Promise<string> {
    const { terminal } = openTestList({ terminal: createFakeTerminal(cols, rows), sessions: manySessions(30) });
    // Too narrow for rows, and too low for more.
    return terminal.until((text) => cols < 4 || text.includes('session-0'));
  }

  it('leaves no leftovers, and never touches the scrollback', async () => {
    const { terminal } = await shown(80, 24, { sessions: manySessions(30) });
    for (const [cols, rows] of sizes) {
      terminal.resize(cols, rows);
      const expected = await frameOf(cols, rows);
      await terminal.until((text) => text === expected);
    }
    expect(terminal.raw()).not.toContain('\x1b[3J');
  });

  it('in a storm ends with the last one', async () => {
    const { terminal } = await shown(80, 24, { sessions: manySessions(30) });
    for (let step = 0; step < 60; step++) terminal.resize(30 + ((step * 37) % 120), 3 + ((step * 7) % 40));
    terminal.resize(100, 30);
    const expected = await frameOf(100, 30);
    await terminal.until((text) => text === expected);
  });

  it('keeps the selection on the screen', async () => {
    const { terminal } = await shown(80, 24, { sessions: manySessions(30) });
    terminal.type('j'.repeat(19));
    for (const [cols, rows] of sizes.filter(([cols]) => cols >= 20)) {
      terminal.resize(cols, rows);
      await terminal.until(() => terminal.selectedRow().includes('session-020'));
    }
  });

  it('keeps the cursor in the name that is being typed', async () => {
    const { terminal } = await shown();
    terminal.type('nfresh');
    await terminal.until(() => terminal.selectedRow().startsWith('> Name       fresh') && terminal.isCursorVisible());
    for (const [cols, rows] of [
      [40, 10],
      [100, 30],
      [30, 6],
      [80, 24],
    ] as const) {
      terminal.resize(cols, rows);
      await terminal.until(() => {
        const { cursorX, cursorY } = terminal.emulator.buffer.active;
        return cursorX === 18 && (terminal.screen()[cursorY] ?? '').startsWith('> Name       fresh');
      });
      expect(terminal.screen().filter((line) => line.includes('fresh'))).toHaveLength(1);
    }
  });

  it('asks for a preview of that size', async () => {
    const { terminal, clock, previewed } = await shown();
    clock.pass(restMs);
    terminal.resize(100, 30);
    await terminal.until((text) => text.split('\n').length === 30);
    clock.pass(restMs);
    expect(previewed()).toBe('id-api 55x25');
    terminal.resize(60, 30);
    expect(previewed()).toBe(null);
  });
});

/** How every cell looks. */
function stylesOf({ emulator }: FakeTerminal): string[] {
  return Array.from({ length: emulator.rows }, (_, y) => {
    const line = emulator.buffer.active.getLine(y);
    const cells = Array.from({ length: emulator.cols }, (_, x) => line?.getCell(x));
    return cells
      .map((cell) => `${cell?.getFgColor()}/${cell?.getBgColor()}/${cell?.isBold()}/${cell?.isInverse()}`)
      .join(' ');
  });
}
