// A holder that shows something else for a while, and a holder that is sent elsewhere.

import { describe, expect, it } from 'vitest';
import type { Holder } from '../../src/session/holder.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { sampleHolder } from '../support/samples.ts';
import { screenOf } from '../support/screen-of.ts';
import { testSession } from '../support/test-session.ts';

const size = { cols: 20, rows: 5 };

interface SeenHolder extends Holder {
  readonly events: string[];
  readonly outputs: Uint8Array[];
}

/** A client that shows everything but while it is covered. */
function newHolder(replayLines = 100): SeenHolder {
  const [events, outputs]: [string[], Uint8Array[]] = [[], []];
  let isCovered = false;
  return {
    events,
    outputs,
    status: sampleHolder(),
    replayLines,
    look: { kind: 'plain' },
    pieceBytes: Number.POSITIVE_INFINITY,
    output(bytes) {
      if (isCovered) return 'dropped';
      outputs.push(bytes);
      return 'sent';
    },
    restoration: () => {},
    taken: () => {},
    typed: () => {},
    cover({ isAnswerDue }) {
      isCovered = true;
      events.push(`covered${isAnswerDue ? ', an answer is due' : ''}`);
    },
    uncover({ paint }) {
      isCovered = false;
      events.push('uncovered');
      outputs.push(paint);
    },
    leave: ({ reason }) => void events.push(reason),
  };
}

describe('a covered holder', () => {
  it('is shown nothing, and then the present screen below what scrolled away', () => {
    const { session, print } = testSession();
    const holder = newHolder();
    session.attach(holder, size);
    print('one\r\n');
    session.cover(holder);
    const count = holder.outputs.length;
    for (let line = 2; line <= 8; line++) print(`line ${line}\r\n`);
    expect(holder.outputs).toHaveLength(count);
    session.uncover(holder);
    expect(screenOf(holder.outputs, { ...size, historyLines: 4 })).toEqual([
      'one',
      ...[2, 3, 4, 5, 6, 7, 8].map((line) => `line ${line}`),
    ]);
    expect(session.holder).toBe(holder);
  });

  it('is shown no more of what scrolled away than it wants', () => {
    const { session, print } = testSession();
    const holder = newHolder(2);
    session.attach(holder, size);
    session.cover(holder);
    for (let line = 1; line <= 20; line++) print(`line ${line}\r\n`);
    session.uncover(holder);
    expect(screenOf(holder.outputs, { ...size, historyLines: 100 }).slice(-6)).toEqual(
      [15, 16, 17, 18, 19, 20].map((line) => `line ${line}`),
    );
    expect(screenOf(holder.outputs, { ...size, historyLines: 100 })).not.toContain('line 14');
  });

  it('leaves the questions of the program to us, also one that it has not answered yet', () => {
    const { session, pty, print } = testSession();
    const holder = newHolder();
    session.attach(holder, size);
    print('\x1b[6n');
    expect(pty.typed).toBe('');
    session.cover(holder);
    expect(pty.typed).toBe('\x1b[1;1R');
    expect(holder.events).toEqual(['covered, an answer is due']);
    print('\x1b[5n');
    expect(pty.typed).toBe('\x1b[1;1R\x1b[0n');
  });

  it('gives the session its new size all the same, and nothing is scrolled twice for that', () => {
    const { session, pty, print } = testSession();
    const holder = newHolder();
    session.attach(holder, size);
    print('1\r\n2\r\n3\r\n4\r\n5');
    session.cover(holder);
    print('\r\n6');
    session.resize(holder, { cols: 20, rows: 3 });
    expect(pty.sizes.at(-1)).toEqual({ cols: 20, rows: 3 });
    session.uncover(holder);
    // One line was missed; two more the terminal itself scrolled away.
    const painted = screenOf(holder.outputs.slice(-1), { cols: 20, rows: 3, historyLines: 50 });
    expect(painted).toEqual(['3', '4', '5', '6']);
  });

  it('is shown the last screen before it leaves', () => {
    const { session, print } = testSession();
    const holder = newHolder();
    session.attach(holder, size);
    session.cover(holder);
    print('last words');
    session.release({ reason: 'killed' });
    expect(holder.events).toEqual(['covered', 'uncovered', 'killed']);
    expect(textOf(holder.outputs.at(-1)!)).toContain('last words');
  });

  it('is covered and uncovered once, and by itself alone', () => {
    const { session } = testSession();
    const [holder, stranger] = [newHolder(), newHolder()];
    session.attach(holder, size);
    session.uncover(holder);
    session.cover(stranger);
    session.cover(holder);
    session.cover(holder);
    session.uncover(stranger);
    session.uncover(holder);
    expect([holder.events, stranger.events]).toEqual([['covered', 'uncovered'], []]);
  });
});

