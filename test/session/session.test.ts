import { describe, expect, it } from 'vitest';
import { answerDueMs, littleOutput, maxCells } from '../../src/base/limits.ts';
import type { Holder } from '../../src/session/holder.ts';
import type { Delivery } from '../../src/session/output-queue.ts';
import type { Persistence } from '../../src/session/recorder.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { fakePty } from '../support/fake-pty.ts';
import { sampleHolder } from '../support/samples.ts';
import { screenOf } from '../support/screen-of.ts';
import { testSession } from '../support/test-session.ts';

const size = { cols: 20, rows: 5 };

interface FakeHolder extends Holder {
  outputs: Uint8Array[];
  restorations: string[];
  delivery: Delivery;
  /** Whether it was told, when it left, that its terminal may still answer. */
  isAnswerDue: boolean | null;
  readonly isGone: boolean;
}

/** A client that holds; what happens to it is added to `events`. */
function fakeHolder(tty: string, events: string[] = []): FakeHolder {
  let isGone = false;
  const holder: FakeHolder = {
    status: sampleHolder({ tty }),
    replayLines: 100,
    look: { kind: 'plain' },
    pieceBytes: Number.POSITIVE_INFINITY,
    outputs: [],
    restorations: [],
    delivery: 'sent',
    isAnswerDue: null,
    get isGone() {
      return isGone;
    },
    output(bytes) {
      events.push(`${tty} output`);
      holder.outputs.push(bytes);
      return holder.delivery;
    },
    restoration: (bytes) => void holder.restorations.push(textOf(bytes)),
    taken: () => {},
    typed: () => {},
    cover: ({ isAnswerDue }) => void events.push(`${tty} covered${isAnswerDue ? ', an answer is due' : ''}`),
    uncover({ paint, restoration }) {
      events.push(`${tty} uncovered`);
      holder.restorations.push(textOf(restoration));
      holder.outputs.push(paint);
    },
    leave(left, { endRow, isAnswerDue }) {
      isGone = true;
      holder.isAnswerDue = isAnswerDue;
      const by = left.reason === 'takenOver' ? ` by ${left.by.tty}` : '';
      events.push(`${tty} left at ${endRow}: ${left.reason}${by}`);
    },
  };
  return holder;
}

