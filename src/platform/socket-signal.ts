// The signal by which a client tells a server that it does not find the server's socket.

import * as fs from 'node:fs';
import { constants } from 'node:os';
import { isRunning, type ProcessStamp, sendSignal } from './processes.ts';
import { isLinux } from './runtime.ts';

export const socketSignal = 'SIGUSR1';

/** Asks a server to make its socket again; false when it would not understand, or is gone. */
export function askForSocket(server: ProcessStamp): boolean {
  if (!isRunning(server) || !understands(server.pid)) return false;
  sendSignal(server.pid, socketSignal);
  return true;
}

/** Servers older than this signal, and such as are only starting, would be ended by it. */
function understands(pid: number): boolean {
  if (!isLinux) return true;
  try {
    // proc_pid_status(5): the signals that are caught, as a mask in hexadecimal.
    const mask = /^SigCgt:\s*([0-9a-f]+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & (1n << BigInt(constants.signals[socketSignal] - 1))) !== 0n;
  } catch {
    return false; // it ended meanwhile, or /proc is hidden
  }
}
