// The server of one session, from its start to its end: wires program, emulator, files and socket together.

import { noActivity } from '../base/activity.ts';
import { firstHolderTimeoutMs, floodRead, memoryBound } from '../base/limits.ts';
import { messageOf } from '../base/stay-error.ts';
import { Emulator, type EmulatorOptions } from '../emulator/emulator.ts';
import { packHistory } from '../emulator/packed-history.ts';
import { systemClock } from '../platform/clock.ts';
import { quickCodec } from '../platform/compression.ts';
import { systemFiles } from '../platform/file-layer.ts';
import { remove } from '../platform/files.ts';
import { loginShell } from '../platform/find-command.ts';
import { openLog } from '../platform/log.ts';
import { sessionsFolder, socketPath } from '../platform/paths.ts';
import { bootId, foregroundOf, processStamp } from '../platform/processes.ts';
import { loadTerminals, readyTerminals } from '../platform/pty.ts';
import { collectGarbage, environment, leaveWorkingFolder, processId } from '../platform/runtime.ts';
import { answerStarter, readOrder } from '../platform/server-process.ts';
import { endProcess, handleServerSignals } from '../platform/server-signals.ts';
import { loadSockets } from '../platform/sockets.ts';
import { pieces } from '../protocol/frames.ts';
import { type Hello, protocolVersion } from '../protocol/messages.ts';
import { decodeOrder, failedAnswer, type SessionOrder, startedAnswer } from '../protocol/order.ts';
import { type Catalog, openCatalog } from '../storage/catalog.ts';
import { claimName } from '../storage/claim-name.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { Lifecycle } from './lifecycle.ts';
import { keepMemorySmall } from './memory-keeper.ts';
import { openPreviewBoard } from './preview-board.ts';
import { prepareProgram } from './program.ts';
import { programEnvironment } from './program-environment.ts';
import { Recording } from './recording.ts';
import { type FirstScreen, resumedEmulator, takeRecord } from './resume.ts';
import { Session } from './session.ts';
import { standingOf } from './session-standing.ts';
import { openStandingStatus, withStanding } from './standing-status.ts';
import { openStatusBoard } from './status-board.ts';

/** Runs the server of session `id` in this process. Tells its starter how the start went, and stays until the session ends. */
export async function serve(id: string, version: string): Promise<void> {
  try {
    await Promise.all([loadSockets(), loadTerminals()]);
    const text = readOrder();
    // Whoever started us early has no use for us, or is gone.
    if (text === '') endProcess(0);
    const order = decodeOrder(text);
    const onStarted = () => answerStarter(startedAnswer);
    await (order.isResume ? startAgain : start)(id, { order, version, onStarted });
  } catch (error) {
    answerStarter(failedAnswer(error));
    endProcess(1);
  }
}

interface Start {
  order: SessionOrder;
  version: string;
  /** Called once, when the session can be attached, and its program runs unless it waits for that. */
  onStarted(): void;
}

/** Starts a session that is there already; it stays as it was should that fail. */
async function startAgain(id: string, { order, ...start }: Start): Promise<void> {
  const catalog = openCatalog(sessionsFolder());
  const now = systemClock.now();
  const owner = { server: processStamp(processId), socket: socketPath(id), bootId: bootId() };
  const size = { cols: order.cols, rows: order.rows };
  const { before, record, command } = await catalog.exclusively(() =>
    takeRecord(catalog, { id, owner: { ...owner, ...size }, now, isAutomatic: order.isAutomatic }),
  );
  try {
    leaveWorkingFolder();
    await bringUp(catalog, {
      ...{ ...start, record, command, isAwaited: false },
      openScreen: (ports) => resumedEmulator(catalog.folderOf(id), { before, order, now }, ports),
    });
  } catch (error) {
    remove(record.socket);
    catalog.save(before);
    throw error;
  }
}

async function start(id: string, { order, ...start }: Start): Promise<void> {
  const catalog = openCatalog(sessionsFolder());
  const record = newRecord(id, order);
  await catalog.exclusively(() => {
    claimName(catalog, record.name);
    catalog.add(record);
  });
  try {
    leaveWorkingFolder();
    const { cols, rows, historyLines } = record;
    await bringUp(catalog, {
      ...{ ...start, record, command: record.command, isAwaited: order.isAwaited },
      openScreen: async (ports) => ({
        emulator: new Emulator({ cols, rows, historyLines, ...ports }),
        greeting: null,
        spoiled: null,
      }),
    });
  } catch (error) {
    remove(record.socket);
    catalog.remove(id);
    throw error;
  }
}

interface NewServer extends Omit<Start, 'order'> {
  record: SessionRecord;
  /** The argv to run this time. */
  command: readonly string[];
  isAwaited: boolean;
  openScreen(ports: Pick<EmulatorOptions, 'onReply' | 'onFault'>): Promise<FirstScreen>;
}

