import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchFolder } from '../../src/platform/watch-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';

const state = vi.hoisted(() => ({ isWatched: true }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    watch(...args: Parameters<typeof fs.watch>) {
      if (!state.isWatched) throw Object.assign(new Error('EMFILE: too many open files, watch'), { code: 'EMFILE' });
      return real.watch(...args);
    },
  };
});

describe('a folder', () => {
  it.each([
    ['watched by the system', true],
    ['which the system watches no more', false],
  ])('%s is heard of when an entry comes and goes', async (_, isWatched) => {
    state.isWatched = isWatched;
    const folder = tempFolder();
    const onChange = vi.fn();
    const watch = watchFolder(folder, onChange);
    onTestFinished(() => watch.dispose());
    for (const change of [() => fs.writeFileSync(join(folder, 'a'), ''), () => fs.rmSync(join(folder, 'a'))]) {
      onChange.mockClear();
      change();
      await expect.poll(() => onChange.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
    }
  });
});
