// The form of a session's traits on the wire.

import * as v from 'valibot';
import { restartPolicies } from '../base/session-traits.ts';

export const traitSchemas = {
  restart: v.picklist(restartPolicies),
  resumeCommand: v.nullable(v.array(v.string())),
  isPrivate: v.boolean(),
  isPinned: v.boolean(),
  historyLines: v.number(),
  historyBytes: v.number(),
};
