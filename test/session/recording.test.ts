import { describe, expect, it, onTestFinished } from 'vitest';
import { restoredDelayMs } from '../../src/base/limits.ts';
import { restoredEmulator } from '../../src/emulator/restored-emulator.ts';
import { Recording } from '../../src/session/recording.ts';
import { recover } from '../../src/storage/recovery.ts';
import { newEmulator } from '../emulator/new-emulator.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryFiles, memoryFolder } from '../support/memory-files.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function open(isRestored: boolean) {
  const files = memoryFiles();
  const emulator = newEmulator({ cols: 20, rows: 5, historyLines: 100 });
  onTestFinished(() => emulator.dispose());
  const clock = fakeClock();
  const ports = {
    log: () => {},
    onSynced: () => {},
    onFailed: () => {},
    onRecovered: () => {},
    historyBytes: 1_000_000,
  };
  const options = { folder: memoryFolder, files, clock, emulator, ...ports };
  const recording = await Recording.open(options, { isPrivate: false, isRestored });
  await settled();
  const print = (text: string) => {
    emulator.feed(bytesOf(text));
    recording.output(bytesOf(text));
  };
  return { recording, files, clock, print };
}

async function recoveredText(files: ReturnType<typeof memoryFiles>): Promise<string[]> {
  const { screen, records } = await recover(memoryFolder, files);
  const quiet = { historyLines: 100, onReply: () => {}, onFault: () => {} };
  const emulator = restoredEmulator({ screen: screen!, events: records }, quiet);
  const lines = emulator.textLines({ historyLines: 0 });
  emulator.dispose();
  return lines.filter((line) => line !== '');
}

describe('the recording of a session', () => {
  it('that is new begins at once', async () => {
    const { files } = await open(false);
    expect([...files.contents().keys()].sort()).toEqual(['journal.1', 'screen.1.msgpack']);
  });

  it('that is resumed lets its program go first, and misses nothing', async () => {
    const { files, clock, print } = await open(true);
    print('at once\r\n');
    expect(files.operations).toEqual([]);
    clock.advance(restoredDelayMs);
    await settled();
    expect(await recoveredText(files)).toEqual(['at once']);
    print('later\r\n');
    clock.advance(100);
    await settled();
    expect(await recoveredText(files)).toEqual(['at once', 'later']);
  });

  it('that is resumed has its last state also when it ends before that', async () => {
    const { recording, files, clock, print } = await open(true);
    print('last words\r\n');
    const closed = recording.close();
    clock.advance(restoredDelayMs);
    expect(await closed).toBe(true);
    expect(await recoveredText(files.afterPowerCut())).toEqual(['last words']);
  });
});
