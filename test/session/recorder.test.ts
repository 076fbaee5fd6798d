import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { openRecorder } from '../../src/session/recorder.ts';
import { seal } from '../../src/storage/sealed-file.ts';
import { differences } from '../emulator/differences.ts';
import { newEmulator } from '../emulator/new-emulator.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Fault, type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';
import {
  compress,
  copyOf,
  differencesFrom,
  flood,
  lines,
  namesIn,
  recording,
  recordsIn,
  restoredFrom,
  settled,
  size,
} from './recording.ts';

describe('a recorder', () => {
  it('has the screen at the start, also of a session that is older than it', async () => {
    const files = memoryFiles();
    const emulator = newEmulator(size);
    emulator.feed(bytesOf(lines(1, 20)));
    const ports = {
      historyLines: size.historyLines,
      historyBytes: 1_000_000,
      compress,
      log: () => {},
      onSynced: () => {},
      onFailed: () => {},
      onRecovered: () => {},
    };
    const clock = fakeClock();
    const recorder = await openRecorder({ folder: memoryFolder, files, clock, emulator, ...ports });
    emulator.feed(bytesOf('what a session shows before its program does\r\n'));
    recorder.output(bytesOf('what a session shows before its program does\r\n'));
    await settled();
    expect(await files.list(memoryFolder)).toEqual([]);
    recorder.begin();
    recorder.begin();
    // It comes behind the first checkpoint, also when nothing has happened in between.
    emulator.feed(bytesOf('and its first words'));
    recorder.output(bytesOf('and its first words'));
    for (const ms of [80, 1_000]) {
      await settled();
      clock.advance(ms);
    }
    await settled();
    expect(recorder.persistence).toEqual({ isPersisting: true });
    expect(namesIn(files)).toEqual(['journal.1', 'screen.1.msgpack']);
    expect(await differencesFrom(emulator, files)).toEqual([]);
    expect(await differencesFrom(emulator, files.afterPowerCut())).toEqual([]);
  });

  it('has every change on its way to the disk within a tenth of a second, and on it within one', async () => {
    const { print, resize, pass, emulator, files } = await recording();
    for (const change of [() => print(lines(1, 9)), () => resize(30, 6), () => print('\x1b[?1049hmenu\x1b[3')]) {
      change();
      await pass(80);
      expect(await differencesFrom(emulator, files)).toEqual([]);
      await pass(900);
      expect(await differencesFrom(emulator, files.afterPowerCut())).toEqual([]);
    }
  });

  it('does the same while there is output all the time', async () => {
    const { print, pass, emulator, files } = await recording();
    const past: Emulator[] = [];
    for (let step = 0; step < 50; step++) {
      print(`step ${step}\r\n`);
      const then = newEmulator(size);
      then.feed(emulator.repaint({ onto: 'fresh', historyLines: 100 }));
      past.push(then);
      await pass(20);
      const restored = await restoredFrom(files);
      const age = past.toReversed().findIndex((one) => differences(one, restored!).length === 0);
      if (step > 4) expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThanOrEqual(4);
    }
  });

  it('sets no timer and writes nothing while nothing happens', async () => {
    const { print, pass, clock, files } = await recording();
    expect(clock.pending).toBe(0);
    print('a prompt $ ');
    expect(clock.pending).toBe(1);
    await pass(5_000);
    expect(clock.pending).toBe(0);
    const written = files.writtenBytes;
    await pass(60_000);
    expect(files.writtenBytes).toBe(written);
  });

  it('tells that something has reached the disk, once for much', async () => {
    const recorded = await recording();
    expect(recorded.syncs).toBe(1);
    for (let step = 0; step < 20; step++) {
      recorded.print('x');
      await recorded.pass(20);
    }
    expect(recorded.syncs).toBe(1);
    await recorded.pass(1_000);
    expect(recorded.syncs).toBe(2);
  });

  it('makes a new checkpoint once the journal is long, and keeps the one before it', async () => {
    const { print, pass, emulator, files } = await recording();
    for (let step = 0; step < 55; step++) {
      print(`${'y'.repeat(100_000)}\r\n${lines(step, step + 30)}`);
      await pass(80);
    }
    await pass(80);
    expect(namesIn(files)).toEqual(['journal.1', 'journal.2', 'screen.1.msgpack', 'screen.2.msgpack']);
    expect(await differencesFrom(emulator, files)).toEqual([]);
    for (let step = 0; step < 55; step++) {
      print(`${'z'.repeat(100_000)}\r\n`);
      await pass(80);
    }
    const present = ['journal.2', 'journal.3', 'screen.2.msgpack', 'screen.3.msgpack'];
    expect(namesIn(files)).toEqual(['history.1', ...present]);
    expect(await differencesFrom(emulator, files)).toEqual([]);
  });

  it.each([0, 30, 400])('has %i lines of history in a checkpoint, of a session that keeps so many', async (count) => {
    const { print, pass, emulator, files, recorder } = await recording(memoryFiles(), { historyLines: count });
    print(lines(1, 1_000));
    await pass(100);
    expect(await recorder.checkpoint()).toBe(true);
    const contents = files.contents();
    contents.delete('journal.2');
    const restored = await restoredFrom(memoryFiles(contents), 1_000);
    const shown = restored!.textLines({ historyLines: 1_000 });
    expect(shown).toEqual(emulator.textLines({ historyLines: 1_000 }));
    expect(shown).toHaveLength(count + emulator.rows);
  });

  it('loses nothing should a checkpoint spoil: the one before and two journals give the same', async () => {
    const { print, pass, emulator, files, recorder } = await recording();
    print(lines(1, 9));
    await pass(30);
    void recorder.checkpoint();
    print('and on');
    await pass(500);
    const contents = files.contents();
    contents.set(
      'screen.2.msgpack',
      contents.get('screen.2.msgpack')!.map((byte) => byte ^ 1),
    );
    expect(await differencesFrom(emulator, memoryFiles(contents))).toEqual([]);
  });

  it('has the screen should a checkpoint spoil that was made in the middle of a flood', async () => {
    const { print, pass, emulator, files, recorder } = await recording();
    print(lines(1, 9));
    await pass(100);
    print(flood('not kept'));
    void recorder.checkpoint();
    print('and on');
    await pass(100);
    expect(await differencesFrom(emulator, files)).toEqual([]);
    const contents = files.contents();
    contents.delete('screen.2.msgpack');
    const restored = await restoredFrom(memoryFiles(contents));
    expect(differences(emulator, restored!, { historyLines: 0 })).toEqual([]);
  });

  it('has a short journal after a while of quiet, and leaves a short one alone', async () => {
    const { print, pass, files } = await recording();
    print('y'.repeat(100_000));
    await pass(1_900);
    expect(namesIn(files)).not.toContain('journal.2');
    print('still not quiet');
    await pass(1_900);
    expect(namesIn(files)).not.toContain('journal.2');
    await pass(3_000);
    expect(recordsIn(files, 'journal.2').map(({ kind }) => kind)).toEqual(['start']);
    print('a little');
    await pass(5_000);
    expect(namesIn(files)).not.toContain('journal.3');
  });

  it('makes no checkpoints of a storm of resizes', async () => {
    const { resize, pass, emulator, files } = await recording();
    for (let step = 0; step < 200; step++) {
      resize(20 + (step % 30), 5 + (step % 10));
      await pass(20);
    }
    await pass(3_000);
    expect(namesIn(files)).toEqual(['journal.1', 'screen.1.msgpack']);
    expect(await differencesFrom(emulator, files)).toEqual([]);
  });

  it('goes on when the clock is set back', async () => {
    const { print, pass, clock, setClock, emulator, files } = await recording();
    print(lines(1, 9));
    setClock(-3_600_000);
    print('while the clock was set');
    await pass(80);
    expect(await differencesFrom(emulator, files)).toEqual([]);
    print('y'.repeat(100_000));
    await pass(5_000);
    expect(clock.pending).toBe(0);
  });
});

