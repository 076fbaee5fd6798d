// What a server does with signals and with faults that nobody caught.

import { messageOf } from '../base/stay-error.ts';
import { socketSignal } from './socket-signal.ts';

export interface ServerSignals {
  /** Asked to end (the machine goes down, systemd stops the scope). */
  onTerminate(): void;
  /** A client does not find our socket. */
  onSocketMissed(): void;
  onFault(sentence: string): void;
}

/** Makes this process live through its starter's end, and through its own faults: the program inside must not pay for them. */
export function handleServerSignals(signals: ServerSignals): void {
  for (const ignored of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGPIPE'] as const) process.on(ignored, () => {});
  process.on('SIGTERM', () => signals.onTerminate());
  process.on(socketSignal, () => signals.onSocketMissed());
  process.on('uncaughtException', (error) => signals.onFault(`uncaught: ${messageOf(error)}`));
  process.on('unhandledRejection', (error) => signals.onFault(`unhandled: ${messageOf(error)}`));
}

/** Ends this process. */
export function endProcess(status: number): never {
  process.exit(status);
}
