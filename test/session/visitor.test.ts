import { describe, expect, it } from 'vitest';
import { previewIntervalMs, statusIntervalMs } from '../../src/base/limits.ts';
import { StayError } from '../../src/base/stay-error.ts';
import type { AttachRequest, Reply, Request, ScreenPreview } from '../../src/protocol/messages.ts';
import { openPreviewBoard } from '../../src/session/preview-board.ts';
import { openStatusBoard } from '../../src/session/status-board.ts';
import { type ServerDoings, welcome } from '../../src/session/visitor.ts';
import { bytesOf, textOf } from '../support/bytes.ts';
import { type FakeConnection, fakeConnection, repliesOn, sendRequests } from '../support/fake-connection.ts';
import { type TestSession, testSession } from '../support/test-session.ts';

const hello = { protocol: 1, version: '0.1.0', pid: 99 };
const ask = (kind: 'status' | 'watch' | 'detach' | 'release' | 'kill'): Request => ({ kind, body: {} });

function attachRequest(changes: Partial<AttachRequest> = {}): Request {
  return {
    kind: 'attach',
    body: {
      cols: 20,
      rows: 5,
      tty: '/dev/pts/3',
      from: null,
      inside: null,
      ifFree: false,
      replayLines: 10,
      ...changes,
    },
  };
}

interface Server extends TestSession {
  doings: ServerDoings;
  board: ReturnType<typeof openStatusBoard>;
  previews: ReturnType<typeof openPreviewBoard>;
  logged: string[];
  /** A client that has connected and, unless told otherwise, said hello. */
  visit(greeting?: Request | null): FakeConnection;
}

function server(): Server {
  const test = testSession();
  const board = openStatusBoard(test.clock, () => test.session.status());
  const previews = openPreviewBoard(test.clock, (size) => test.session.preview(size));
  const logged: string[] = [];
  const doings: ServerDoings = {
    kill: async () => {},
    rename: async (name) => test.session.rename(name),
    configure: async (traits) => test.session.configure(traits),
    forgetHistory: async () => test.session.forgetHistory(),
  };
  function visit(greeting: Request | null = { kind: 'hello', body: hello }): FakeConnection {
    const connection = fakeConnection();
    welcome(connection, {
      session: test.session,
      board,
      previews,
      doings,
      clock: test.clock,
      hello: { ...hello, pid: 1 },
      log: (sentence) => logged.push(sentence),
    });
    if (greeting !== null) sendRequests(connection, greeting);
    return connection;
  }
  return { ...test, board, previews, doings, logged, visit };
}

/** What was said to the client after the greeting. */
const said = (connection: FakeConnection): Reply[] => repliesOn(connection).slice(1);
const pictures = (connection: FakeConnection): ScreenPreview[] =>
  said(connection).flatMap((reply) => (reply.kind === 'preview' ? [reply.body] : []));
const watchScreen = (cols: number, rows: number): Request => ({ kind: 'watchScreen', body: { cols, rows } });
const kinds = (connection: FakeConnection): string[] => said(connection).map(({ kind }) => kind);

describe('the greeting', () => {
  it('comes first, unasked', () => {
    const connection = server().visit(null);
    expect(repliesOn(connection)).toEqual([{ kind: 'hello', body: { ...hello, pid: 1 } }]);
  });

  it.each<Request>([
    { kind: 'hello', body: { ...hello, protocol: 2 } },
    { kind: 'status', body: {} },
    { kind: 'kill', body: {} },
  ])('is refused with a reason when it is $kind $body, and what follows is not heard', (greeting) => {
    const { visit, session } = server();
    const connection = visit(null);
    sendRequests(connection, greeting, { kind: 'hello', body: hello }, attachRequest());
    expect(said(connection)).toMatchObject([{ kind: 'failed', body: { code: 'connectionLost' } }]);
    expect(connection.state).toBe('ended');
    expect(session.holder).toBeNull();
  });

  it('may be followed by requests in the same read', () => {
    const connection = server().visit(null);
    sendRequests(connection, { kind: 'hello', body: hello }, ask('status'));
    expect(kinds(connection)).toEqual(['status']);
  });
});