describe('a flood', () => {
  it('is not written itself: the screen it leaves is', async () => {
    const { print, pass, emulator, files } = await recording();
    print(lines(1, 50));
    await pass(80);
    const before = files.writtenBytes;
    for (let step = 0; step < 100; step++) {
      // 50 MB in 2 s.
      for (let part = 0; part < 25; part++) print(`${step} ${'x'.repeat(20_000)}\r\n`);
      await pass(20);
    }
    expect(files.writtenBytes - before).toBeLessThan(2 * 1024 * 1024);
    await pass(80);
    const restored = await restoredFrom(files);
    expect(differences(emulator, restored!, { historyLines: 0 })).toEqual([]);
    await pass(3_000);
    expect(await differencesFrom(emulator, files)).toEqual([]);
  });

  it('of screens too large to be written all the time is written less often', async () => {
    const { print, resize, pass, emulator, files } = await recording();
    resize(300, 100);
    const before = files.writtenBytes;
    const colours = Array.from({ length: 30_000 }, (_, cell) => `\x1b[38;2;${cell & 255};${cell >> 8};7;4mx`).join('');
    for (let step = 0; step < 50; step++) {
      print(`\x1b[H${colours}`);
      await pass(40);
    }
    await pass(400);
    expect((files.writtenBytes - before) / 2.4).toBeLessThan(5_000_000);
    const restored = await restoredFrom(files);
    expect(differences(emulator, restored!, { historyLines: 0 })).toEqual([]);
  });
});

