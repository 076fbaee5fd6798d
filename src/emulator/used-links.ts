// Which hyperlinks are still shown, so that the others can be forgotten.

import { linesFrom } from './repaint.ts';
import type { Core } from './xterm-core.ts';

/** The ids of the links of the pen and of every cell. */
export function usedLinks(core: Core): Set<number> {
  const used = new Set<number>([core._inputHandler._curAttrData.extended.urlId]);
  for (const buffer of [core.buffers.normal, core.buffers.alt]) {
    for (const line of linesFrom(buffer, { start: 0, count: buffer.lines.length })) {
      for (const extended of Object.values(line._extendedAttrs)) if (extended) used.add(extended.urlId);
    }
  }
  return used;
}
