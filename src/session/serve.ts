// The server of one session, from its start to its end: wires program, emulator, files and socket together.

import { join } from 'node:path/posix';
import { firstHolderTimeoutMs, historyLines } from '../base/limits.ts';
import { messageOf } from '../base/stay-error.ts';
import { Emulator } from '../emulator/emulator.ts';
import { systemClock } from '../platform/clock.ts';
import { remove } from '../platform/files.ts';
import { loginShell } from '../platform/find-command.ts';
import { openLog } from '../platform/log.ts';
import { sessionsFolder, socketPath } from '../platform/paths.ts';
import { bootId, foregroundOf, processStamp } from '../platform/processes.ts';
import { environment, leaveWorkingFolder, processId } from '../platform/runtime.ts';
import { answerStarter, readOrder } from '../platform/server-process.ts';
import { endProcess, handleServerSignals } from '../platform/server-signals.ts';
import { decodeOrder, failedAnswer, type SessionOrder, startedAnswer } from '../protocol/order.ts';
import { type Catalog, openCatalog } from '../storage/catalog.ts';
import { claimName } from '../storage/claim-name.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { Lifecycle } from './lifecycle.ts';
import { prepareProgram } from './program.ts';
import { programEnvironment } from './program-environment.ts';
import { Session } from './session.ts';
import { openStatusBoard } from './status-board.ts';

/** Runs the server of session `id` in this process. Tells its starter how the start went, and stays until the session ends. */
export async function serve(id: string, version: string): Promise<void> {
  try {
    await start(id, { order: decodeOrder(readOrder()), version });
    answerStarter(startedAnswer);
  } catch (error) {
    answerStarter(failedAnswer(error));
    endProcess(1);
  }
}

async function start(id: string, { order, version }: { order: SessionOrder; version: string }): Promise<void> {
  const catalog = openCatalog(sessionsFolder());
  const record = newRecord(id, order);
  await catalog.exclusively(() => {
    claimName(catalog, record.name);
    catalog.add(record);
  });
  try {
    leaveWorkingFolder();
    await bringUp(catalog, { record, version, isAwaited: order.isAwaited });
  } catch (error) {
    remove(record.socket);
    catalog.remove(id);
    throw error;
  }
}

interface NewServer {
  record: SessionRecord;
  version: string;
  isAwaited: boolean;
}

async function bringUp(catalog: Catalog, { record, version, isAwaited }: NewServer): Promise<void> {
  const log = openLog(join(catalog.folderOf(record.id), 'server.log'));
  const env = programEnvironment(environment, record.id, record.env);
  const startProgram = prepareProgram(record.command, { cwd: record.cwd, env });
  const emulator = new Emulator({
    cols: record.cols,
    rows: record.rows,
    historyLines,
    onReply: (bytes) => session.onReply(bytes),
    onFault: (error) => log(`emulator: ${messageOf(error)}`),
  });
  const session: Session = new Session({
    record,
    emulator,
    clock: systemClock,
    foreground: () => foregroundOf(record.program?.pid ?? 0),
    onHeld: () => void begin().catch((error) => lifecycle.notStarted(error)),
    onChange: ({ isLasting }) => {
      board.changed();
      if (isLasting) lifecycle.save();
    },
  });
  const board = openStatusBoard(systemClock, () => session.status());
  const lifecycle: Lifecycle = new Lifecycle({ session, emulator, board, catalog, log, version });
  handleServerSignals({ onTerminate: () => lifecycle.terminate(), onFault: log });

  let begun: Promise<void> | null = null;
  /** Starts the program, once. */
  function begin(): Promise<void> {
    begun ??= run();
    return begun;
  }
  async function run(): Promise<void> {
    if (!lifecycle.isServing) return;
    const { size } = session;
    const pty = await startProgram({
      ...size,
      onOutput: (bytes) => session.onOutput(bytes),
      onExit: (exit) => lifecycle.programEnded(exit),
    });
    record.program = processStamp(pty.pid);
    session.run(pty, size);
    lifecycle.save();
  }

  await lifecycle.listen();
  if (isAwaited)
    systemClock.after(firstHolderTimeoutMs, () => void begin().catch((error) => lifecycle.notStarted(error)));
  else await begin();
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
  };
}