describe('the end of a recorder', () => {
  it('is the last state, at once', async () => {
    const { print, emulator, files, recorder, clock } = await recording();
    print(lines(1, 20));
    expect(await recorder.close()).toBe(true);
    expect(clock.pending).toBe(0);
    expect(await differencesFrom(emulator, files.afterPowerCut())).toEqual([]);
  });

  it('after a short life leaves a second checkpoint, should the only one spoil', async () => {
    const { files, recorder } = await recording();
    expect(await recorder.close()).toBe(true);
    const screens = namesIn(files).filter((name) => name.startsWith('screen.'));
    expect(screens).toHaveLength(2);
  });

  it('writes nothing more when the disk has it all', async () => {
    const { files, recorder } = await recording();
    await recorder.checkpoint();
    const written = files.writtenBytes;
    expect(await recorder.close()).toBe(true);
    expect(files.writtenBytes).toBe(written);
  });

  it('says when the disk does not take it', async () => {
    const { print, files, recorder } = await recording();
    files.arm({ kind: 'fail', at: 1, times: 1_000 });
    print('x');
    expect(await recorder.close()).toBe(false);
  });

  it('when abandoned writes nothing any more', async () => {
    const { print, pass, files, recorder, clock } = await recording();
    print('x');
    await recorder.abandon();
    const count = files.operations.length;
    print('y');
    await pass(5_000);
    expect([files.operations.length, clock.pending]).toEqual([count, 0]);
  });
});

describe('what another server recorded', () => {
  const second = async (contents: Map<string, Uint8Array>) => {
    const files = memoryFiles(contents);
    const recorded = await recording(files);
    return { ...recorded, files };
  };

  it('is kept until there are two new checkpoints', async () => {
    const first = await recording();
    first.print(lines(1, 9));
    await first.pass(100);
    const { files, recorder } = await second(first.files.contents());
    expect(namesIn(files)).toEqual(['journal.1', 'journal.2', 'screen.1.msgpack', 'screen.2.msgpack']);
    await recorder.checkpoint();
    await settled();
    const present = ['journal.2', 'journal.3', 'screen.2.msgpack', 'screen.3.msgpack'];
    expect(namesIn(files)).toEqual(['history.1', ...present]);
  });

  it('is not taken for the beginning of the new', async () => {
    const first = await recording();
    first.print(lines(1, 9));
    await first.pass(100);
    const contents = first.files.contents();
    const { print, pass, files } = await second(contents);
    print('new');
    await pass(100);
    const left = files.contents();
    left.delete('screen.2.msgpack');
    expect(await differencesFrom(first.emulator, memoryFiles(left))).toEqual([]);
  });

  it('stays for good if a newer stay wrote it, or if it was set aside', async () => {
    const kept = { 'screen.4.msgpack': seal('screen', 99, {}), 'screen.3.msgpack.bad-1': bytesOf('x') };
    const { files, recorder } = await second(new Map(Object.entries({ ...kept, 'screen.msgpack': bytesOf('old') })));
    await recorder.checkpoint();
    await settled();
    expect(namesIn(files)).toEqual(
      [...Object.keys(kept), 'journal.5', 'journal.6', 'screen.5.msgpack', 'screen.6.msgpack'].sort(),
    );
  });
});

