import { describe, expect, it } from 'vitest';
import { sessionLines } from '../../src/cli/session-lines.ts';
import { restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { recover } from '../../src/storage/recovery.ts';
import { type Fault, type MemoryFiles, memoryFiles, memoryFolder } from '../support/memory-files.ts';
import { copyOf, flood, historyIn, lines, namesIn, numbered, recording, settled } from './recording.ts';

const hole = '[stay] lines are missing here';

/** The numbers of the lines in each stretch between holes. Throws at anything else. */
function stretches(history: readonly string[]): number[][] {
  const all: number[][] = [[]];
  for (const line of history) {
    const number = /^line (\d+)$/.exec(line)?.[1];
    if (number !== undefined) all.at(-1)!.push(Number(number));
    else if (line === hole) all.push([]);
    else throw new Error(`"${line}" in the history`);
  }
  return all;
}

function expectInOrder(history: readonly string[], label: string): void {
  for (const stretch of stretches(history)) {
    const first = stretch[0] ?? 1;
    expect(stretch, label).toEqual(Array.from(stretch, (_, index) => first + index));
  }
}

/** Prints a little between checkpoints; returns how many lines. */
async function printMuch(
  { print, pass, recorder }: Awaited<ReturnType<typeof recording>>,
  rounds = 8,
): Promise<number> {
  for (let round = 0; round < rounds; round++) {
    print(lines(round * 20 + 1, round * 20 + 15));
    await pass(100);
    print(lines(round * 20 + 16, round * 20 + 20));
    void recorder.checkpoint();
    await pass(100);
  }
  return rounds * 20;
}

/** A recorder that goes on with what lies in `files`, as a resumed session's does. */
async function resumed(files: MemoryFiles) {
  const { screen, records } = await recover(memoryFolder, files);
  const quiet = { historyLines: 100, onReply: () => {}, onFault: () => {} };
  return recording(files, { emulator: restoredEmulator({ screen: screen!, events: records }, quiet) });
}

describe('the history of a recorder', () => {
  it('has every line, far beyond what the emulator keeps', async () => {
    const recorded = await recording();
    const count = await printMuch(recorded, 40);
    expect(recorded.emulator.textLines({ historyLines: 1_000 }).length).toBeLessThan(count);
    expect(await historyIn(recorded.files)).toEqual(numbered(1, count));
    expect(namesIn(recorded.files)).toContain('history.1');
  });

  it('goes on over the death of the server and over its end', async () => {
    const first = await recording();
    const count = await printMuch(first);
    first.print(lines(count + 1, count + 30));
    await first.pass(100);
    const second = await resumed(copyOf(first.files));
    second.print(lines(count + 31, count + 60));
    await second.recorder.close();
    const third = await resumed(copyOf(second.files));
    third.print(lines(count + 61, count + 90));
    await third.pass(100);
    expect(await historyIn(third.files)).toEqual(numbered(1, count + 90));
  });

  it('tells of what a flood left out, and has a burst whole', async () => {
    const { print, pass, files } = await recording();
    print(lines(1, 500));
    await pass(100);
    print(flood('wet'));
    await pass(100);
    print('dry\r\n');
    await pass(100);
    const history = await historyIn(files);
    expect(history.slice(0, 490)).toEqual(numbered(1, 490));
    expect(history.filter((line) => line.startsWith('[stay]'))).toEqual([
      expect.stringMatching(/^\[stay\] (\d+ )?lines are missing here$/),
    ]);
    expect(history.slice(-11)).toEqual(['wet', ...numbered(1, 9), 'dry']);
  });

  it('has all that scrolled away, and tells of what a flood left out, also where memory keeps none of it', async () => {
    const { print, pass, files } = await recording(memoryFiles(), { historyLines: 0 });
    print(lines(1, 500));
    await pass(100);
    print(flood('wet'));
    await pass(100);
    const history = await historyIn(files);
    expect(history.slice(0, 490)).toEqual(numbered(1, 490));
    expect(history.filter((line) => line.startsWith('[stay]'))).toEqual([hole]);
  });

  it('tells of what a disk that failed did not take', async () => {
    const { print, pass, files } = await recording();
    print(lines(1, 20));
    await pass(100);
    files.arm({ kind: 'fail', at: 1, times: 1_000 });
    print(lines(21, 100));
    await pass(3_000);
    files.arm({ kind: 'fail', at: 1_000 });
    await pass(10_000);
    print(lines(101, 120));
    await pass(100);
    const [before, after] = stretches(await historyIn(files));
    expect(before).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(after!.at(-1)).toBe(120);
    expect(after!.length).toBeLessThan(40);
  });

  it('stays within its bound, and is none where nothing is to be kept', async () => {
    const bounded = await recording(memoryFiles(), { historyBytes: 2_000 });
    const count = await printMuch(bounded, 60);
    const sizes = [...bounded.files.contents()].filter(([name]) => name.startsWith('history.'));
    expect(sizes.reduce((sum, [, bytes]) => sum + bytes.length, 0)).toBeLessThanOrEqual(2_000);
    const history = await historyIn(bounded.files);
    expect(history.length).toBeLessThan(count);
    expect(history).toEqual(numbered(count - history.length + 1, count));
    const none = await recording(copyOf(bounded.files), { historyBytes: 0 });
    await printMuch(none, 4);
    expect(namesIn(none.files).filter((name) => name.startsWith('history.'))).toEqual([]);
  });

  it('is forgotten with the rest', async () => {
    const recorded = await recording();
    const count = await printMuch(recorded);
    recorded.print('\x1b[H\x1b[2J\x1b[3J');
    expect(await recorded.recorder.forget()).toBe(true);
    expect(namesIn(recorded.files).filter((name) => name.startsWith('history.'))).toEqual([]);
    recorded.print(lines(count + 1, count + 9));
    await recorded.pass(100);
    expect(await historyIn(recorded.files)).toEqual(numbered(count + 1, count + 9));
    await printMuch(recorded, 4);
    expect((await historyIn(recorded.files)).slice(0, 9)).toEqual(numbered(count + 1, count + 9));
  });

  it('costs nothing else when it cannot be written, says so once, and holds up few journals', async () => {
    const files = memoryFiles();
    const failing: MemoryFiles = {
      ...files,
      create: (path) =>
        path.includes('/history.') ? Promise.reject(new Error('EACCES: not yours')) : files.create(path),
    };
    const recorded = await recording(failing);
    await printMuch(recorded, 12);
    expect(recorded.recorder.persistence).toEqual({ isPersisting: true });
    expect(recorded.logged).toEqual(['Cannot keep the history: EACCES: not yours']);
    expect(namesIn(files).filter((name) => name.startsWith('journal.')).length).toBeLessThanOrEqual(6);
    expectInOrder(await historyIn(files), 'failing');
  });
});

describe('the last lines of a history', () => {
  it.each([1, 7, 100, 155, 1_000])('are %i, or as many as there are', async (count) => {
    const recorded = await recording();
    const all = await printMuch(recorded);
    const found: string[] = [];
    const extent = { kind: 'last', count } as const;
    for await (const some of sessionLines(memoryFolder, { extent, isAnsi: false, files: recorded.files }))
      found.push(...some.map(({ text }) => text));
    expect(found).toEqual(numbered(Math.max(1, all - count + 1), all));
  });

  it('since some time are those that were written since', async () => {
    const recorded = await recording();
    const { print, pass, clock, files } = recorded;
    const count = await printMuch(recorded);
    const at = clock.now() + 1;
    await pass(1_000);
    print(lines(count + 1, count + 50));
    await pass(100);
    const found: string[] = [];
    for await (const some of sessionLines(memoryFolder, { extent: { kind: 'since', at }, isAnsi: false, files }))
      found.push(...some.map(({ text }) => text));
    expect(found).toEqual(numbered(count + 1, count + 50));
  });
});

describe('a disk that fails once, with anything', () => {
  async function countOperations(): Promise<number> {
    const files = memoryFiles();
    files.arm({ kind: 'fail', at: 10_000 });
    const recorded = await recording(files);
    await printMuch(recorded);
    await recorded.recorder.close();
    expect(files.operations.filter((name) => name.includes('history.')).length).toBeGreaterThan(10);
    return files.operations.length;
  }

  it('costs no line that it took, and none at all where only the archive failed', async () => {
    const count = await countOperations();
    for (let at = 1; at <= count; at++) {
      for (const kind of ['fail', 'cut'] as const) await checkFault({ kind, at });
    }
  }, 60_000);

  async function checkFault(fault: Fault): Promise<void> {
    const files = memoryFiles();
    files.arm(fault);
    const recorded = await recording(files);
    const count = await printMuch(recorded);
    const label = `${fault.kind} at ${fault.at}: ${files.operations[fault.at - 1]}`;
    await recorded.pass(3_000);
    const history = await historyIn(copyOf(files));
    expectInOrder(history, label);
    expect(stretches(history).at(-1)!.at(-1), label).toBe(count);
    if (/history\.|^remove/.test(files.operations[fault.at - 1]!)) expect(history, label).toEqual(numbered(1, count));
    await recorded.recorder.close();
    expectInOrder(await historyIn(files.afterPowerCut()), `${label}, and the power goes`);
  }

  it.each([
    { what: 'the server is killed', leftBy: copyOf, isKept: true },
    { what: 'the power goes', leftBy: (files: MemoryFiles) => files.afterPowerCut(), isKept: false },
  ])(
    'is the end of the history and leaves no hole in it when $what during that, also once the session is resumed',
    async ({ leftBy, isKept }) => {
      const operations = await countOperations();
      for (let at = 1; at <= operations; at++) {
        const files = memoryFiles();
        files.arm({ kind: 'crash', at });
        const recorded = await recording(files);
        await printMuch(recorded);
        await settled();
        const left = leftBy(files);
        const label = `crash at ${at}: ${files.operations[at - 1]}`;
        const history = await historyIn(copyOf(left));
        expect(history, label).toEqual(numbered(1, history.length));
        // One round of printing is twenty lines and about eight operations.
        if (isKept) expect(history.length, label).toBeGreaterThanOrEqual(Math.floor(at / 12) * 20 - 40);
        if (history.length === 0) continue;
        const again = await resumed(left);
        await printFrom(again, history.length + 1);
        expect(await historyIn(left), label).toEqual(numbered(1, history.length + 60));
      }
    },
    60_000,
  );

  async function printFrom({ print, pass, recorder }: Awaited<ReturnType<typeof recording>>, from: number) {
    for (let round = 0; round < 4; round++) {
      print(lines(from + round * 15, from + round * 15 + 14));
      await pass(100);
      await recorder.checkpoint();
      await settled();
    }
  }
});
