// A session, its program, and two people in front of terminals of their own, for the lockstep property. All of it is real
// but the sockets, the program and the terminals, and nothing moves on before it is told to.

import { expect, vi } from 'vitest';
import { type AttachEnd, attach } from '../../src/client/attach.ts';
import { greet } from '../../src/client/link.ts';
import { Emulator } from '../../src/emulator/emulator.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { PtySize } from '../../src/platform/pty.ts';
import { Session } from '../../src/session/session.ts';
import { openStatusBoard } from '../../src/session/status-board.ts';
import { welcome } from '../../src/session/visitor.ts';
import { differences, hasBlankUnderPendingWrap } from '../emulator/differences.ts';
import { bytesOf } from '../support/bytes.ts';
import { type EmulatedTerminal, emulatedTerminal } from '../support/emulated-terminal.ts';
import { fakePty } from '../support/fake-pty.ts';
import { sampleRecord } from '../support/samples.ts';
import { openWire, type Wire } from '../support/wire.ts';
import { effectiveState, titlesOf } from './terminal-state.ts';

export type Step =
  | { kind: 'print'; bytes: Uint8Array }
  | { kind: 'flood' }
  | { kind: 'wait'; ms: number }
  | { kind: 'carry' }
  | { kind: 'check' }
  | { kind: 'resize'; who: number; size: PtySize }
  | { kind: 'attach' | 'detach' | 'blockWire' | 'trickle' | 'blockTerminal' | 'unblock' | 'answer'; who: number };

const hello = { protocol: 1, version: '0.1.0', pid: 1 };
const detachKeys = [{ notation: 'ctrl-\\', presses: [{ key: '\\', ctrl: true, alt: false, shift: false }] }];

/** What each terminal showed before: text, a title, and another one below it on the stack. */
const before = '\x1b]0;below\x07\x1b[22;0t\x1b]0;my terminal\x07some text\r\nprompt> stay\r\n';
const ownTitles = { current: 'my terminal', entries: ['below'] };

/** Facts that `expectLockstep` compares by what they come to: the terminal was used before, and is not new. */
const comparedByEffect = [
  'title',
  'titleStack',
  'icon',
  'iconStack',
  'cwd',
  'privateModes',
  'ansiModes',
  'savedModes',
  'keyModifiers',
  'cursorStyle',
  'palette',
  'special',
];

/** More than the program is held up for; of lines, so that it ends whatever was begun. */
const flood = bytesOf(
  `\x18\x1b[m${Array.from({ length: 36_000 }, (_, line) => `line ${line} of a flood of text\r\n`).join('')}`,
);

/** Milliseconds that a terminal takes to answer, or a wire to carry, at most. */
const waitStepMs = 100;

/** Rounds in which everything comes to rest; more is a loop. */
const maxRounds = 1000;

interface Person {
  terminal: EmulatedTerminal;
  wire: Wire | null;
  isAttached: boolean;
  /** The detach key was typed. */
  isLeaving: boolean;
  ends: AttachEnd[];
}

export class World {
  readonly #pty = fakePty();
  readonly #emulator: Emulator;
  readonly #session: Session;
  readonly #people: Person[];
  readonly #failures: unknown[] = [];
  /** Our emulator's answers, one for each question of the program. */
  readonly #answers: string[] = [];
  #areBlanksAlike = false;