describe('attaching', () => {
  it('paints the screen and the history as they are', () => {
    const { session, print } = testSession();
    print('one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven');
    const holder = fakeHolder('a');
    session.attach(holder, size);
    expect(screenOf(holder.outputs, { ...size, historyLines: 2 })).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
    ]);
  });

  it('tells the one before who takes over, before the new one is shown anything', () => {
    const { session, print } = testSession();
    const events: string[] = [];
    session.attach(fakeHolder('a', events), size);
    print('hello');
    session.attach(fakeHolder('b', events), size);
    expect(events).toEqual(['a output', 'a output', 'a left at 1: takenOver by b', 'b output']);
  });

  it('leaves exactly one holder of many who fight for it', () => {
    const { session, print } = testSession();
    const holders = Array.from({ length: 10 }, (_, index) => fakeHolder(`t${index}`));
    for (const [index, holder] of holders.entries()) {
      session.attach(holder, size);
      print(`line ${index}\r\n`);
    }
    expect(holders.filter(({ isGone }) => !isGone)).toEqual([holders.at(-1)]);
    expect(session.holder).toBe(holders.at(-1));
    expect(session.status().attached?.tty).toBe('t9');
  });

  it('goes on with the output right behind the paint: nothing twice, nothing left out', () => {
    const { session, print } = testSession();
    print('before ');
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print('after');
    expect(screenOf(holder.outputs, size)).toEqual(['before after']);
    expect(textOf(...holder.outputs.slice(1))).toBe('after');
  });

  it('in the middle of a character or a sequence goes on in the middle', () => {
    const { session } = testSession();
    const [first, second] = [Uint8Array.of(0xe2, 0x82), Uint8Array.of(0xac, 0x1b)];
    session.onOutput(first);
    const early = fakeHolder('a');
    session.attach(early, size);
    session.onOutput(second);
    const late = fakeHolder('b');
    session.attach(late, size);
    for (const holder of [early, late]) expect(screenOf([...holder.outputs, bytesOf('[1mx')], size)).toEqual(['€x']);
  });

  it('gives emulator and program the size of the new terminal, before the paint', () => {
    const { session, pty, print } = testSession();
    print('a line longer than this one may be\r\n');
    const events: string[] = [];
    const holder = fakeHolder('a', events);
    const resize = pty.resize;
    pty.resize = (asked) => {
      events.push('resize');
      resize(asked);
    };
    session.attach(holder, { cols: 40, rows: 10 });
    expect(events).toEqual(['resize', 'a output']);
    expect(pty.sizes).toEqual([{ cols: 40, rows: 10 }]);
    expect(screenOf(holder.outputs, { cols: 40, rows: 10 })).toEqual(['a line longer than this one may be']);
    expect(session.status()).toMatchObject({ cols: 40, rows: 10 });
  });

  it('of a terminal of the same size does not disturb the program', () => {
    const { session, pty } = testSession();
    session.attach(fakeHolder('a'), size);
    expect(pty.sizes).toEqual([]);
  });

  it.each([
    [
      { cols: 0, rows: 0 },
      { cols: 1, rows: 1 },
    ],
    [
      { cols: -5, rows: Number.NaN },
      { cols: 1, rows: 1 },
    ],
    [
      { cols: 1e9, rows: 7.9 },
      { cols: maxCells, rows: 7 },
    ],
    [
      { cols: 1, rows: 1, pixelWidth: 1e9, pixelHeight: -1 },
      { cols: 1, rows: 1, pixelWidth: 65_535, pixelHeight: 0 },
    ],
  ])('of a terminal of an impossible size %j takes a possible one', (asked, taken) => {
    const { session, pty, print } = testSession();
    print('some words');
    session.attach(fakeHolder('a'), asked);
    print('more words');
    expect(pty.sizes).toEqual([taken]);
  });

  it('says how to undo what the program did, and again whenever that changes', () => {
    const { session, print } = testSession();
    print('\x1b[?1049h');
    const holder = fakeHolder('a');
    session.attach(holder, size);
    expect(holder.restorations.at(-1)).toContain('\x1b[?1049l');
    const count = holder.restorations.length;
    print('plain words');
    expect(holder.restorations).toHaveLength(count);
    print('\x1b[?2004h');
    expect(holder.restorations.at(-1)).toContain('\x1b[?2004l');
    print('\x1b[?1049l');
    expect(holder.restorations.at(-1)).not.toContain('\x1b[?1049l');
  });

  it('says how to undo things to the next holder too', () => {
    const { session, print } = testSession();
    session.attach(fakeHolder('a'), size);
    print('\x1b[?1000h');
    const next = fakeHolder('b');
    session.attach(next, size);
    expect(next.restorations.at(-1)).toContain('\x1b[?1000l');
  });

  it('is told, so that a waiting program may start', () => {
    const test = testSession({ isStarted: false });
    test.session.attach(fakeHolder('a'), size);
    expect(test.holds).toBe(1);
  });
});

describe('leaving', () => {
  it('ends the hold; the program goes on with its screen known', () => {
    const { session, print } = testSession();
    const events: string[] = [];
    const holder = fakeHolder('a', events);
    session.attach(holder, size);
    session.detach(holder, { reason: 'detached' });
    expect(session.holder).toBeNull();
    expect(events.at(-1)).toBe('a left at 1: detached');
    print('unseen');
    expect(holder.outputs).toHaveLength(1);
    const next = fakeHolder('b');
    session.attach(next, size);
    expect(screenOf(next.outputs, size)).toEqual(['unseen']);
  });

  it('of one who holds it no more changes nothing', () => {
    const { session } = testSession();
    const [old, present] = [fakeHolder('a'), fakeHolder('b')];
    session.attach(old, size);
    session.attach(present, size);
    session.detach(old, { reason: 'detached' });
    expect(session.holder).toBe(present);
    expect(present.isGone).toBe(false);
  });

  it('can be ordered from outside, and says whether there was anybody', () => {
    const { session } = testSession();
    const events: string[] = [];
    session.attach(fakeHolder('a', events), size);
    expect(session.release({ reason: 'released' })).toBe(true);
    expect(session.release({ reason: 'released' })).toBe(false);
    expect(events.at(-1)).toBe('a left at 1: released');
  });

  it('tells the row below which the terminal is free', () => {
    const { session, print } = testSession();
    const events: string[] = [];
    session.attach(fakeHolder('a', events), size);
    print('one\r\ntwo\r\nthree');
    session.release({ reason: 'released' });
    expect(events.at(-1)).toBe('a left at 3: released');
  });
});