describe('attaching', () => {
  it('is answered, then the screen is painted, then output follows', () => {
    const { visit, session, print } = server();
    print('hello');
    const connection = visit();
    sendRequests(connection, attachRequest());
    print(' world');
    expect(kinds(connection)).toEqual(['attached', 'restoration', 'output', 'output']);
    expect(said(connection)[0]).toEqual({ kind: 'attached', body: { id: 'abcdefghij', name: 'work', canCover: true } });
    expect(session.status().attached).toMatchObject({ tty: '/dev/pts/3', pid: 99 });
  });

  it('takes the session from its holder, who is told by whom and let go', () => {
    const { visit, session } = server();
    const [old, present] = [visit(), visit()];
    sendRequests(old, attachRequest());
    sendRequests(present, attachRequest({ tty: '/dev/pts/8', from: '192.0.2.9' }));
    expect(said(old).at(-1)).toMatchObject({
      kind: 'left',
      body: { left: { reason: 'takenOver', by: { tty: '/dev/pts/8', from: '192.0.2.9', pid: 99 } } },
    });
    expect(old.state).toBe('ended');
    expect(session.status().attached?.tty).toBe('/dev/pts/8');
  });

  it('only if it is free is refused while somebody holds it, who is not disturbed', () => {
    const { visit, session } = server();
    const [present, polite] = [visit(), visit()];
    sendRequests(present, attachRequest());
    const heard = present.writes.length;
    sendRequests(polite, attachRequest({ ifFree: true }));
    expect(said(polite)).toMatchObject([
      { kind: 'failed', body: { code: 'busy', message: 'Cannot attach "work": /dev/pts/3 holds it' } },
    ]);
    expect(polite.state).toBe('ended');
    expect(present.writes).toHaveLength(heard);
    expect(session.status().attached?.tty).toBe('/dev/pts/3');
  });

  it('only if it is free succeeds when it is', () => {
    const { visit } = server();
    const connection = visit();
    sendRequests(connection, attachRequest({ ifFree: true }));
    expect(kinds(connection)[0]).toBe('attached');
  });

  it('lets the holder type, resize and leave', () => {
    const { visit, session, pty } = server();
    const connection = visit();
    sendRequests(
      connection,
      attachRequest(),
      { kind: 'input', body: bytesOf('ls\r') },
      { kind: 'resize', body: { cols: 30, rows: 8 } },
    );
    expect(pty.typed).toBe('ls\r');
    expect(pty.sizes).toEqual([{ cols: 30, rows: 8 }]);
    sendRequests(connection, ask('detach'));
    expect(said(connection).at(-1)).toMatchObject({ kind: 'left', body: { left: { reason: 'detached' } } });
    expect(session.holder).toBeNull();
  });

  it('does not wait for a client that takes nothing', () => {
    const { visit, session, print } = server();
    const frozen = visit();
    frozen.isSlow = true;
    sendRequests(frozen, attachRequest());
    for (let count = 0; count < 100; count++) print('x'.repeat(100_000));
    const quick = visit();
    sendRequests(quick, attachRequest({ tty: '/dev/pts/8' }));
    expect(session.status().attached?.tty).toBe('/dev/pts/8');
    // Hello, attached, what would undo the paint that is kept for later, and why it had to go.
    expect(repliesOn(frozen).map(({ kind }) => kind)).toEqual(['hello', 'attached', 'restoration', 'left']);
  });

  it('ends when the connection does', () => {
    const { visit, session } = server();
    const connection = visit();
    sendRequests(connection, attachRequest());
    connection.close();
    expect(session.holder).toBeNull();
  });

  it('by another is not ended when the connection of one who held it before does', () => {
    const { visit, session } = server();
    const [old, present] = [visit(), visit()];
    sendRequests(old, attachRequest());
    sendRequests(present, attachRequest({ tty: '/dev/pts/8' }));
    old.close();
    expect(session.status().attached?.tty).toBe('/dev/pts/8');
  });
});

