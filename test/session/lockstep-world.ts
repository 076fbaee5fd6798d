// A session, its program, and people in front of terminals, for the lockstep property. All of it is real but the sockets,
// the program and the terminals, which are emulators themselves; and nothing moves on before it is told to.

import { expect, vi } from 'vitest';
import { answerDueMs } from '../../src/base/limits.ts';
import type { WantedLook } from '../../src/client/shown-look.ts';
import { Emulator } from '../../src/emulator/emulator.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { PtySize } from '../../src/platform/pty.ts';
import type { ByteConnection } from '../../src/platform/sockets.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';
import { openPreviewBoard } from '../../src/session/preview-board.ts';
import { Session } from '../../src/session/session.ts';
import { openStatusBoard } from '../../src/session/status-board.ts';
import { welcome } from '../../src/session/visitor.ts';
import { hasBlankUnderPendingWrap } from '../emulator/differences.ts';
import { bytesOf } from '../support/bytes.ts';
import { fakePty } from '../support/fake-pty.ts';
import { sampleRecord } from '../support/samples.ts';
import { newPerson, type Person } from './lockstep-person.ts';
import {
  expectAnswersOnce,
  expectLastScreen,
  expectLockstep,
  expectRestored,
  sessionName,
} from './lockstep-promises.ts';

/** What somebody, or what is theirs, does. `carry`: what is under way moves on, for everybody. */
export type Deed =
  | 'attach'
  | 'list'
  | 'back'
  | 'leave'
  | 'lose'
  | 'blockWire'
  | 'trickle'
  | 'blockTerminal'
  | 'unblock'
  | 'answer'
  | 'carry';

export type Step =
  | { kind: 'print'; bytes: Uint8Array }
  | { kind: 'flood' }
  | { kind: 'wait'; ms: number }
  | { kind: 'check' }
  | { kind: 'resize'; who: number; size: PtySize }
  | { kind: 'do'; who: number; deed: Deed };

const hello = { protocol: protocolVersion, version: '0.1.0', pid: 1 };

/** More than the program is held up for; of lines, so that it ends whatever was begun. */
const flood = bytesOf(
  `\x18\x1b[m${Array.from({ length: 36_000 }, (_, line) => `line ${line} of a flood of text\r\n`).join('')}`,
);

/** Milliseconds that a terminal takes to answer, or a wire to carry, at most. */
const waitStepMs = 100;

/** Milliseconds in which sizes settle, held keys go on, and whoever waits for a late answer gives up. */
const restMs = 600;

/** Rounds in which everything comes to rest; more is a loop. */
const maxRounds = 1000;

export class World {
  readonly #pty = fakePty();
  readonly #emulator: Emulator;
  readonly #session: Session;
  readonly #people: readonly Person[];
  readonly #faults: unknown[] = [];
  /** Our emulator's answers, one for each question of the program. */
  readonly #answers: string[] = [];
  #areBlanksAlike = false;
  /** For how long somebody has been held up. */
  #heldUpMs = 0;
  /** A question was so long on its way that whoever asked has given up. */
  #mayMissAnswers = false;

