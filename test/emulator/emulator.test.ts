import { expect, it } from 'vitest';
import { Emulator } from '../../src/emulator/emulator.ts';
import { bytesOf, newEmulator, repainted } from './new-emulator.ts';

it('text lines end with their last character', () => {
  const emulator = newEmulator({ cols: 20, rows: 3 });
  emulator.feed(bytesOf('one   \r\n\x1b[44mtwo\x1b[K\r\nthree\r\nfour'));
  expect(emulator.textLines({ historyLines: 0 })).toEqual(['two', 'three', 'four']);
  expect(emulator.textLines({ historyLines: 10 })).toEqual(['one', 'two', 'three', 'four']);
});

it('ansi lines stand each by itself', () => {
  const emulator = newEmulator({ cols: 6, rows: 2 });
  emulator.feed(bytesOf('\x1b[31mone\r\ntwo\x1b[K'));
  expect(emulator.ansiLines({ historyLines: 0 })).toEqual(['\x1b[0;31mone\x1b[0m', '\x1b[0;31mtwo\x1b[0m']);
});

it('the working directory is a path, whatever the shell wrote', () => {
  const cwdOf = (url: string) => {
    const emulator = newEmulator();
    emulator.feed(bytesOf(`\x1b]7;${url}\x07`));
    return emulator.cwd;
  };
  expect(cwdOf('file://host/home/me/%C3%BC')).toBe('/home/me/ü');
  expect(cwdOf('/plain/path')).toBe('/plain/path');
  expect(cwdOf('file://host/50%')).toBe('/50%');
  expect(cwdOf('')).toBeUndefined();
});

it('a fault is told, and the emulator goes on', () => {
  const faults: unknown[] = [];
  const emulator = new Emulator({
    cols: 10,
    rows: 2,
    historyLines: 0,
    onReply: () => {},
    onFault: (error) => faults.push(error),
  });
  Object.assign(emulator.parts.core._inputHandler, {
    saveCursor: () => {
      throw new Error('broken');
    },
  });
  emulator.feed(bytesOf('a\x1b7'));
  emulator.feed(bytesOf('b'));
  expect(faults).toHaveLength(1);
  expect(emulator.textLines({ historyLines: 0 })[0]).toBe('ab');
});

it('ten thousand lines are repainted in well under a tenth of a second', () => {
  const emulator = newEmulator({ cols: 80, rows: 24, historyLines: 10_000 });
  const line = `${'\x1b[32mword \x1b[m'.repeat(10)}plain text to the end of it\r\n`;
  emulator.feed(bytesOf(line.repeat(10_500)));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    emulator.repaint({ onto: 'fresh', historyLines: 10_000 });
    return performance.now() - start;
  });
  // 30 to 60 ms on a calm machine; the bound leaves room for a busy one.
  expect(Math.min(...times)).toBeLessThan(400);
  expect(repainted(emulator, { cols: 80, rows: 24, historyLines: 10_000 }).textLines({ historyLines: 1e5 })).toEqual(
    emulator.textLines({ historyLines: 1e5 }),
  );
});
