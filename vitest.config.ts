import { defineConfig } from 'vitest/config';

/** Where others at work would change what is measured: how much is held up for whom, and what an idle server costs. */
const alone = ['flood', 'flow', 'idle', 'exclusive', 'slow-client'].map((name) => `test/e2e/${name}.test.ts`);
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Much of a test is waiting for other processes; more at a time than cores would make them wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          // Bounds for hangs, not for speed: a busy machine is ten times slower than a quiet one.
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], exclude: alone, ...patient },
      },
      {
        // Run with one worker.
        test: { name: 'e2e-alone', include: alone, ...patient },
      },
    ],
  },
});
