// A session with a real emulator and a program that is the test.

import { onTestFinished } from 'vitest';
import { Emulator } from '../../src/emulator/emulator.ts';
import { Session, type SessionOptions } from '../../src/session/session.ts';
import type { SessionRecord } from '../../src/storage/session-record.ts';
import { bytesOf } from './bytes.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FakePty, fakePty } from './fake-pty.ts';
import { sampleRecord } from './samples.ts';

export interface TestSession {
  session: Session;
  pty: FakePty;
  clock: FakeClock;
  /** The changes told so far: `lasting` or `passing`. */
  changes: string[];
  /** How often somebody came to hold it. */
  readonly holds: number;
  /** The program writes text. */
  print(text: string): void;
}

/** A running session of 20 columns and 5 rows. */
export function testSession(
  options: { isStarted?: boolean; record?: Partial<SessionRecord>; recorder?: SessionOptions['recorder'] } = {},
): TestSession {
  const clock = fakeClock();
  const pty = fakePty();
  const changes: string[] = [];
  let holds = 0;
  const size = { cols: 20, rows: 5 };
  const emulator = new Emulator({
    ...size,
    historyLines: 100,
    onReply: (bytes) => session.onReply(bytes),
    onFault: (error) => {
      throw error;
    },
  });
  onTestFinished(() => emulator.dispose());
  const session: Session = new Session({
    record: sampleRecord({ ...size, ...options.record }),
    emulator,
    clock,
    recorder: options.recorder,
    foreground: () => ({ program: 'vim', cwd: '/home/me/live' }),
    onHeld: () => void holds++,
    onChange: ({ isLasting }) => void changes.push(isLasting ? 'lasting' : 'passing'),
  });
  if (options.isStarted !== false) session.run(pty, session.size);
  return {
    session,
    pty,
    clock,
    changes,
    get holds() {
      return holds;
    },
    print: (text) => session.onOutput(bytesOf(text)),
  };
}
