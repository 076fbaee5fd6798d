import { describe, expect, it } from 'vitest';
import { runTool } from '../../src/platform/system-tool.ts';

describe('runTool', () => {
  it('tells the status and both outputs', async () => {
    expect(await runTool(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      kind: 'ended',
      exitCode: 3,
      output: 'out\n',
      errors: 'err\n',
    });
    expect(await runTool(['true'])).toMatchObject({ kind: 'ended', exitCode: 0 });
  });

  it('gives it nothing to read', async () => {
    expect(await runTool(['cat'])).toMatchObject({ kind: 'ended', output: '' });
  });

  it('tells when there is no such tool', async () => {
    expect(await runTool(['stay-has-no-such-tool'])).toEqual({ kind: 'missing' });
  });

  it('ends one that takes too long', async () => {
    expect(await runTool(['sleep', '60'], { timeoutMs: 50 })).toEqual({ kind: 'silent' });
  });
});