describe('a line', () => {
  const line = { kind: 'line', time: '12:34', keys: 'f8 next' } as const;

  function held() {
    const test = testSession();
    const holder = newHolder();
    holder.look = line;
    test.session.attach(holder, { ...size, rows: 6, pixelWidth: 200, pixelHeight: 120 });
    return { ...test, holder };
  }

  it('costs the session one row, and the pixels of that', () => {
    const { session, pty } = held();
    expect(session.status()).toMatchObject({ cols: 20, rows: 5 });
    expect(pty.sizes.at(-1)).toEqual({ cols: 20, rows: 5, pixelWidth: 200, pixelHeight: 100 });
  });

  it('says what it is told, and the name', () => {
    const { session, holder } = held();
    const shownLine = () => screenOf(holder.outputs, { cols: 20, rows: 6 }).at(-1);
    expect(shownLine()).toBe(' work  12:34  f8 nex');
    session.setLine(holder, { time: '12:35', keys: '' });
    expect(shownLine()).toBe(' work  12:35');
    session.rename('play');
    expect(shownLine()).toBe(' play  12:35');
  });

  it.each([
    ['the position', '\x1b[6n', '\x1b[6;1R', '\x1b[1;1R'],
    ['the size in cells', '\x1b[18t', '\x1b[8;6;20t', '\x1b[8;5;20t'],
    ['the size in pixels', '\x1b[14t', '\x1b[4;120;200t', '\x1b[4;100;200t'],
    ['attributes', '\x1b[c', '\x1b[?64;1c', '\x1b[?64;1c'],
  ])('keeps %s that the terminal tells to the rows of the session', (_, question, answer, told) => {
    const { session, pty, holder, print } = held();
    print(question);
    session.input(holder, bytesOf(`a${answer}b`));
    expect(pty.typed).toBe(`a${told}b`);
  });

  it.each([
    ['a click on it', '\x1b[<0;3;6M', ''],
    ['the release after that', '\x1b[<0;3;6m', '\x1b[<0;3;5m'],
    ['a motion over it', '\x1b[<35;3;6M', '\x1b[<35;3;5M'],
    ['a wheel over it', '\x1b[<64;3;6M', ''],
    ['a click above it', '\x1b[<0;3;5M', '\x1b[<0;3;5M'],
    ['an old click on it', '\x1b[M !&', ''],
    ['a new size', '\x1b[48;6;20;120;200t', '\x1b[48;5;20;100;200t'],
  ])('keeps %s from the program', (_, input, told) => {
    const { session, pty, holder } = held();
    session.input(holder, bytesOf(`a${input}b`));
    expect(pty.typed).toBe(`a${told}b`);
  });

  it('goes with its holder', () => {
    const { session, pty } = held();
    session.release({ reason: 'released' });
    const next = newHolder();
    session.attach(next, { ...size, rows: 6 });
    expect(pty.sizes.at(-1)).toMatchObject({ rows: 6 });
    session.input(next, bytesOf('\x1b[<0;3;6M'));
    expect(pty.typed).toBe('\x1b[<0;3;6M');
  });
});
