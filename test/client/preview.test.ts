import { describe, expect, it } from 'vitest';
import { type PreviewNews, watchScreen } from '../../src/client/preview.ts';
import type { Reply, ScreenPreview } from '../../src/protocol/messages.ts';
import { fakeLink } from '../support/fake-link.ts';
import { sampleStatus } from '../support/samples.ts';

const frame: ScreenPreview = { lines: ['one'], cols: 80, rows: 24, cursor: null };
const preview: Reply = { kind: 'preview', body: frame };
const status: Reply = { kind: 'status', body: sampleStatus() };

function open() {
  const link = fakeLink();
  const news: PreviewNews[] = [];
  const watch = watchScreen(link, { cols: 40, rows: 10 }, (one) => news.push(one));
  return { link, news, watch };
}

describe('watching a screen', () => {
  it('tells every frame that comes', () => {
    const { link, news } = open();
    expect(link.sent[0]).toEqual({ kind: 'watchScreen', body: { cols: 40, rows: 10 } });
    link.say(preview, status, preview);
    expect(news).toEqual([
      { kind: 'frame', frame },
      { kind: 'frame', frame },
    ]);
  });

  it('tells at once that a server does not know of it', () => {
    const { link, news } = open();
    link.say(status);
    expect(news).toEqual([{ kind: 'unknown' }]);
  });

  it('asks for another size on the same link', () => {
    const { link, watch } = open();
    watch.resize({ cols: 8, rows: 2 });
    expect(link.sent.at(-1)).toEqual({ kind: 'watchScreen', body: { cols: 8, rows: 2 } });
  });

  it('tells why a server does not talk to us, and no more', () => {
    const { link, news } = open();
    link.say({ kind: 'failed', body: { code: 'connectionLost', message: 'it speaks protocol 2' } });
    link.lose();
    expect(news).toEqual([{ kind: 'refused', why: 'it speaks protocol 2' }]);
  });

  it('tells that the link is over', () => {
    const { link, news } = open();
    link.lose();
    expect(news).toEqual([{ kind: 'closed' }]);
  });

  it('tells nothing more once it is disposed, and closes the link', () => {
    const { link, news, watch } = open();
    watch.dispose();
    link.say(preview, status);
    link.lose();
    expect(news).toEqual([]);
    expect(link.isClosed).toBe(true);
  });
});
