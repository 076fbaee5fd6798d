import { describe, expect, it } from 'vitest';
import { readerLines } from '../../src/ui/reader-view.tsx';
import { lookAt, makeList, type TestList } from './make-list.ts';
import { sampleSession } from './sample-sessions.ts';

const preferences = { isForScreenReader: true };

function read(list: TestList): string[] {
  return readerLines(lookAt(list.state()));
}

describe('what is read', () => {
  it('is the selected session first, then the others in order, then the keys', () => {
    const sessions = [sampleSession('a', { isPinned: true }), sampleSession('b', { state: 'exited', exitCode: 1 })];
    expect(read(makeList({ sessions, preferences }).press('space'))).toEqual([
      'Selected: 2 of 2, b, exited 1, bash, ~/src, output 3s ago.',
      '1 of 2, a, running, bash, ~/src, output 3s ago, pinned, marked.',
      'Keys: Enter attach, / filter, n new, r rename, x kill, p preview, ? keys, q quit.',
    ]);
  });

  it('is a question before all else', () => {
    const sessions = [sampleSession('a')];
    expect(read(makeList({ sessions, preferences }).press('x'))[0]).toMatch(/^Kill "a"\?/);
  });

  it('is what is typed', () => {
    expect(read(makeList({ preferences }).press('/').type('we'))[0]).toBe('Filter: we');
    expect(read(makeList({ preferences }).press('r').type('x'))[0]).toBe('New name: apix');
    expect(read(makeList({ preferences }).press('n', 'down').type('ls')).slice(0, 4)).toEqual([
      'name: ',
      'Filling in command: ls',
      'directory: the usual',
      'restart: auto',
    ]);
  });

  it('is that there is nothing, and why', () => {
    expect(read(makeList({ sessions: null, preferences }))[0]).toBe('Looking for sessions.');
    expect(read(makeList({ sessions: [], preferences }))[0]).toBe('No sessions yet.');
    expect(read(makeList({ preferences }).press('/').type('zzz'))[1]).toBe('No session matches.');
  });

  it('is the keys alone in the help', () => {
    const lines = read(makeList({ preferences }).press('?'));
    expect(lines[0]).toBe('Keys.');
    expect(lines.join('\n')).toContain('kill (asks)');
  });
});
