import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { maxNotificationLength } from '../../src/base/limits.ts';
import type { ActivityNews } from '../../src/emulator/activity-tracker.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { bytesOf, newEmulator } from './new-emulator.ts';

const emulators: Emulator[] = [];

afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.dispose();
});

function open(): Emulator {
  const emulator = newEmulator();
  emulators.push(emulator);
  return emulator;
}

/** What is told after `text`. */
function newsOf(text: string): ActivityNews | null {
  const emulator = open();
  emulator.feed(bytesOf(text));
  return emulator.takeNews();
}

const osc = (text: string) => `\x1b]${text}\x1b\\`;
const notificationOf = (...sequences: string[]) => newsOf(sequences.map(osc).join(''))?.notification ?? null;
const progressOf = (...sequences: string[]) => newsOf(sequences.map((one) => osc(`9;4;${one}`)).join(''))?.progress;
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

describe('a bell', () => {
  it('is told once, however often it rang, and then no more', () => {
    const emulator = open();
    emulator.feed(bytesOf('one\x07two\x07\x07'));
    expect(emulator.takeNews()).toEqual({ hasRung: true, notification: null, progress: undefined, command: null });
    expect(emulator.takeNews()).toBeNull();
    emulator.feed(bytesOf('\x07'));
    expect(emulator.takeNews()?.hasRung).toBe(true);
  });

  it('is not what ends a string', () => {
    expect(newsOf('\x1b]2;a title\x07')).toBeNull();
    expect(newsOf('\x1b]9;done\x07')).toMatchObject({ hasRung: false, notification: { text: 'done' } });
  });
});

describe('a notification', () => {
  it.each<[string, string, string]>([
    ['9;Build done', '', 'Build done'],
    ['9;12 tests; 3 failed', '', '12 tests; 3 failed'],
    ['9;2x', '', '2x'],
    ['777;notify;Build;3 errors; 2 warnings', 'Build', '3 errors; 2 warnings'],
    ['777;notify;Build', 'Build', ''],
    ['99;;Hello', 'Hello', ''],
    ['99;i=1:p=body;Hello; you', '', 'Hello; you'],
    [`99;e=1;${base64('Grüße')}`, 'Grüße', ''],
    ['99;p=title:unknown=1:x:=:a=focus;Hello', 'Hello', ''],
    ['9;👩‍💻 日本 é', '', '👩‍💻 日本 é'],
  ])('is told by OSC %s', (sequence, title, text) => {
    expect(notificationOf(sequence)).toEqual({ title, text });
  });

  it('of kitty may come in pieces, its characters cut anywhere', () => {
    expect(notificationOf('99;i=1:d=0;Hello ', '99;i=1:d=0;world', '99;i=1:p=body;Cool')).toEqual({
      title: 'Hello world',
      text: 'Cool',
    });
    const bytes = Buffer.from('日本語');
    const pieces = [bytes.subarray(0, 4), bytes.subarray(4)].map(base64);
    expect(notificationOf(`99;i=x:d=0:e=1:p=body;${pieces[0]}`, `99;i=x:d=1:e=1:p=body;${pieces[1]}`)).toEqual({
      title: '',
      text: '日本語',
    });
    expect(notificationOf('99;i=1:d=0;Title', '99;i=1:p=icon:e=1;AAAA')).toEqual({ title: 'Title', text: '' });
  });

  it('of kitty that was never finished is dropped for another one', () => {
    expect(notificationOf('99;i=1:d=0;Lost', '99;i=2;Found')).toEqual({ title: 'Found', text: '' });
    expect(notificationOf('99;i=1:d=0;Waiting')).toBeNull();
  });

  it.each([
    ...['9;', '9', '9;\t \x01'],
    ...['9;1;500', '9;2;message', '9;3;title', '9;5', '9;6;macro', '9;9;/tmp', '9;10', '9;11;comment', '9;12', '9;4;9'],
    ...['777', '777;notify', '777;notify;;', '777;precmd;x', '777;other;a;b'],
    ...[
      '99',
      '99;',
      '99;;',
      '99;i=1',
      '99;i=1:p=close;',
      '99;i=1:p=?;',
      '99;p=alive;1',
      '99;e=1;*not base64*',
      '99;p=;x',
    ],
  ])('is not OSC %j', (sequence) => {
    expect(newsOf(osc(sequence))).toBeNull();
  });

  it('is the newest of several', () => {
    expect(notificationOf('9;one', '777;notify;two;2', '99;;three')).toEqual({ title: 'three', text: '' });
  });

  it('has bounded text in one line, without controls and without what turns the text around it', () => {
    expect(notificationOf('9;a\u2028\u2029b\u202ec ')).toEqual({ title: '', text: 'a b c' });
    expect(notificationOf(`99;e=1;${base64('\x1b[31mred\x07\r\n\u0085line')}`)?.title).toBe('[31mred line');
    const long = '👍'.repeat(3_000);
    const told = notificationOf(`777;notify;${long};${long}`)!;
    expect(Array.from(told.title)).toHaveLength(maxNotificationLength.title);
    const text = notificationOf(`9;${long}`)!.text;
    expect(Array.from(text)).toHaveLength(maxNotificationLength.text);
    expect(text.isWellFormed()).toBe(true);
  });

  it('of kitty that never ends fills no memory', () => {
    const emulator = open();
    for (let piece = 0; piece < 2_000; piece++) emulator.feed(bytesOf(osc(`99;i=1:d=0:p=body;${'x'.repeat(4_000)}`)));
    emulator.feed(bytesOf(osc('99;i=1:p=body;end')));
    expect(emulator.takeNews()?.notification?.text).toBe('x'.repeat(maxNotificationLength.text));
  });
});

