// What ends a client from outside or from within: signals, and faults that nobody caught.

import { constants } from 'node:os';
import type { Disposable } from '../base/disposables.ts';

export type EndSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

const endSignals: readonly EndSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Calls `listener` instead of ending the process, until disposed. */
export function onEndSignal(listener: (signal: EndSignal) => void): Disposable {
  for (const signal of endSignals) process.on(signal, listener);
  return {
    dispose: () => {
      for (const signal of endSignals) process.off(signal, listener);
    },
  };
}

/** Calls `listener` with an error that nobody caught, instead of ending the process, until disposed. */
export function onUncaughtError(listener: (error: unknown) => void): Disposable {
  process.on('uncaughtException', listener);
  process.on('unhandledRejection', listener);
  return {
    dispose: () => {
      process.off('uncaughtException', listener);
      process.off('unhandledRejection', listener);
    },
  };
}

/** The exit status by which shells tell that a signal ended a program: 128 + its number. */
export function signalStatus(signal: string): number {
  const numbers: Readonly<Record<string, number | undefined>> = constants.signals;
  return 128 + (numbers[signal] ?? 0);
}
