// What a session is told about itself when it is made, beyond its program. All of it can be changed later.

import { defaultHistoryBytes, defaultHistoryLines } from './limits.ts';

/** Who starts a stopped session again: anybody and the machine's start, only somebody who says yes, or only `stay resume <name>`. */
export const restartPolicies = ['auto', 'ask', 'never'] as const;
export type RestartPolicy = (typeof restartPolicies)[number];

export interface SessionTraits {
  restart: RestartPolicy;
  /** The argv that starts it again, where that is another than the first. */
  resumeCommand: string[] | null;
  /** Whether its screen and history are kept off the disk. */
  isPrivate: boolean;
  /** Whether the list shows it at the top. */
  isPinned: boolean;
  /** Lines of history that are kept in memory, and come back with the screen. A server keeps to those that it began with. */
  historyLines: number;
  /** Bytes of long history on the disk at most. */
  historyBytes: number;
}

export const defaultTraits: SessionTraits = {
  restart: 'auto',
  resumeCommand: null,
  isPrivate: false,
  isPinned: false,
  historyLines: defaultHistoryLines,
  historyBytes: defaultHistoryBytes,
};