describe('forgetting', () => {
  it('leaves the present screen and nothing else, and goes on recording', async () => {
    const files = memoryFiles(
      new Map([
        ['screen.1.msgpack.bad-1', bytesOf('x')],
        ['server.log', bytesOf('y')],
      ]),
    );
    const { print, pass, emulator, recorder } = await recording(files);
    print('secret\r\n');
    await pass(100);
    print('\x1b[H\x1b[2J\x1b[3J');
    expect(await recorder.forget()).toBe(true);
    expect(namesIn(files)).toEqual(['journal.3', 'screen.3.msgpack', 'server.log']);
    expect([...files.contents().values()].some((bytes) => Buffer.from(bytes).includes('secret'))).toBe(false);
    print('and on');
    await pass(100);
    expect(await differencesFrom(emulator, files)).toEqual([]);
  });

  it('in which anything fails says so, loses no screen, and works the next time', async () => {
    const forgetting = async (fault: Fault) => {
      const files = memoryFiles(new Map([['screen.1.msgpack.bad-1', bytesOf('secret')]]));
      const recorded = await recording(files);
      recorded.print('secret\r\n');
      await recorded.pass(100);
      recorded.print('\x1b[H\x1b[2J\x1b[3Jopen');
      files.arm(fault);
      const isForgotten = await recorded.recorder.forget().catch(() => false);
      return { ...recorded, files, isForgotten };
    };
    const holdsSecret = (files: MemoryFiles) =>
      [...files.contents().values()].some((bytes) => Buffer.from(bytes).includes('secret'));
    const count = (await forgetting({ kind: 'fail', at: 1_000 })).files.operations.length;
    expect(count).toBeGreaterThan(8);
    for (let at = 1; at <= count; at++) {
      for (const kind of ['fail', 'cut'] as const) {
        const { emulator, files, recorder, isForgotten, pass } = await forgetting({ kind, at });
        const label = `${kind} of ${files.operations[at - 1]}`;
        if (isForgotten) expect(holdsSecret(files), label).toBe(false);
        await pass(3_000);
        expect(await differencesFrom(emulator, copyOf(files)), label).toEqual([]);
        expect(await recorder.forget(), label).toBe(true);
        expect([holdsSecret(files), holdsSecret(files.afterPowerCut())], label).toEqual([false, false]);
        expect(await differencesFrom(emulator, files.afterPowerCut()), label).toEqual([]);
      }
    }
  });
});

