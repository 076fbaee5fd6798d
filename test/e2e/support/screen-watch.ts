// Watching a session's screen over the wire, as the list's preview does.

import { type PreviewSize, type ScreenWatch, watchScreen } from '../../../src/client/preview.ts';
import type { ScreenPreview } from '../../../src/protocol/messages.ts';
import type { Sandbox } from './sandbox.ts';
import { linkTo } from './server-link.ts';
import { waitUntil } from './waiting.ts';

export interface SeenScreen {
  readonly watch: ScreenWatch;
  /** Everything that was sent, with the time at which it came. */
  readonly frames: { at: number; frame: ScreenPreview }[];
  readonly isClosed: boolean;
  /** The text of the last frame, without colours. */
  text(): string;
  /** Waits until the last frame has it; resolves with that frame. */
  waitFor(pattern: RegExp): Promise<ScreenPreview>;
}

export async function seeScreen(sandbox: Sandbox, name: string, size: PreviewSize): Promise<SeenScreen> {
  const link = await linkTo(sandbox, name);
  let isClosed = false;
  const frames: SeenScreen['frames'] = [];
  const watch = watchScreen(link, size, (news) => {
    if (news.kind === 'frame') frames.push({ at: performance.now(), frame: news.frame });
    if (news.kind === 'closed') isClosed = true;
  });
  const text = () =>
    (frames.at(-1)?.frame.lines ?? [])
      .map((line) => line.replace(/\x1b\[[\d;:]*m/g, '').trimEnd())
      .join('\n')
      .trimEnd();
  return {
    watch,
    frames,
    get isClosed() {
      return isClosed;
    },
    text,
    async waitFor(pattern) {
      await waitUntil(
        () => pattern.test(text()),
        () => `${pattern} in:\n${text()}`,
      );
      return frames.at(-1)!.frame;
    },
  };
}