  constructor(sizes: { session: PtySize; terminals: readonly PtySize[] }) {
    this.#emulator = new Emulator({
      ...sizes.session,
      historyLines: 100,
      onReply: (bytes) => {
        this.#answers.push(Buffer.from(bytes).toString());
        this.#session.onReply(bytes);
      },
      onFault: (error) => this.#failures.push(error),
    });
    const repaint = this.#emulator.repaint.bind(this.#emulator);
    this.#emulator.repaint = (options) => {
      this.#areBlanksAlike ||= hasBlankUnderPendingWrap(this.#emulator);
      return repaint(options);
    };
    this.#session = new Session({
      record: sampleRecord(sizes.session),
      emulator: this.#emulator,
      clock: systemClock,
      foreground: () => ({ program: null, cwd: null }),
      onHeld: () => {},
      onChange: () => {},
    });
    this.#session.run(this.#pty, this.#session.size);
    this.#people = sizes.terminals.map((size) => {
      const terminal = emulatedTerminal(size);
      terminal.screen.feed(bytesOf(before));
      return { terminal, wire: null, isAttached: false, isLeaving: false, ends: [] };
    });
  }

  async take(step: Step): Promise<void> {
    const person = 'who' in step ? this.#people[step.who]! : null;
    switch (step.kind) {
      case 'print':
        this.#session.onOutput(step.bytes);
        break;
      case 'flood':
        this.#session.onOutput(flood);
        await this.#wait(300);
        break;
      case 'wait':
        await this.#wait(step.ms);
        break;
      case 'carry':
        await this.#round();
        break;
      case 'check':
        await this.check();
        break;
      case 'attach':
        if (!person!.isAttached) this.#attach(person!);
        break;
      case 'detach':
        leave(person!);
        break;
      case 'resize':
        person!.terminal.resizeTo(step.size);
        break;
      case 'blockWire':
        if (person!.wire !== null) person!.wire.isBlocked = true;
        break;
      case 'trickle':
        person!.wire?.trickle();
        break;
      case 'blockTerminal':
        if (person!.isAttached) person!.terminal.block();
        break;
      case 'unblock':
        unblock(person!);
        break;
      case 'answer':
        person!.terminal.sendAnswers();
        break;
      default:
        step satisfies never;
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Lets everything come to rest and expects all that is promised then. */
  async check(): Promise<void> {
    await this.#settle();
    expect(this.#failures).toEqual([]);
    for (const person of this.#people) {
      if (person.isAttached) this.#expectLockstep(person.terminal);
      else expectRestored(person.terminal);
    }
    this.#expectAnswersOnce();
  }

  /** The program ends, with its holder attached; or everybody leaves. */
  async end(how: 'exit' | 'detach'): Promise<void> {
    await this.check();
    if (how === 'exit') {
      this.#session.onExit({ exitCode: 0, signal: null });
      this.#session.endHold();
    }
    const stayed = this.#people.filter(({ isAttached }) => isAttached);
    if (how === 'detach') for (const person of stayed) leave(person);
    await this.check();
    for (const { isAttached, terminal } of this.#people) {
      expect(isAttached).toBe(false);
      expect(terminal.unreadText, 'typed into the shell').toBe('');
    }
    for (const { terminal } of stayed) this.#expectLastScreen(terminal);
  }

  /** Also in the middle of something. */
  async dispose(): Promise<void> {
    for (const { wire } of this.#people) wire?.server.end();
    await this.#settle();
    this.#emulator.dispose();
    for (const { terminal } of this.#people) terminal.dispose();
  }

  #attach(person: Person): void {
    const wire = openWire();
    const board = openStatusBoard(systemClock, () => this.#session.status());
    const doings = { kill: async () => {}, rename: async () => {} };
    const log = (sentence: string) => void this.#failures.push(sentence);
    welcome(wire.server, { session: this.#session, board, doings, clock: systemClock, hello, log });
    person.wire = wire;
    person.isAttached = true;
    person.isLeaving = false;
    const link = greet(wire.client, hello);
    const { terminal } = person;
    attach({ link, terminal, detachKeys, from: null, inside: null, ifFree: false, replayLines: 50 }).then(
      (end) => {
        person.ends.push(end);
        person.isAttached = false;
      },
      (error) => this.#failures.push(error),
    );
  }

  /** Time goes by, for all who are not held up. */
  async #wait(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += waitStepMs) {
      while (await this.#round());
      await vi.advanceTimersByTimeAsync(waitStepMs);
    }
  }

  async #settle(): Promise<void> {
    for (const person of this.#people) unblock(person);
    let quiet = 0;
    for (let round = 0; quiet < 2; round++) {
      expect(round).toBeLessThan(maxRounds);
      if (await this.#round()) quiet = 0;
      else {
        // Sizes settle, held keys go on, and whoever waits for an answer gives up.
        await vi.advanceTimersByTimeAsync(600);
        quiet++;
      }
    }
  }

  async #round(): Promise<boolean> {
    let hasMoved = false;
    for (const { wire, terminal } of this.#people) {
      if (wire?.carry()) hasMoved = true;
      await vi.advanceTimersByTimeAsync(0);
      if (terminal.sendAnswers()) hasMoved = true;
    }
    await vi.advanceTimersByTimeAsync(0);
    return hasMoved;
  }

  #expectLockstep({ screen }: EmulatedTerminal): void {
    const areBlanksAlike = this.#areBlanksAlike;
    const found = differences(this.#emulator, screen, { except: comparedByEffect, historyLines: 0, areBlanksAlike });
    expect(found, 'lockstep').toEqual([]);
    expect(effectiveState(screen), 'lockstep').toEqual(effectiveState(this.#emulator));
    expect(titlesOf(screen, ownTitles), 'titles').toEqual(titlesOf(this.#emulator, null));
  }

  #expectAnswersOnce(): void {
    const given = this.#pty.typed.split(/(?=\x1b[[P\]])/).filter((text) => text !== '');
    expect(given.map(shapeOf).sort(), 'answers').toEqual(this.#answers.map(shapeOf).sort());
  }

  /** What the program left on the normal screen stands above the prompt. */
  #expectLastScreen({ screen }: EmulatedTerminal): void {
    const { endRow } = this.#emulator;
    const { ybase, y, x } = screen.parts.core.buffers.active;
    expect(x).toBe(0);
    const lines = screen.textLines({ historyLines: ybase }).slice(ybase + y - endRow, ybase + y);
    const { normal } = this.#emulator.parts.core.buffers;
    const left = Array.from({ length: endRow }, (_, row) =>
      normal.lines.get(normal.ybase + row)!.translateToString(true),
    );
    expect(lines.map((line) => line.trimEnd())).toEqual(left.map((line) => line.trimEnd()));
  }
}

function leave(person: Person): void {
  if (!person.isAttached || person.isLeaving) return;
  person.isLeaving = true;
  person.terminal.type('\x1c');
}

function unblock({ wire, terminal }: Person): void {
  if (wire !== null) wire.isBlocked = false;
  terminal.unblock();
}

function expectRestored({ screen }: EmulatedTerminal): void {
  const untouched = new Emulator({ cols: screen.cols, rows: screen.rows, historyLines: 0, onReply() {}, onFault() {} });
  expect(effectiveState(screen), 'restored').toEqual(effectiveState(untouched));
  expect(titlesOf(screen, null), 'titles restored').toEqual({ window: ownTitles, icon: ownTitles });
  untouched.dispose();
}

/** The kind of an answer, without its values. */
function shapeOf(answer: string): string {
  const [, prefix, final] = /^\x1b\[([?>=]?)[\d;]*(.*)$/.exec(answer) ?? [];
  return final === undefined ? answer.slice(1, 5) : `CSI ${prefix} ${final}`;
}
