// The invariant that everything rests on, as a property: while attached and not behind, the holder's terminal shows what
// the session's emulator does; after leaving, it is as before; each question of the program is answered once.
//
// All of it is real but the sockets, the program and the terminals: those are emulators themselves.

import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { allRecordings } from '../emulator/recordings.ts';
import { fuzz, join, pieces } from '../emulator/streams.ts';
import { bytesOf } from '../support/bytes.ts';
import { openWorld, type Step, type World } from './lockstep-world.ts';
