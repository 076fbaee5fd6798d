import { describe, expect, it } from 'vitest';
import { runInForeground } from '../../src/platform/foreground-program.ts';

describe('runInForeground', () => {
  it.each([
    [['/bin/sh', '-c', 'exit 3'], 3],
    [['/bin/sh', '-c', 'kill -9 $$'], 137],
    [['/no/such/program'], 127],
  ])('tells how %j ended, as a shell would', async (command, status) => {
    expect(await runInForeground(command)).toBe(status);
  });

  it('takes keys that end programs off us only while it runs', async () => {
    const before = process.listenerCount('SIGINT');
    const running = runInForeground(['/bin/sh', '-c', 'exit 0']);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    await running;
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
