import { afterEach, describe, expect, it } from 'vitest';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { endTestLists, openTestList } from './open-test-list.ts';
import { manySessions, oneOfEach, sampleSession, testNow } from './sample-sessions.ts';

afterEach(endTestLists);

/** A terminal for the list alone. */
const alone = () => createFakeTerminal(79, 24);

describe('keys', () => {
  it('move the selection, through more sessions than fit', async () => {
    const { terminal } = openTestList({ terminal: createFakeTerminal(40, 10), sessions: manySessions(200) });
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
    const { terminal, ended } = openTestList();
    terminal.type('jj\r');
    expect(await ended).toEqual({ kind: 'attach', id: 'id-日本語' });
  });

  it('Enter alone toggles between two sessions', async () => {
    const { terminal, ended } = openTestList({ leftId: 'id-api' });
    await terminal.until(() => terminal.selectedRow().includes('web'));
    terminal.type('\r');
    expect(await ended).toEqual({ kind: 'attach', id: 'id-web' });
  });

  it('a digit ends the run with the session of that row', async () => {
    const { terminal, ended } = openTestList();
    terminal.type('5');
    expect(await ended).toEqual({ kind: 'attach', id: 'id-old' });
  });

  it('that change the view are told, so that the next run begins with it', async () => {
    const { terminal, view } = openTestList();
    terminal.type('op');
    await terminal.until((text) => text.includes('by name'));
    expect(view()).toEqual({ order: 'name', previewShows: { beside: false, instead: false } });
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\x03'],
  ])('%s quits', async (_, key) => {
    const { terminal, ended } = openTestList();
    terminal.type(key);
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('a lone Escape quits, after the moment in which it may be part of something', async () => {
    const { terminal, clock, ended } = openTestList();
    terminal.type('\x1b');
    await terminal.until((text) => text.includes('hung'));
    terminal.type('[B');
    await terminal.until(() => terminal.selectedRow().includes('web'));
    terminal.type('\x1b');
    await new Promise(setImmediate);
    clock.pass(1_000);
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('typed before the sessions are known wait for them', async () => {
    const { terminal, tell, ended } = openTestList({ sessions: null });
    terminal.type('j\r');
    await terminal.until((text) => text.includes('stay'));
    tell(oneOfEach);
    expect(await ended).toEqual({ kind: 'attach', id: 'id-web' });
  });

  it('do not wait for ever for a feed that says nothing', async () => {
    const { terminal, clock, ended } = openTestList({ sessions: null });
    terminal.type('q');
    await terminal.until((text) => text.includes('stay'));
    clock.pass(1_000);
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('y writes the attach command to the clipboard of the terminal', async () => {
    const { terminal } = openTestList();
    terminal.type('y');
    await terminal.until((text) => text.includes('Copied: stay attach api'));
    expect(terminal.raw()).toContain(`\x1b]52;c;${btoa('stay attach api')}\x07`);
  });

  it('Space marks several, and x asks about all of them', async () => {
    const { terminal, asked, tell, answer } = openTestList({ terminal: alone() });
    terminal.type('  ');
    await terminal.until((text) => text.includes('6 sessions, 2 marked') && / ✓● api/.test(text));
    terminal.type('x');
    await terminal.until((text) => text.includes('Kill 2 sessions? "api", "web". This ends vim, npm.'));
    terminal.type('y');
    await expect.poll(() => asked).toEqual(['kill id-api id-web']);
    tell(oneOfEach.slice(2));
    answer({ kind: 'done', ids: ['id-api', 'id-web'] });
    await terminal.until((text) => text.includes('4 sessions') && terminal.selectedRow().includes('日本語'));
  });

  it('R starts a stopped session, d detaches, * pins', async () => {
    const { terminal, asked } = openTestList();
    terminal.type('djjjjR*');
    await expect.poll(() => asked).toEqual(['detach id-api', 'restart id-old', 'pin id-old true']);
  });

  it('o changes the order', async () => {
    const { terminal } = openTestList({ terminal: alone() });
    terminal.type('o');
    await terminal.until((text) => text.includes('Order: by name.') && text.includes('6 sessions, by name'));
    expect(terminal.screen()[3]).toContain('api');
    expect(terminal.screen()[4]).toContain('hung');
  });
});

describe('the filter', () => {
  it('follows what is typed, with matches marked and the cursor in it', async () => {
    const { terminal } = openTestList({ terminal: alone() });
    terminal.type('/ung');
    await terminal.until((text) => text.includes('1 of 6 sessions') && /^ {2}\/ ung$/m.test(text));
    expect(terminal.selectedRow()).toContain('hung');
    expect(terminal.emulator.buffer.active).toMatchObject({ cursorX: 7, cursorY: 21 });
    expect(terminal.isCursorVisible()).toBe(true);
    const row = terminal.screen().findIndex((line) => line.includes('hung'));
    const isBold = (col: number) => terminal.emulator.buffer.active.getLine(row)?.getCell(col)?.isBold() !== 0;
    expect([4, 5, 6, 7].map(isBold)).toEqual([false, true, true, true]);
  });

  it('lets sessions come and go', async () => {
    const { terminal, tell, ended } = openTestList({ terminal: alone() });
    terminal.type('/we');
    await terminal.until((text) => text.includes('1 of 6'));
    tell([...oneOfEach, sampleSession('we-two')]);
    await terminal.until((text) => text.includes('2 of 7') && text.includes('we-two'));
    tell([sampleSession('we-two')]);
    await terminal.until(() => terminal.selectedRow().includes('we-two'));
    terminal.type('\r');
    expect(await ended).toEqual({ kind: 'attach', id: 'id-we-two' });
  });
});

describe('a new session', () => {
  it('is described in a form, made, and the run ends with it', async () => {
    const { terminal, asked, answer, ended } = openTestList({ terminal: alone() });
    await terminal.until((text) => text.includes('hung'));
    terminal.type('n');
    await terminal.until(() => terminal.selectedRow() === '> Name       brisk-otter');
    terminal.type('fresh\x1b[D\x1b[Dx\tvim a');
    await terminal.until(() => terminal.selectedRow() === '> Command    vim a' && terminal.isCursorVisible());
    expect(terminal.emulator.buffer.active).toMatchObject({ cursorX: 18, cursorY: 4 });
    terminal.type('\r');
    await expect.poll(() => asked).toEqual(['create frexsh vim a ']);
    answer({ kind: 'done', ids: ['made'] });
    expect(await ended).toEqual({ kind: 'attach', id: 'made' });
  });

  it('gets a directory that is completed while one types', async () => {
    const { terminal } = openTestList({ terminal: alone() });
    terminal.type('n\t\t~/\t');
    await terminal.until((text) => text.includes('> Directory  ~/src/') && text.includes('  app/  lib/'));
  });

  it('gets the keys typed while it is made', async () => {
    const { terminal, asked, answer, ended } = openTestList();
    terminal.type('nx\rls\r');
    await expect.poll(() => asked).toEqual(['create x  ']);
    terminal.type('more');
    answer({ kind: 'done', ids: ['made'] });
    await ended;
    expect(unread(terminal)).toBe('ls\rmore');
  });

  it('that cannot be made leaves the form, the reason, and the keys typed since', async () => {
    const { terminal, asked, answer } = openTestList({ terminal: alone() });
    terminal.type('nab\rc');
    await expect.poll(() => asked).toEqual(['create ab  ']);
    answer({ kind: 'failed', message: 'The disk is full.' });
    await terminal.until(() => terminal.selectedRow() === '> Name       abc');
    terminal.type('\r');
    await expect.poll(() => asked).toEqual(['create ab  ', 'create abc  ']);
    answer({ kind: 'failed', message: 'The disk is full.' });
    await terminal.until((text) => text.includes('The disk is full.'));
  });

  it('with an impossible name is refused while one types', async () => {
    const { terminal } = openTestList({ sessions: [] });
    terminal.type('na/');
    await terminal.until((text) => text.includes('Cannot use this name: a slash is not allowed.'));
    terminal.type('\x7f');
    await terminal.until((text) => !text.includes('Cannot use this name'));
  });

  it('takes a pasted name, without what is no text in it', async () => {
    const { terminal } = openTestList({ terminal: alone() });
    terminal.type('n\x1b[200~日本\r\n語\x1b[201~');
    await terminal.until(() => terminal.selectedRow() === '> Name       日本語');
    expect(terminal.emulator.modes.bracketedPasteMode).toBe(true);
  });
});

describe('renaming', () => {
  it('happens in the row, with the old name to start from', async () => {
    const { terminal, asked, tell } = openTestList({ terminal: alone() });
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
    const { terminal, asked, answer, tell } = openTestList();
    terminal.type('x');
    await terminal.until((text) => text.includes('Kill "api"?') && text.includes('y yes   n no'));
    terminal.type('zn');
    await terminal.until((text) => !text.includes('Kill "api"?'));
    terminal.type('xy');
    await terminal.until((text) => text.includes('Ending "api"...'));
    expect(asked).toEqual(['kill id-api']);
    tell(oneOfEach.slice(1));
    answer({ kind: 'done', ids: ['id-api'] });
    await terminal.until((text) => !text.includes('api') && terminal.selectedRow().includes('web'));
  });
});

describe('the mouse', () => {
  const at = (code: number, col: number, row: number) => `\x1b[<${code};${col + 1};${row + 1}M`;

  it('is asked for and given back, unless it is not wanted', async () => {
    const { terminal, end } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.emulator.modes.mouseTrackingMode).toBe('any');
    await end();
    expect(terminal.emulator.modes.mouseTrackingMode).toBe('none');
    const without = openTestList({ preferences: { hasMouse: false } });
    await without.terminal.until((text) => text.includes('hung'));
    expect(without.terminal.emulator.modes.mouseTrackingMode).toBe('none');
    expect(without.terminal.text()).not.toContain('New session');
  });

  it('selects, and attaches by a double click', async () => {
    const { terminal, ended } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    terminal.type(at(0, 10, 5));
    await terminal.until(() => terminal.selectedRow().includes('日本語'));
    const released = at(0, 10, 5).replace('M', 'm');
    terminal.type(`${released}${at(0, 10, 5)}${released}`);
    expect(await ended).toEqual({ kind: 'attach', id: 'id-日本語' });
  });

  it('shows the close mark of the row below, and asks when that is clicked', async () => {
    const { terminal } = openTestList({ terminal: alone() });
    await terminal.until((text) => text.includes('hung'));
    terminal.type(at(35, 10, 4));
    await terminal.until(() => / ×$/.test(terminal.screen()[4] ?? ''));
    terminal.type(at(0, 77, 4));
    await terminal.until((text) => text.includes('Kill "web"?'));
  });

  it('scrolls by its wheel, and opens the form by the words at the top', async () => {
    const { terminal } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    terminal.type(at(65, 10, 4));
    await terminal.until(() => terminal.selectedRow().includes('nightly'));
    terminal.type(at(0, 70, 0));
    await terminal.until((text) => text.includes('> Name       brisk-otter'));
  });
});

describe('what happens by itself', () => {
  it('sessions come, change and go', async () => {
    const { terminal, tell } = openTestList({ terminal: alone() });
    await terminal.until((text) => text.includes('6 sessions'));
    tell([sampleSession('newest', { lastUsedAt: testNow })]);
    await terminal.until((text) => text.includes('1 session ') && terminal.selectedRow().includes('newest'));
  });

  it('ages grow', async () => {
    const { terminal, clock } = openTestList({ sessions: [sampleSession('a')] });
    await terminal.until(() => terminal.selectedRow().includes('3s'));
    clock.pass(1_000);
    await terminal.until(() => terminal.selectedRow().includes('4s'));
    clock.pass(60_000);
    await terminal.until(() => terminal.selectedRow().includes('1m'));
  });

  it('what became of an attach shows until a key is pressed, however late', async () => {
    const { terminal, clock } = openTestList({ notice: '"web" was taken over.', sessions: [sampleSession('a')] });
    await terminal.until((text) => text.includes('taken over') && text.includes('3s'));
    clock.pass(3_600_000);
    await terminal.until((text) => text.includes('taken over') && text.includes('1h'));
    terminal.type('j');
    await terminal.until((text) => !text.includes('taken over'));
  });

  it('the end of the input ends the run', async () => {
    const { terminal, ended } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    terminal.stdin.end();
    expect(await ended).toEqual({ kind: 'quit' });
  });

  it('many changes in a moment are drawn together, the last one for sure', async () => {
    const { terminal, tell } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    for (let count = 1; count <= 50; count++) tell(manySessions(count));
    await terminal.until((text) => text.includes('50 sessions'));
    expect(terminal.raw().match(/\x1b\[\?2026h/g)?.length).toBeLessThan(10);
  });

  it('a change in one row rewrites that row alone', async () => {
    const { terminal, tell } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    tell(oneOfEach.map((session) => (session.name === 'old' ? { ...session, program: 'htop' } : session)));
    await terminal.until((text) => text.includes('htop'));
    expect(terminal.raw()).not.toMatch(/\x1b\[[0-3]?J|api|web|nightly|hung|stay/);
    expect(terminal.raw()).toMatch(/^\x1b\[\?2026h/);
  });

  it('nothing is written when nothing that shows has changed', async () => {
    const { terminal, tell } = openTestList({ terminal: alone() });
    await terminal.until((text) => text.includes('hung'));
    terminal.forgetRaw();
    tell(oneOfEach.map((session) => ({ ...session, title: 'another' })));
    tell(oneOfEach);
    terminal.type('j');
    await terminal.until(() => terminal.selectedRow().includes('web'));
    expect(terminal.raw().match(/\x1b\[\?2026h/g)).toHaveLength(1);
  });

  it('the background of the terminal is asked for once, told on, and obeyed', async () => {
    const { terminal, told } = openTestList({ preferences: { background: null } });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.raw().match(/\x1b\]11;\?/g)).toHaveLength(1);
    const colour = () => terminal.emulator.buffer.active.getLine(0)?.getCell(2)?.getFgColor();
    const before = colour();
    terminal.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62c');
    await expect.poll(() => told).toEqual(['light', 'answered']);
    await terminal.until(() => colour() !== before);
  });

  it('the background is not asked for when it is known, or there is no colour', async () => {
    for (const preferences of [{ background: 'dark' }, { background: null, hasColor: false }] as const) {
      const { terminal } = openTestList({ preferences });
      await terminal.until((text) => text.includes('hung'));
      expect(terminal.raw()).not.toContain('\x1b]11;?');
    }
  });
});

describe('the end', () => {
  it('leaves the terminal as it was', async () => {
    const terminal = createFakeTerminal();
    terminal.stdout.write('$ stay\n');
    const before = await terminal.until((text) => text.startsWith('$ stay'));
    const { ended } = openTestList({ terminal });
    await terminal.until((text) => text.includes('hung'));
    expect(terminal.emulator.buffer.active.type).toBe('alternate');
    terminal.type('nname');
    await terminal.until(() => terminal.isCursorVisible());
    terminal.type('\x03q');
    await ended;
    await terminal.until((text) => text === before);
    expect(terminal.emulator.buffer.active).toMatchObject({ type: 'normal', cursorX: 0, cursorY: 1 });
    expect(terminal.isCursorVisible()).toBe(true);
    expect(terminal.emulator.modes).toMatchObject({ bracketedPasteMode: false, mouseTrackingMode: 'none' });
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
      const { ended } = openTestList({ terminal });
      expect(await ended).toEqual({ kind: 'attach', id: 'id-web' });
      received += await readUntilDetachKey(terminal);
    }
    expect(received).toBe(expected);
    expect(unread(terminal)).toBe('');
  });

  it('with input that comes byte by byte, in the middle of everything', async () => {
    const { terminal, ended } = openTestList();
    await terminal.until((text) => text.includes('hung'));
    for (const byte of '\x1b[B\r\x1b[A日') terminal.type(byte);
    expect(await ended).toEqual({ kind: 'attach', id: 'id-web' });
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