describe('output that the holder was sent', () => {
  function recordedSession() {
    const recorded: string[] = [];
    const recorder = {
      output: (bytes: Uint8Array) => void recorded.push(textOf(bytes)),
      resize: () => {},
      persistence: { isPersisting: true } as const,
    };
    const test = testSession({ recorder });
    const holder = fakeHolder('a');
    test.session.attach(holder, size);
    test.changes.length = 0;
    return { ...test, holder, recorded };
  }

  it('is read a moment later, all of it in order', () => {
    const { session, clock, print, holder, recorded, changes } = recordedSession();
    print('one ');
    print('\x1b[1mtwo');
    expect(holder.outputs.slice(-2).map((bytes) => textOf(bytes))).toEqual(['one ', '\x1b[1mtwo']);
    expect([recorded, changes, session.record.lastOutputAt]).toEqual([[], [], null]);
    clock.advance(littleOutput.unreadMs);
    expect(recorded).toEqual(['one ', '\x1b[1mtwo']);
    expect(changes).toEqual(['passing', 'passing']);
    expect(session.record.lastOutputAt).toBe(clock.now());
    expect(clock.pending).toBe(0);
  });

  it('is seen when the holder leaves, also what was not read yet', () => {
    const { session, clock, print, holder } = recordedSession();
    print('seen\x07');
    // Time goes by while it is read.
    let now = clock.now();
    clock.now = () => ++now;
    session.detach(holder, { reason: 'detached' });
    const { seenAt, lastOutputAt } = session.record;
    const { bellAt } = session.status().activity!;
    for (const at of [lastOutputAt, bellAt]) expect(seenAt).toBeGreaterThanOrEqual(at!);
  });

  it('is read at once where it does more than draw, and so what would undo it is on its way', () => {
    const { print, holder, recorded } = recordedSession();
    print('words');
    print('\x1b[?2004h');
    expect(recorded).toEqual(['words', '\x1b[?2004h']);
    expect(holder.restorations.at(-1)).toContain('\x1b[?2004l');
  });

  it('sets one timer, however many pieces come before it', () => {
    const { clock, print, recorded } = recordedSession();
    for (const word of ['one', 'two', 'three']) print(word);
    expect(clock.pending).toBe(1);
    clock.advance(littleOutput.unreadMs);
    expect(recorded).toEqual(['one', 'two', 'three']);
  });

  it('is read at once where it is much, and where it is little but together much', () => {
    const { print, recorded } = recordedSession();
    print('x'.repeat(littleOutput.bytes));
    expect(recorded).toEqual([]);
    print('y');
    expect(recorded).toHaveLength(2);
    print('first');
    print('z'.repeat(littleOutput.bytes + 1));
    expect(recorded[2]).toBe('first');
    expect(recorded).toHaveLength(4);
  });

  it('is read before what the holder was not sent at once', () => {
    const { print, holder, recorded } = recordedSession();
    print('sent');
    holder.delivery = 'queued';
    print('queued');
    expect(recorded).toEqual(['sent', 'queued']);
  });

  it.each<[string, (test: ReturnType<typeof recordedSession>) => void]>([
    [
      'peeks',
      ({ session }) => expect(session.peek({ historyLines: 0, isAnsi: false }).lines.join('')).toContain('words'),
    ],
    ['previews', ({ session }) => expect(JSON.stringify(session.preview(size))).toContain('words')],
    ['asks for the status', ({ session }) => void session.status()],
    ['resizes', ({ session, holder }) => session.resize(holder, { cols: 30, rows: 5 })],
    ['takes over', ({ session }) => session.attach(fakeHolder('b'), size)],
    ['detaches', ({ session, holder }) => session.detach(holder, { reason: 'detached' })],
    ['shows something else', ({ session, holder }) => session.cover(holder)],
    ['renames', ({ session }) => session.rename('other')],
    ['sees the program end', ({ session }) => session.onExit({ exitCode: 0, signal: null })],
    ['saves the last screen', ({ session }) => session.settle()],
  ])('is known to whoever %s before that', (_, act) => {
    const test = recordedSession();
    test.print('words');
    act(test);
    expect(test.recorded).toEqual(['words']);
  });
});

