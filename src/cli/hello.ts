// Who we are, on the wire.

import { processId } from '../platform/runtime.ts';
import { type Hello, protocolVersion } from '../protocol/messages.ts';
import { version } from '../version.ts';

export const hello: Hello = { protocol: protocolVersion, version, pid: processId };