describe('a visitor who does not hold the session', () => {
  it('cannot type, resize or detach', () => {
    const { visit, session, pty } = server();
    const holder = visit();
    sendRequests(holder, attachRequest());
    const other = visit();
    sendRequests(
      other,
      { kind: 'input', body: bytesOf('x') },
      { kind: 'resize', body: { cols: 9, rows: 9 } },
      ask('detach'),
    );
    expect(pty).toMatchObject({ typed: '', sizes: [] });
    expect(session.holder).not.toBeNull();
    expect(said(other)).toEqual([]);
  });

  it('is told the status', () => {
    const { visit, session } = server();
    const connection = visit();
    sendRequests(connection, ask('status'));
    expect(said(connection)).toEqual([{ kind: 'status', body: session.status() }]);
  });

  it('can have the holder detached', () => {
    const { visit, session } = server();
    const [holder, other] = [visit(), visit()];
    sendRequests(holder, attachRequest());
    sendRequests(other, ask('release'));
    expect(said(holder).at(-1)).toMatchObject({ kind: 'left', body: { left: { reason: 'released' } } });
    expect(kinds(other)).toEqual(['done']);
    expect(session.holder).toBeNull();
  });

  it('sees the screen as text, then what else there is to know', () => {
    const { visit, session, print } = server();
    print('one\r\n\x1b[31mtwo');
    const connection = visit();
    sendRequests(connection, { kind: 'peek', body: { historyLines: 0, isAnsi: false } });
    const [lines, screen] = said(connection);
    expect(textOf(lines!.body as Uint8Array)).toBe('one\ntwo\n\n\n\n');
    expect(screen).toMatchObject({ kind: 'screen', body: { cols: 20, rows: 5, historyLines: 0 } });
    expect(session.holder).toBeNull();
  });

  it('hears of changes, not more often than one can read, until it goes', () => {
    const { visit, session, clock, board } = server();
    const connection = visit();
    sendRequests(connection, ask('watch'));
    for (const name of ['a', 'b', 'c']) {
      session.rename(name);
      board.changed();
    }
    clock.advance(statusIntervalMs);
    expect(said(connection).map(({ body }) => (body as { name: string }).name)).toEqual(['work', 'c']);
    connection.close();
    board.changed();
    clock.advance(statusIntervalMs);
    expect(kinds(connection)).toHaveLength(2);
  });

  it('that is frozen is not sent news without end', () => {
    const { visit, clock, board } = server();
    const connection = visit();
    connection.isSlow = true;
    sendRequests(connection, ask('watch'));
    for (let count = 0; count < 1_000; count++) {
      board.changed();
      clock.advance(statusIntervalMs);
    }
    expect(said(connection).length).toBeLessThan(3);
    connection.drain();
    expect(kinds(connection).at(-1)).toBe('status');
  });

  it('is shown the screen in the size it wants, now and after every change, and disturbs nobody', () => {
    const { visit, session, clock, print, previews, pty } = server();
    const holder = visit();
    sendRequests(holder, attachRequest());
    print('one\r\n\x1b[31mtwo');
    const heard = holder.writes.length;
    const connection = visit();
    sendRequests(connection, watchScreen(20, 5));
    print('\r\nthree');
    previews.changed();
    clock.advance(previewIntervalMs);
    expect(pictures(connection)).toEqual([
      { lines: ['one', '\x1b[0;31mtwo\x1b[0m', '', '', ''], cols: 20, rows: 5, cursor: { col: 3, row: 1 } },
      {
        lines: ['one', '\x1b[0;31mtwo\x1b[0m', '\x1b[0;31mthree\x1b[0m', '', ''],
        cols: 20,
        rows: 5,
        cursor: { col: 5, row: 2 },
      },
    ]);
    sendRequests(connection, watchScreen(4, 1));
    expect(pictures(connection).at(-1)?.lines).toEqual(['\x1b[0;31mree\x1b[0m']);
    print('!');
    previews.changed();
    clock.advance(previewIntervalMs);
    expect(pictures(connection).at(-1)?.lines).toEqual(['\x1b[0;31mee!\x1b[0m']);
    // The holder was sent what the program printed, and nothing else.
    expect(holder.writes).toHaveLength(heard + 2);
    expect(session.status().attached?.tty).toBe('/dev/pts/3');
    expect(pty.sizes).toEqual([]);
  });

  it('is not shown the same screen twice, unless it asks', () => {
    const { visit, clock, print, previews } = server();
    const connection = visit();
    sendRequests(connection, watchScreen(10, 2));
    print('\x1b]2;a title\x07\x07');
    previews.changed();
    clock.advance(previewIntervalMs);
    expect(pictures(connection)).toHaveLength(1);
    sendRequests(connection, watchScreen(10, 2));
    expect(pictures(connection)).toHaveLength(2);
  });

  it('may want any size', () => {
    const { visit } = server();
    const connection = visit();
    for (const wanted of [0, -1, 0.5, 1e9, Number.POSITIVE_INFINITY])
      sendRequests(connection, watchScreen(wanted, wanted));
    expect(pictures(connection).map(({ lines }) => lines.length)).toEqual([1, 1, 1, 5, 5]);
  });

  it('that watches the screen and is frozen is not sent pictures without end, and sees the last one', () => {
    const { visit, clock, print, previews } = server();
    const connection = visit();
    connection.isSlow = true;
    sendRequests(connection, watchScreen(20, 5));
    for (let count = 0; count < 1_000; count++) {
      print(`\r\n${count}`);
      previews.changed();
      if (count % 10 === 0) sendRequests(connection, watchScreen(20, 5));
      clock.advance(previewIntervalMs);
    }
    expect(pictures(connection)).toHaveLength(1);
    connection.drain();
    expect(pictures(connection).at(-1)?.lines.at(-1)).toBe('999');
  });

  it('sees the last screen before the server goes', () => {
    const { visit, previews, print } = server();
    const connection = visit();
    sendRequests(connection, watchScreen(20, 5));
    print('last words');
    previews.close();
    expect(pictures(connection).at(-1)?.lines[0]).toBe('last words');
    expect(connection.state).toBe('ended');
  });

  it('hears the last status before the server goes', () => {
    const { visit, session, board } = server();
    const connection = visit();
    sendRequests(connection, ask('watch'));
    session.onExit({ exitCode: 3, signal: null });
    board.close();
    expect(said(connection).at(-1)).toMatchObject({ body: { state: 'exited', exitCode: 3 } });
    expect(connection.state).toBe('ended');
  });
});