describe('what is typed', () => {
  it('reaches the program from the holder alone', () => {
    const { session, pty } = testSession();
    const [old, present] = [fakeHolder('a'), fakeHolder('b')];
    session.attach(old, size);
    session.input(old, bytesOf('one '));
    session.attach(present, size);
    session.input(old, bytesOf('stray '));
    session.input(present, bytesOf('two'));
    expect(pty.typed).toBe('one two');
  });

  it('before the program is there waits for it, in order', () => {
    const { session } = testSession({ isStarted: false });
    const holder = fakeHolder('a');
    session.attach(holder, { cols: 40, rows: 10 });
    session.input(holder, bytesOf('ls'));
    session.input(holder, bytesOf('\r'));
    const pty = fakePty();
    session.run(pty, size);
    expect(pty.typed).toBe('ls\r');
    expect(pty.sizes).toEqual([{ cols: 40, rows: 10 }]);
  });
});

describe('resizing', () => {
  it('tells the program and repaints the screen', () => {
    const { session, pty, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print('hello');
    session.resize(holder, { cols: 10, rows: 3 });
    expect(pty.sizes).toEqual([{ cols: 10, rows: 3 }]);
    expect(screenOf(holder.outputs.slice(-1), { cols: 10, rows: 3 })).toEqual(['hello']);
  });

  it('by one who does not hold it, or to the size it has, does nothing', () => {
    const { session, pty } = testSession();
    const [old, present] = [fakeHolder('a'), fakeHolder('b')];
    session.attach(old, size);
    session.attach(present, size);
    session.resize(old, { cols: 10, rows: 3 });
    session.resize(present, { ...size });
    expect(pty.sizes).toEqual([]);
    expect(present.outputs).toHaveLength(1);
  });

  it('in pixels alone reaches the program without a repaint', () => {
    const { session, pty } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    session.resize(holder, { ...size, pixelWidth: 160, pixelHeight: 80 });
    expect(pty.sizes).toEqual([{ ...size, pixelWidth: 160, pixelHeight: 80 }]);
    expect(holder.outputs).toHaveLength(1);
  });
});

describe('a question of the program', () => {
  const question = '\x1b[6n';
  const answer = '\x1b[1;1R';

  it('is answered by the emulator while nobody is attached', () => {
    const { pty, print } = testSession();
    print(question);
    expect(pty.typed).toBe(answer);
  });

  it('is left to the terminal of the holder who sees it', () => {
    const { session, pty, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print(question);
    expect(pty.typed).toBe('');
    expect(textOf(...holder.outputs)).toContain(question);
  });

  it('that the holder will not see is answered by the emulator', () => {
    const { session, pty, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    holder.delivery = 'dropped';
    print(question);
    expect(pty.typed).toBe(answer);
  });

  it('that waits for a slow holder is answered once it is dropped, and not when it is seen', () => {
    const { session, pty, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    holder.delivery = 'queued';
    print(question);
    expect(pty.typed).toBe('');
    session.holderWasSent();
    session.holderMissed();
    expect(pty.typed).toBe('');
    print(question);
    session.holderMissed();
    session.holderMissed();
    expect(pty.typed).toBe(answer);
  });

  it.each([
    [0, true],
    [answerDueMs - 1, true],
    [answerDueMs, false],
  ])('put to the holder %i ms before it leaves is then answered by us: %s; its terminal may still', (ms, isOurs) => {
    const { session, clock, print, pty } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print(question);
    clock.advance(ms);
    session.release({ reason: 'released' });
    expect(holder.isAnswerDue).toBe(true);
    expect(pty.typed).toBe(isOurs ? answer : '');
  });

  it('that the terminal of the holder has answered leaves no answer due', () => {
    const { session, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print(question);
    session.input(holder, bytesOf(answer));
    session.release({ reason: 'released' });
    expect(holder.isAnswerDue).toBe(false);
  });

  it('put to nobody leaves no answer due', () => {
    const { session, print } = testSession();
    print(question);
    const holder = fakeHolder('a');
    session.attach(holder, size);
    session.release({ reason: 'released' });
    expect(holder.isAnswerDue).toBe(false);
  });

  it('from before is not asked again of who attaches now', () => {
    const { session, print } = testSession();
    print(`${question}\x1b[c\x1b[>q\x1b[?u\x1b]11;?\x07`);
    const holder = fakeHolder('a');
    session.attach(holder, size);
    expect(textOf(...holder.outputs)).not.toMatch(/\x1b\[(6n|c|>q|\?u)|\x1b\]11;\?/);
  });

  it('is answered after the holder left', () => {
    const { session, pty, print } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    print('x');
    session.detach(holder, { reason: 'detached' });
    print('\r\x1b[6n');
    expect(pty.typed).toBe(answer);
  });
});

describe('the end of the program', () => {
  it('is told to the holder, with its status, and is kept', () => {
    const { session, clock, print } = testSession();
    const events: string[] = [];
    session.attach(fakeHolder('a', events), size);
    print('bye');
    session.onExit({ exitCode: 3, signal: null });
    expect(session.holder).not.toBeNull();
    session.endHold();
    expect(events.at(-1)).toBe('a left at 1: exited');
    expect(session.holder).toBeNull();
    expect(session.record.exit).toEqual({ exitCode: 3, signal: null, at: clock.now() });
    expect(session.status()).toMatchObject({ state: 'exited', exitCode: 3, pid: null, program: 'bash' });
  });

  it('while nobody is attached lets the next one see the last screen and go', () => {
    const { session, print } = testSession();
    print('last words');
    session.onExit({ exitCode: null, signal: 'SIGKILL' });
    session.endHold();
    const events: string[] = [];
    const holder = fakeHolder('a', events);
    session.attach(holder, size);
    expect(screenOf(holder.outputs, size)).toEqual(['last words']);
    expect(events).toEqual(['a output', 'a left at 1: exited']);
  });

  it('does not end the hold of a session that runs', () => {
    const { session } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    session.endHold();
    expect(session.holder).toBe(holder);
  });

  it('lets nothing more be typed or resized into a program that is gone', () => {
    const { session, pty } = testSession();
    const holder = fakeHolder('a');
    session.attach(holder, size);
    session.onExit({ exitCode: 0, signal: null });
    session.input(holder, bytesOf('x'));
    session.resize(holder, { cols: 10, rows: 3 });
    session.terminal.close();
    expect(pty).toMatchObject({ typed: '', sizes: [], isClosed: false });
  });
});

describe('the status', () => {
  it('tells since when, and why, nothing is saved', () => {
    const recorder = { output: () => {}, resize: () => {}, persistence: { isPersisting: true } as Persistence };
    const { session } = testSession({ recorder });
    expect(session.status().notSaved).toBeNull();
    recorder.persistence = { isPersisting: false, since: 7, why: 'the disk is full' };
    expect(session.status().notSaved).toEqual({ since: 7, why: 'the disk is full' });
  });

  it('tells of nothing that is not saved where nothing is meant to be', () => {
    expect(testSession().session.status().notSaved).toBeNull();
  });

  it('tells what runs, where, and who holds it', () => {
    const { session, print } = testSession();
    session.attach(fakeHolder('/dev/pts/7'), size);
    print('\x1b]2;my title\x07');
    expect(session.status()).toMatchObject({
      state: 'running',
      program: 'vim',
      cwd: '/home/me/live',
      title: 'my title',
      pid: 4711,
      attached: { tty: '/dev/pts/7' },
    });
    expect(session.record).toMatchObject({ title: 'my title', lastCwd: '/home/me/live' });
  });

  it('believes the directory that the program told', () => {
    const { session, print } = testSession();
    print('\x1b]7;file://host/home/me/a%20b\x07');
    expect(session.status().cwd).toBe('/home/me/a b');
  });

  it('dates the last output and the last use', () => {
    const { session, clock, print } = testSession();
    clock.advance(1_000);
    print('x');
    const outputAt = clock.now();
    clock.advance(1_000);
    session.attach(fakeHolder('a'), size);
    expect(session.status()).toMatchObject({ lastOutputAt: outputAt, lastUsedAt: clock.now() });
  });

  it('is written down when somebody comes or goes or it gets a name, and not for output', () => {
    const { session, changes, print } = testSession();
    print('x');
    expect(changes).toEqual(['passing']);
    session.attach(fakeHolder('a'), size);
    session.release({ reason: 'released' });
    session.rename('play');
    expect(changes).toEqual(['passing', 'lasting', 'lasting', 'lasting']);
    expect(session.status().name).toBe('play');
  });
});

it('shows a peek of the screen without attaching anybody', () => {
  const { session, print } = testSession();
  const holder = fakeHolder('a');
  session.attach(holder, size);
  print('one\r\n\x1b[31mtwo');
  expect(session.peek({ historyLines: 0, isAnsi: false })).toMatchObject({
    lines: ['one', 'two', '', '', ''],
    facts: { cols: 20, rows: 5, historyLines: 0, cursor: { col: 3, row: 1 } },
  });
  expect(session.holder).toBe(holder);
});