  constructor(sizes: { session: PtySize; terminals: readonly { size: PtySize; look: WantedLook }[] }) {
    const onFault = (error: unknown) => void this.#faults.push(error);
    this.#emulator = new Emulator({
      ...sizes.session,
      historyLines: 100,
      onReply: (bytes) => {
        this.#answers.push(Buffer.from(bytes).toString());
        this.#session.onReply(bytes);
      },
      onFault,
    });
    const repaint = this.#emulator.repaint.bind(this.#emulator);
    this.#emulator.repaint = (options) => {
      this.#areBlanksAlike ||= hasBlankUnderPendingWrap(this.#emulator);
      return repaint(options);
    };
    this.#session = new Session({
      record: sampleRecord({ ...sizes.session, name: sessionName }),
      emulator: this.#emulator,
      clock: systemClock,
      foreground: () => ({ program: null, cwd: null }),
      onHeld: () => {},
      onChange: () => {},
    });
    this.#session.run(this.#pty, this.#session.size);
    this.#people = sizes.terminals.map((one) => newPerson(one, onFault));
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'print':
        this.#session.onOutput(step.bytes);
        break;
      case 'flood':
        this.#session.onOutput(flood);
        await this.#wait(3 * waitStepMs);
        break;
      case 'wait':
        await this.#wait(step.ms);
        break;
      case 'check':
        await this.check();
        break;
      case 'resize':
        this.#people[step.who]!.terminal.resizeTo(step.size);
        break;
      case 'do':
        await this.#do(this.#people[step.who]!, step.deed);
        break;
      default:
        step satisfies never;
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Lets everything come to rest and expects all that is promised then. */
  async check(): Promise<void> {
    await this.#settle();
    expect(this.#faults).toEqual([]);
    for (const { isAttached, isListing, terminal } of this.#people) {
      if (isAttached && !isListing)
        expectLockstep(this.#emulator, terminal.screen, { areBlanksAlike: this.#areBlanksAlike });
      else expectRestored(terminal.screen);
    }
    expectAnswersOnce(this.#pty.typed, this.#answers, { mayMiss: this.#mayMissAnswers });
  }

  /** The program ends, or everybody leaves; and what is promised then. */
  async end(how: 'exit' | 'leave'): Promise<void> {
    await this.check();
    const stayed = this.#people.filter(({ isAttached }) => isAttached);
    if (how === 'exit') {
      this.#session.onExit({ exitCode: 0, signal: null });
      this.#session.endHold();
    } else {
      // What nobody has looked at since the list is not shown for the leaving either.
      for (const person of stayed) person.back();
      await this.check();
      for (const person of stayed) person.leave();
    }
    await this.check();
    for (const { isAttached, terminal } of this.#people) {
      expect(isAttached).toBe(false);
      expect(terminal.unreadText, 'typed into the shell').toBe('');
    }
    for (const { terminal } of stayed) expectLastScreen(this.#emulator, terminal.screen);
  }

  /** Also in the middle of something. */
  async dispose(): Promise<void> {
    for (const person of this.#people) person.unblock();
    for (const person of this.#people) person.lose();
    await this.#settle();
    this.#emulator.dispose();
    for (const { terminal } of this.#people) terminal.dispose();
  }

  async #do(person: Person, deed: Deed): Promise<void> {
    switch (deed) {
      case 'attach':
        return person.attach((connection) => this.#welcome(connection));
      case 'blockTerminal':
        if (person.isAttached) person.terminal.block();
        return;
      case 'answer':
        person.terminal.sendAnswers();
        return;
      case 'carry':
        await this.#round();
        return;
      default:
        person[deed]();
    }
  }

  #welcome(connection: ByteConnection): void {
    const board = openStatusBoard(systemClock, () => this.#session.status());
    const doings = {
      kill: async () => {},
      rename: async () => {},
      configure: async () => {},
      forgetHistory: async () => {},
    };
    const previews = openPreviewBoard(systemClock, (size) => this.#session.preview(size));
    const log = (sentence: string) => void this.#faults.push(sentence);
    welcome(connection, { session: this.#session, board, previews, doings, clock: systemClock, hello, log });
  }

  /** Time goes by, for all who are not held up. */
  async #wait(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += waitStepMs) {
      while (await this.#round());
      await vi.advanceTimersByTimeAsync(waitStepMs);
    }
    if (this.#people.some(({ isHeldUp }) => isHeldUp)) this.#heldUpMs += ms;
    if (this.#heldUpMs + waitStepMs > answerDueMs) this.#mayMissAnswers = true;
  }

  async #settle(): Promise<void> {
    for (const person of this.#people) person.unblock();
    this.#heldUpMs = 0;
    let restCount = 0;
    for (let round = 0; restCount < 2; round++) {
      expect(round).toBeLessThan(maxRounds);
      if (await this.#round()) restCount = 0;
      else {
        await vi.advanceTimersByTimeAsync(restMs);
        restCount++;
      }
    }
  }

  async #round(): Promise<boolean> {
    let hasMoved = false;
    for (const { carry, terminal } of this.#people) {
      if (carry()) hasMoved = true;
      await vi.advanceTimersByTimeAsync(0);
      if (terminal.sendAnswers()) hasMoved = true;
    }
    await vi.advanceTimersByTimeAsync(0);
    return hasMoved;
  }
}