async function bringUp(
  catalog: Catalog,
  { record, command, version, isAwaited, onStarted, openScreen }: NewServer,
): Promise<void> {
  const log = openLog(catalog.logOf(record.id));
  const env = programEnvironment(environment, record.id, record.env);
  const startProgram = prepareProgram(command, { cwd: record.cwd, env });
  const { emulator, greeting, spoiled } = await openScreen({
    onReply: (bytes) => session.onReply(bytes),
    onFault: (error) => log(`emulator: ${messageOf(error)}`),
  });
  if (spoiled !== null) log(spoiled);
  const recording = await Recording.open(
    {
      folder: catalog.folderOf(record.id),
      files: systemFiles,
      clock: systemClock,
      emulator,
      historyLines: record.historyLines,
      historyBytes: record.historyBytes,
      log,
      onSynced: () => lifecycle.keepFacts(),
      onFailed: () => board.changed(),
      onRecovered: () => {
        lifecycle.save();
        board.changed();
      },
    },
    record,
  );
  const session: Session = new Session({
    record,
    emulator,
    recorder: recording,
    clock: systemClock,
    foreground: () => foregroundOf(record.program?.pid ?? 0),
    onHeld: () => {
      if (isAwaited) beginInFrontOfHolder();
    },
    onChange: ({ isLasting }) => {
      board.changed();
      previews.changed();
      // A program that is being started is not held up by the disk: the record is saved as soon as it runs.
      if (isLasting && !isStarting()) lifecycle.save();
    },
  });
  const memory = keepMemorySmall(systemClock, {
    pack: () => packHistory(emulator, { ...memoryBound.packing, codec: quickCodec }),
    collect: collectGarbage,
  });
  const hello: Hello = { protocol: protocolVersion, version, pid: processId };
  const standing = openStandingStatus(
    systemClock,
    standingOf({
      ...{ session, hello, log },
      isCwdTold: () => emulator.cwd !== undefined,
      isServing: () => lifecycle.isServing,
    }),
  );
  const board = withStanding(
    openStatusBoard(systemClock, () => session.status()),
    standing,
  );
  const previews = openPreviewBoard(systemClock, (size) => session.preview(size));
  const lifecycle: Lifecycle = new Lifecycle({ session, recording, board, previews, catalog, log, hello });
  handleServerSignals({
    onTerminate: () => lifecycle.terminate(),
    onSocketMissed: () => lifecycle.mendSocket(),
    onFault: log,
  });

  let begun: Promise<void> | null = null;
  const isStarting = () => begun !== null && record.program === null;
  /** Starts the program, once. */
  function begin(): Promise<void> {
    begun ??= run();
    return begun;
  }
  /** Of a session that is awaited: its starter has been answered, so a failure is told to whoever holds it. */
  function beginInFrontOfHolder(): void {
    begin().catch((error) => lifecycle.notStarted(error));
  }
  async function run(): Promise<void> {
    if (!lifecycle.isServing) return;
    const { size } = session;
    const pty = await startProgram({
      ...size,
      onOutput: (bytes) => {
        const most = session.holder?.pieceBytes ?? bytes.length;
        if (bytes.length <= most) session.onOutput(bytes);
        else for (const piece of pieces(bytes, most)) session.onOutput(piece);
        memory.used(bytes.length);
      },
      readsOn() {
        if (session.holder !== null) return 0;
        return emulator.hasScrolledBy ? floodRead.atOnce : floodRead.piece;
      },
      onExit: (exit) => lifecycle.programEnded(exit),
    });
    record.program = processStamp(pty.pid);
    session.run(pty, size);
    lifecycle.save();
    board.changed();
    if (!isAwaited) onStarted();
    // Painting a long history takes a while: hence after the answer, and yet before anything is shown, of which no line may
    // be missing in the journals: the event loop has not turned since the program started.
    recording.begin();
    if (greeting !== null) session.onOutput(greeting);
    lifecycle.watchForSteadiness();
    memory.used(0);
  }

  try {
    await lifecycle.listen();
    if (isAwaited) {
      systemClock.after(firstHolderTimeoutMs, beginInFrontOfHolder);
      onStarted();
      // While the client is on its way.
      readyTerminals().catch((error) => log(messageOf(error)));
    } else await begin();
  } catch (error) {
    await recording.abandon();
    throw error;
  }
}

function newRecord(id: string, order: SessionOrder): SessionRecord {
  const now = systemClock.now();
  return {
    id,
    name: order.name,
    command: order.command ?? loginShell(environment),
    cwd: order.cwd,
    env: order.env,
    cols: order.cols,
    rows: order.rows,
    createdAt: now,
    lastUsedAt: now,
    lastOutputAt: null,
    title: '',
    lastCwd: order.cwd,
    server: processStamp(processId),
    socket: socketPath(id),
    bootId: bootId(),
    program: null,
    exit: null,
    stop: null,
    restart: order.restart,
    resumeCommand: order.resumeCommand,
    isPrivate: order.isPrivate,
    isPinned: order.isPinned,
    historyLines: order.historyLines,
    historyBytes: order.historyBytes,
    startedAt: now,
    shortLives: 0,
    seenAt: now,
    activity: noActivity,
  };
}