describe('a disk that fails', () => {
  it('because somebody removed the files is noticed, and everything is written anew', async () => {
    const recorded = await recording();
    const { print, pass, emulator, files, recorder, logged } = recorded;
    for (const name of namesIn(files)) await files.remove(`${memoryFolder}/${name}`);
    print('x');
    await pass(800);
    expect(recorder.persistence).toMatchObject({ isPersisting: false });
    expect(logged).toEqual(['Cannot save the screen: somebody removed its files']);
    await pass(1_500);
    expect(recorder.persistence).toEqual({ isPersisting: true });
    expect([recorded.failures, recorded.recoveries]).toEqual([1, 1]);
    expect(await differencesFrom(emulator, files)).toEqual([]);
  });

  it('costs what it would have kept; it is tried again, less and less often, until it works', async () => {
    const { print, pass, emulator, files, recorder, logged, clock } = await recording();
    files.arm({ kind: 'fail', at: 1, times: 1_000 });
    print('lost');
    await pass(100);
    expect(recorder.persistence).toEqual({
      ...{ isPersisting: false, why: 'Cannot save the screen: the disk is full' },
      since: expect.any(Number),
    });
    await pass(10_000);
    print(flood('much'));
    await pass(110_000);
    const tries = files.operations.filter((one) => one.startsWith('create journal')).length;
    expect(tries).toBeLessThan(10);
    files.arm({ kind: 'fail', at: 1_000 });
    await pass(60_000);
    expect(recorder.persistence).toEqual({ isPersisting: true });
    expect(await differencesFrom(emulator, files)).toEqual([]);
    expect(logged).toEqual(['Cannot save the screen: the disk is full', 'the screen is being saved again']);
    await pass(5_000);
    expect(clock.pending).toBe(0);
  });

  interface Watcher {
    /** The screen has just changed. */
    note(emulator: Emulator): void;
    /** A moment to look at the files. */
    look(): Promise<void>;
  }

  /** Everything that a recorder does, in small. */
  async function everything(files: MemoryFiles, { note, look }: Watcher) {
    const recorded = await recording(files);
    const { pass, recorder, emulator } = recorded;
    const print = (text: string) => {
      recorded.print(text);
      note(emulator);
    };
    const steps = [
      () => print(lines(1, 9)),
      () => {
        recorded.resize(24, 6);
        note(emulator);
      },
      () => void recorder.checkpoint(),
      () => print('\x1b[31mred\r\n'),
      () => {
        print('right before');
        void recorder.checkpoint();
        print(' and right behind a checkpoint\r\n');
      },
      () => print(flood('wet')),
      () => pass(4_000),
      () => print('dry again'),
      () => pass(1_000),
    ];
    note(emulator);
    await look();
    for (const step of steps) {
      await step();
      await pass(100);
      await look();
    }
    return recorded;
  }

  type Contents = ReadonlyMap<string, Uint8Array>;

  async function countOperations(contents: Contents): Promise<number> {
    const files = memoryFiles(contents);
    files.arm({ kind: 'fail', at: 1_000 });
    const { recorder } = await everything(files, { note: () => {}, look: async () => {} });
    await recorder.close();
    return files.operations.length;
  }

  /** The screens that were, to be asked which of them a restored one is. */
  function pastScreens() {
    const past: Emulator[] = [];
    return {
      note(emulator: Emulator): void {
        const { cols, rows } = emulator;
        const copy = newEmulator({ cols, rows, historyLines: 100 });
        copy.feed(emulator.repaint({ onto: 'fresh', historyLines: 100 }));
        past.push(copy);
      },
      /** The last one that is the same in everything that is seen and its latest history; -1 when there is none. */
      find: (emulator: Emulator | null) =>
        past.findLastIndex((one) => emulator !== null && differences(one, emulator, { historyLines: 3 }).length === 0),
      get newest() {
        return past.length - 1;
      },
    };
  }

  /** A new session, and one whose screen another server has recorded before. */
  const starts = [
    { start: 'nothing', past: async () => null },
    {
      start: 'what another server recorded',
      past: async () => {
        const { emulator, files, print, pass } = await recording();
        print('from before\r\n');
        await pass(100);
        return { emulator, contents: files.contents() };
      },
    },
  ];

  it.each(starts)(
    'once, with anything, costs nothing that was on it before, and nothing at all in the end, over $start',
    async ({ past: recordedBefore }) => {
      const first = await recordedBefore();
      const contents = first?.contents ?? new Map();
      const count = await countOperations(contents);
      expect(count).toBeGreaterThan(30);
      for (let at = 1; at <= count; at++) {
        for (const kind of ['fail', 'cut'] as const)
          await checkFault({ kind, at }, { contents, first: first?.emulator });
      }
    },
    120_000,
  );

  async function checkFault(
    fault: Fault,
    { contents, first }: { contents: Contents; first: Emulator | undefined },
  ): Promise<void> {
    const label = `${fault.kind} at ${fault.at}`;
    const files = memoryFiles(contents);
    files.arm(fault);
    const past = pastScreens();
    if (first !== undefined) past.note(first);
    let newest = first === undefined ? -1 : 0;
    const look = async () => {
      const found = past.find(await restoredFrom(copyOf(files)));
      expect(found, label).toBeGreaterThanOrEqual(newest);
      newest = found;
    };
    const { emulator, pass, recorder } = await everything(files, { note: past.note, look });
    await pass(3_000);
    expect(recorder.persistence, label).toEqual({ isPersisting: true });
    expect(await differencesFrom(emulator, copyOf(files)), label).toEqual([]);
    expect(await recorder.close(), label).toBe(true);
    expect(await differencesFrom(emulator, files.afterPowerCut()), label).toEqual([]);
  }

  const ends = [
    { what: 'the server is killed', leftBy: copyOf, maxAge: 2 },
    { what: 'the power goes', leftBy: (files: MemoryFiles) => files.afterPowerCut(), maxAge: 5 },
  ];

  it.each(starts.flatMap((start) => ends.map((end) => ({ ...start, ...end }))))(
    'has a state that was, and no old one, when $what during anything, over $start',
    async ({ past: recordedBefore, leftBy, maxAge }) => {
      const first = await recordedBefore();
      const contents = first?.contents ?? new Map();
      const count = await countOperations(contents);
      for (let at = 1; at <= count; at++) {
        const files = memoryFiles(contents);
        files.arm({ kind: 'crash', at });
        const past = pastScreens();
        if (first !== null) past.note(first.emulator);
        const crash = { isSeen: false, newest: 0, found: 0 };
        const look = async () => {
          if (crash.isSeen || files.operations.length < at) return;
          Object.assign(crash, {
            isSeen: true,
            newest: past.newest,
            found: past.find(await restoredFrom(leftBy(files))),
          });
        };
        await everything(files, { note: past.note, look });
        const label = `crash at ${at}: ${crash.found} of ${crash.newest}`;
        if (crash.newest > 0 || first !== null) expect(crash.found, label).toBeGreaterThanOrEqual(0);
        expect(crash.newest - crash.found, label).toBeLessThanOrEqual(maxAge);
      }
    },
    120_000,
  );
});