describe('what concerns the whole server', () => {
  it('is done, and said so once it is', async () => {
    const { visit, doings, session } = server();
    const { promise, resolve } = Promise.withResolvers<void>();
    doings.kill = () => promise;
    const connection = visit();
    sendRequests(connection, ask('kill'), { kind: 'rename', body: { name: 'play' } });
    await expect.poll(() => session.record.name).toBe('play');
    await expect.poll(() => kinds(connection)).toEqual(['done']);
    resolve();
    await expect.poll(() => kinds(connection)).toEqual(['done', 'done']);
  });

  it('is refused in the words of whoever refuses', async () => {
    const { visit, doings } = server();
    doings.rename = async () => {
      throw new StayError('cannotCreate', 'Cannot name a session "x": taken', { hint: 'Take another' });
    };
    doings.kill = async () => {
      throw new Error('odd');
    };
    const connection = visit();
    sendRequests(connection, { kind: 'rename', body: { name: 'x' } }, ask('kill'));
    await expect
      .poll(() => said(connection))
      .toEqual([
        {
          kind: 'failed',
          body: { code: 'cannotCreate', message: 'Cannot name a session "x": taken', hint: 'Take another' },
        },
        { kind: 'failed', body: { code: 'internal', message: 'odd', hint: undefined } },
      ]);
  });
});

it('drops a client that sends what cannot be read, says so in the log, and the session goes on', () => {
  const { visit, session, logged } = server();
  const [holder, broken] = [visit(), visit()];
  sendRequests(holder, attachRequest());
  broken.receive(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1));
  expect(broken.state).toBe('destroyed');
  expect(logged).toEqual([expect.stringMatching(/^a client sent what cannot be read: ./)]);
  expect(session.holder).not.toBeNull();
});
