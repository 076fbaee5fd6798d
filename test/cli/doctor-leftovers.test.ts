import { describe, expect, it } from 'vitest';
import {
  emptyFoldersVerdict,
  type LeftoverPorts,
  recordsVerdict,
  setAsideVerdict,
  socketsVerdict,
  temporaryVerdict,
} from '../../src/cli/doctor/leftovers.ts';
import { sampleRecord } from '../support/samples.ts';

const folderOf = (id: string) => `/s/${id}`;

describe('temporary files and locks', () => {
  const ports: LeftoverPorts = {
    isProcessAlive: (pid) => pid === 1,
    hasServer: (id) => id === 'living0000',
    isLockDead: (path) => path.startsWith('/dead/'),
  };

  it('are well while who made them lives', () => {
    const paths = [
      '/s/living0000/session.msgpack.1.tmp',
      '/s/.lock.1.0a1b2c3d',
      '/s/.lock',
      '/s/.lock.breaking',
      '/s/living0000/screen.4.msgpack.new',
      '/r/living0000.status',
    ];
    expect(temporaryVerdict(paths, ports).state).toBe('ok');
  });

  it.each([
    '/s/living0000/session.msgpack.2.tmp',
    '/s/.lock.2.0a1b2c3d',
    '/dead/.lock',
    '/dead/.lock.breaking',
    '/s/stopped000/screen.4.msgpack.new',
    '/r/stopped000.status',
  ])('%s is left behind', (path) => {
    expect(temporaryVerdict([path, '/s/living0000/session.msgpack'], ports)).toEqual({
      state: 'note',
      message: `1 temporary file or lock left by a stay that is gone: "${path}".`,
      hint: `Remove: rm ${path}`,
    });
  });

  it('are none of the files of a history', () => {
    expect(temporaryVerdict(['/s/aaaaaaaaaa/history.3', '/s/aaaaaaaaaa/journal.7'], ports).state).toBe('ok');
    expect(setAsideVerdict(['/s/aaaaaaaaaa/history.3']).state).toBe('ok');
  });

  it('are not all named when they are many', () => {
    const paths = [2, 3, 4, 5].map((pid) => `/s/x.${pid}.tmp`);
    expect(temporaryVerdict(paths, ports).message).toBe(
      '4 temporary files or locks left by a stay that is gone: "/s/x.2.tmp", "/s/x.3.tmp", "/s/x.4.tmp" and 1 more.',
    );
  });
});

describe('files set aside', () => {
  it('are noted, and what removes them with their reasons', () => {
    expect(setAsideVerdict(['/s/a/journal.3']).state).toBe('ok');
    expect(setAsideVerdict(['/s/a/journal.3.bad-1', '/s/a/journal.3.bad-1.txt'])).toMatchObject({
      state: 'note',
      message: expect.stringMatching(/^1 damaged file set aside/),
      hint: 'Remove: rm /s/a/journal.3.bad-1 /s/a/journal.3.bad-1.txt',
    });
  });
});

describe('records', () => {
  it('that can be read are well', () => {
    expect(recordsVerdict([{ kind: 'record', id: 'a', record: sampleRecord() }], folderOf).state).toBe('ok');
  });

  it('that are damaged are a problem, with the reason', () => {
    expect(recordsVerdict([{ kind: 'unreadable', id: 'a', why: 'its checksum is wrong' }], folderOf)).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('"/s/a": its checksum is wrong'),
    });
  });

  it('that we may not read are not to be removed', () => {
    const entries = [{ kind: 'unreadable' as const, id: 'a', why: 'permission denied' }];
    expect(recordsVerdict(entries, folderOf).hint).toBe('Let yourself in: chmod -R u+rwX /s/a');
  });

  it('of a newer stay want that one', () => {
    const why = 'it was written by a newer stay (format 9)';
    expect(recordsVerdict([{ kind: 'newer', id: 'a', record: sampleRecord(), why }], folderOf)).toMatchObject({
      state: 'problem',
      message: expect.stringContaining(`"/s/a": ${why}`),
      hint: expect.stringContaining('newer'),
    });
  });
});

describe('folders without a record', () => {
  it('are noted; what is no folder of a session is not', () => {
    const options = { known: ['aaaaaaaaaa'], folderOf };
    expect(emptyFoldersVerdict(['aaaaaaaaaa', '.lock', 'other'], options).state).toBe('ok');
    expect(emptyFoldersVerdict(['aaaaaaaaaa', 'bbbbbbbbbb'], options)).toMatchObject({
      state: 'note',
      hint: 'If they stay, remove them: rm -r /s/bbbbbbbbbb',
    });
  });
});

describe('sockets', () => {
  it('of listed sessions are well', () => {
    expect(socketsVerdict([{ path: '/r/a.sock', use: 'listed' }]).state).toBe('ok');
    expect(socketsVerdict([]).state).toBe('ok');
  });

  it('that nobody listens on are noted', () => {
    expect(socketsVerdict([{ path: "/r/it's.sock", use: 'dead' }])).toMatchObject({
      state: 'note',
      hint: String.raw`Remove: rm '/r/it'\''s.sock'`,
    });
  });

  it('that had something in their place are noted, with where that is', () => {
    const verdict = socketsVerdict([
      { path: '/r/a.sock', use: 'listed' },
      { path: '/r/a.sock.bad-1', use: 'aside' },
    ]);
    expect(verdict).toMatchObject({ state: 'note', message: expect.stringContaining('"/r/a.sock.bad-1"') });
  });

  it('of a server without a record are a problem', () => {
    const verdict = socketsVerdict([
      { path: '/r/a.sock', use: 'dead' },
      { path: '/r/b.sock', use: 'stray' },
    ]);
    expect(verdict).toMatchObject({ state: 'problem', message: expect.stringContaining('"/r/b.sock"') });
  });
});
