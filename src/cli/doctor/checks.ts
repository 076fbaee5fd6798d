// All checks, over this machine as it is. Looks, asks, and changes nothing.

import { shellQuote } from '../../base/shell-quote.ts';
import { StayError } from '../../base/stay-error.ts';
import { listFolder } from '../../platform/files.ts';
import { findCommand } from '../../platform/find-command.ts';
import { isHolderDead } from '../../platform/lock.ts';
import { type LoginFacts, loginFacts } from '../../platform/login-manager.ts';
import { diskFacts, entriesBelow, folderFacts, userId } from '../../platform/path-facts.ts';
import { runtimePlaces, statePlaces } from '../../platform/paths.ts';
import { isRunning } from '../../platform/processes.ts';
import { sessionVariable } from '../../platform/session-processes.ts';
import type { RunTool } from '../../platform/system-tool.ts';
import { findTerminfo } from '../../platform/terminfo.ts';
import { protocolVersion } from '../../protocol/messages.ts';
import { openCatalog } from '../../storage/catalog.ts';
import { version } from '../../version.ts';
import { recordsOf } from '../known-sessions.ts';
import { loadSettings } from '../load-settings.ts';
import { type Check, ok, problem, type Verdict } from './finding.ts';
import * as folders from './folders.ts';
import * as leftovers from './leftovers.ts';
import * as logout from './logout.ts';
import { hasServer, probeServers, probeSockets } from './probe.ts';
import * as servers from './servers.ts';
import * as terminal from './terminal.ts';

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  runTool: RunTool;
  /** '/' but in tests. */
  root?: string;
}

/** Every check there is, in the order in which they are told. */
export function allChecks(surroundings: Surroundings): Check[] {
  return [
    ...folderChecks(surroundings),
    ...logoutChecks(surroundings),
    ...terminalChecks(surroundings),
    ...leftoverChecks(surroundings),
    ...serverChecks(surroundings),
    { id: 'settings', examine: () => settingsVerdict() },
  ];
}

function folderChecks({ env }: Surroundings): Check[] {
  const { state, sessions } = statePlaces(env);
  const { base, folder } = runtimePlaces(env);
  const files = { holds: 'sessions', variable: 'STAY_STATE_DIR', user: userId };
  const sockets = { holds: 'sockets', variable: 'STAY_RUNTIME_DIR', user: userId };
  const check = (id: string, path: string, role: folders.FolderRole): Check => ({
    id,
    examine: () => folders.folderVerdict(folderFacts(path), role),
  });
  return [
    check('state-folder', state, files),
    check('sessions-folder', sessions, files),
    {
      id: 'session-files',
      examine: () => folders.contentsVerdict(entriesBelow(sessions), { folder: sessions, user: userId }),
    },
    { id: 'state-disk', examine: () => folders.diskVerdict(diskFacts(state), state) },
    { id: 'runtime-variable', examine: () => folders.runtimeBaseVerdict(env, folder) },
    ...(base === null ? [] : [check('runtime-base', base, sockets)]),
    check('runtime-folder', folder, sockets),
    { id: 'runtime-disk', examine: () => folders.diskVerdict(diskFacts(folder), folder) },
    { id: 'socket-length', examine: () => folders.socketLengthVerdict(`${folder}/${'x'.repeat(10)}.sock`) },
  ];
}

function logoutChecks({ env, runTool, root }: Surroundings): Check[] {
  const login = once((): Promise<LoginFacts> => loginFacts({ env, runTool, root }));
  const canRun = () => findCommand('systemd-run', { cwd: '/', path: env.PATH ?? '' }).kind === 'found';
  return [
    { id: 'scope', examine: async () => logout.scopeVerdict(await login(), canRun()) },
    { id: 'linger', examine: async () => logout.lingerVerdict(await login()) },
    { id: 'kill-user-processes', examine: async () => logout.killVerdict(await login()) },
  ];
}