describe('progress', () => {
  it('is told in its states', () => {
    expect(progressOf('1;42')).toEqual({ state: 'normal', percent: 42 });
    expect(progressOf('2;42')).toEqual({ state: 'error', percent: 42 });
    expect(progressOf('3')).toEqual({ state: 'indeterminate', percent: null });
    expect(progressOf('3;7')).toEqual({ state: 'indeterminate', percent: null });
    expect(progressOf('4;42')).toEqual({ state: 'paused', percent: 42 });
  });

  it('is taken back', () => {
    expect(progressOf('1;42', '0')).toBeNull();
    expect(progressOf('1;42', '0;0')).toBeNull();
  });

  it('stays where it was in an error or a pause that tells no number', () => {
    expect(progressOf('1;42', '2')).toEqual({ state: 'error', percent: 42 });
    expect(progressOf('1;42', '4;')).toEqual({ state: 'paused', percent: 42 });
    expect(progressOf('2')).toEqual({ state: 'error', percent: null });
  });

  it('is within bounds whatever is sent', () => {
    expect(progressOf('1;250')).toEqual({ state: 'normal', percent: 100 });
    expect(progressOf('1;-5')).toEqual({ state: 'normal', percent: 0 });
    expect(progressOf('1')).toEqual({ state: 'normal', percent: 0 });
    for (const odd of ['', '5', '11;3', 'x', '-1;3']) expect(progressOf(odd)).toBeUndefined();
  });
});

describe('a finished command', () => {
  it.each<[string, number | null]>([
    ['133;D', null],
    ['133;D;', null],
    ['133;D;0', 0],
    ['133;D;130', 130],
    ['133;D;1;aid=7', 1],
    ['133;D;err=x', null],
    ['133;D;-1', -1],
  ])('is told by OSC %s', (sequence, exitCode) => {
    expect(newsOf(osc(sequence))?.command).toEqual({ exitCode });
  });

  it.each(['133', '133;A', '133;B', '133;C', '133;Done', '1337;D;0'])('is not OSC %s', (sequence) => {
    expect(newsOf(osc(sequence))).toBeNull();
  });
});

describe('the tracker', () => {
  const everything = `\x07${osc('9;Ready é')}${osc('9;4;4;30')}${osc('133;D;2')}`;
  const told: ActivityNews = {
    hasRung: true,
    notification: { title: '', text: 'Ready é' },
    progress: { state: 'paused', percent: 30 },
    command: { exitCode: 2 },
  };

  it('understands what comes cut anywhere', () => {
    const bytes = bytesOf(everything);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const emulator = open();
      emulator.feed(bytes.subarray(0, cut));
      emulator.feed(bytes.subarray(cut));
      expect(emulator.takeNews()).toEqual(told);
    }
  });

  it('leaves nothing of it on the screen, and the titles to others', () => {
    const emulator = open();
    emulator.feed(bytesOf(`${everything}\x1b]2;a title\x07text`));
    expect(emulator.textLines({ historyLines: 0 })[0]).toBe('text');
    expect(emulator.title).toBe('a title');
  });

  it('never throws and never tells what is unfit, whatever a program sends', () => {
    const number = fc.constantFrom('9', '9;4', '99', '133', '777', '777;notify');
    const data = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789;:=DCpdeioty') }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(number, data)), (sequences) => {
        const emulator = newEmulator();
        for (const [code, text] of sequences) emulator.feed(bytesOf(`\x1b]${code};${text}\x1b\\`));
        const news = emulator.takeNews();
        emulator.dispose();
        const { title = '', text = '' } = news?.notification ?? {};
        expect(title + text).not.toMatch(/\p{Cc}/u);
        expect(news?.progress?.percent ?? 0).toBeLessThanOrEqual(100);
      }),
      { numRuns: 100 },
    );
  });

  it('tells nothing of what happened in a recording', () => {
    const screen = { cols: 80, rows: 24, paint: bytesOf(everything) };
    const events = [{ kind: 'output', bytes: bytesOf(`${everything}\x1b]9;un`) }] as const;
    const quiet = { historyLines: 10, onReply: () => {}, onFault: () => {} };
    const emulator = restoredEmulator({ screen, events }, quiet);
    emulators.push(emulator);
    expect(emulator.takeNews()).toBeNull();
    emulator.feed(bytesOf('finished\x07'));
    expect(emulator.takeNews()?.notification).toEqual({ title: '', text: 'unfinished' });
  });
});
