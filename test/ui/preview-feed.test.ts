import { describe, expect, it } from 'vitest';
import { createPreviewFeed } from '../../src/ui/preview-feed.ts';
import type { Preview } from '../../src/ui/session-list.ts';
import { createFakeClock } from './fake-terminal.ts';
import { makeList, type TestList } from './make-list.ts';
import { oneOfEach, testNow } from './sample-sessions.ts';

const picture: Preview = { kind: 'none', why: 'a test' };

/** Time for which the selection must rest. */
const restMs = 40;

function openFeed() {
  const clock = createFakeClock(testNow);
  const watched: string[] = [];
  const shown: string[] = [];
  const open = new Map<string, (preview: Preview) => void>();
  const feed = createPreviewFeed({
    clock,
    previews: {
      watch(id, { cols, rows }, onPreview) {
        const what = `${id} ${cols}x${rows}`;
        watched.push(what);
        open.set(what, onPreview);
        return { dispose: () => void open.delete(what) };
      },
    },
    onPreview: (id) => void shown.push(id),
  });
  return { feed, clock, watched, shown, open, follow: (list: TestList) => feed.follow(list.state()) };
}

describe('the preview', () => {
  it('is watched once the selection rests', () => {
    const { follow, clock, watched, shown, open } = openFeed();
    follow(makeList());
    clock.pass(restMs - 1);
    expect(watched).toEqual([]);
    clock.pass(1);
    expect(watched).toEqual(['id-api 39x19']);
    open.get('id-api 39x19')?.(picture);
    expect(shown).toEqual(['id-api']);
  });

  it('of no session that a held key passes is watched', () => {
    const { follow, clock, watched } = openFeed();
    const list = makeList();
    for (let step = 0; step < 3; step++) {
      follow(list.press('down'));
      clock.pass(restMs - 1);
    }
    clock.pass(1);
    expect(watched).toEqual(['id-nightly 39x19']);
  });

  it('is one at a time, and the one before is silent', () => {
    const { follow, clock, open, shown } = openFeed();
    const list = makeList();
    follow(list);
    clock.pass(restMs);
    const late = open.get('id-api 39x19');
    follow(list.press('down'));
    expect([...open.keys()]).toEqual([]);
    clock.pass(restMs);
    expect([...open.keys()]).toEqual(['id-web 39x19']);
    late?.(picture);
    expect(shown).toEqual([]);
  });

  it('goes on while other things change', () => {
    const { follow, clock, watched, open } = openFeed();
    const list = makeList();
    follow(list);
    clock.pass(restMs);
    follow(list.tell(oneOfEach.slice(0, 2)));
    follow(list.press('space', 'up', '?'));
    clock.pass(1_000);
    expect(watched).toHaveLength(1);
    expect(open.size).toBe(1);
  });

  it('is watched anew for another size', () => {
    const { follow, clock, open } = openFeed();
    const list = makeList();
    follow(list);
    clock.pass(restMs);
    follow(list.send({ kind: 'resized', size: { cols: 100, rows: 30 } }));
    clock.pass(restMs);
    expect([...open.keys()]).toEqual(['id-api 56x25']);
  });

  it.each<[string, (list: TestList) => TestList]>([
    ['is hidden', (list) => list.press('p')],
    ['has no room', (list) => list.send({ kind: 'resized', size: { cols: 60, rows: 20 } })],
    ['has no session', (list) => list.tell([])],
    ['has none that matches', (list) => list.press('/').type('zzz')],
  ])('is not watched when it %s', (_, change) => {
    const { follow, clock, open } = openFeed();
    const list = makeList();
    follow(list);
    clock.pass(restMs);
    follow(change(list));
    clock.pass(1_000);
    expect(open.size).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('leaves neither a watch nor a timer when it is disposed', () => {
    const { feed, follow, clock, open, watched } = openFeed();
    const list = makeList();
    follow(list);
    clock.pass(restMs);
    follow(list.press('down'));
    feed.dispose();
    feed.dispose();
    clock.pass(1_000);
    expect(open.size).toBe(0);
    expect(watched).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });
});