function terminalChecks({ env, runTool }: Surroundings): Check[] {
  return [
    { id: 'term', examine: () => terminal.termVerdict(env) },
    { id: 'terminfo', examine: () => terminal.terminfoVerdict(findTerminfo(terminal.innerTerm, env)) },
    { id: 'colorterm', examine: () => terminal.colorVerdict(env) },
    { id: 'locale', examine: async () => terminal.localeVerdict(env, await installedLocales(runTool)) },
    { id: 'nested', examine: () => terminal.nestedVerdict(env, sessionAround(env)) },
  ];
}

async function installedLocales(runTool: RunTool): Promise<string[] | null> {
  const answer = await runTool(['locale', '-a']);
  return answer.kind === 'ended' && answer.exitCode === 0 ? answer.output.trim().split('\n') : null;
}

/** The name of the session that we run in, or its id when it is not to be found. */
function sessionAround(env: Surroundings['env']): string | null {
  const id = env[sessionVariable];
  if (id === undefined) return null;
  const entry = openCatalog(statePlaces(env).sessions).entry(id);
  return entry === null || entry.kind === 'unreadable' ? id : entry.record.name;
}

function leftoverChecks({ env }: Surroundings): Check[] {
  const catalog = openCatalog(statePlaces(env).sessions);
  const entries = once(() => catalog.entries());
  const records = once(() => recordsOf(catalog));
  const paths = () => entriesBelow(catalog.folder).map(({ path }) => path);
  const { folder } = runtimePlaces(env);
  const besideSockets = () => namesIn(folder).map((name) => `${folder}/${name}`);
  const ports = {
    isProcessAlive: (pid: number) => isRunning({ pid, start: '' }),
    hasServer: (id: string) => records().some((record) => record.id === id && hasServer(record)),
    isLockDead: isHolderDead,
  };
  const { folderOf } = catalog;
  return [
    { id: 'records', examine: () => leftovers.recordsVerdict(entries(), folderOf) },
    {
      id: 'empty-folders',
      examine: () =>
        leftovers.emptyFoldersVerdict(listFolder(catalog.folder), { known: entries().map(({ id }) => id), folderOf }),
    },
    {
      id: 'temporary-files',
      examine: () => leftovers.temporaryVerdict([...paths(), ...besideSockets()], ports),
    },
    { id: 'set-aside-files', examine: () => leftovers.setAsideVerdict(paths()) },
  ];
}

function serverChecks({ env }: Surroundings): Check[] {
  const { sessions } = statePlaces(env);
  const { folder } = runtimePlaces(env);
  const catalog = openCatalog(sessions);
  const records = once(() => recordsOf(catalog));
  const running = once(() => probeServers(records()));
  return [
    {
      id: 'sockets',
      examine: async () => leftovers.socketsVerdict(await probeSockets(socketsIn(folder), catalog.entries())),
    },
    { id: 'servers', examine: async () => servers.answersVerdict(await running()) },
    {
      id: 'versions',
      examine: async () => servers.versionsVerdict(await running(), { version, protocol: protocolVersion }),
    },
    {
      id: 'persistence',
      examine: async () =>
        servers.persistenceVerdict(await running(), `See what ails their disk: df -h ${shellQuote(sessions)}`),
    },
    { id: 'speed', examine: async () => servers.speedVerdict(await running()) },
  ];
}

/** None of a folder that cannot be read, of which other checks tell. */
function namesIn(folder: string): string[] {
  try {
    return listFolder(folder);
  } catch {
    return [];
  }
}

function socketsIn(folder: string): string[] {
  return listFolder(folder)
    .filter((name) => /\.sock(?:\.bad-\d+)?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

function settingsVerdict(): Verdict {
  try {
    loadSettings();
    return ok('The settings can be read.');
  } catch (error) {
    if (!(error instanceof StayError)) throw error;
    return problem(error.message, error.hint ?? 'Mend that line');
  }
}

/** Does the work when it is first asked for; every one who asks gets the same. */
function once<T>(work: () => T): () => T {
  let done: { value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
