import { differences } from './differences.ts';
import { newEmulator, repainted } from './new-emulator.ts';
import { allRecordings } from './recordings.ts';

let bad = 0,
  runs = 0;
const N = Number(process.env.N ?? 6);
const only = process.env.ONLY;
const kinds: Record<string, number> = {};
for (const r of allRecordings()) {
  if (only && !r.id.includes(only)) continue;
  const cuts = new Set<number>([r.bytes.length]);
  for (let i = 0; i < N; i++) cuts.add(Math.floor((i * 7919 + 13 * i * i + 31) % r.bytes.length));
  for (const size of [
    { cols: r.cols, rows: r.rows },
    { cols: 37, rows: 11 },
  ])
    for (const cut of cuts) {
      runs++;
      const log = (w: string, d: unknown) => {
        bad++;
        const k = w + String(d).replace(/\d+/g, '#').slice(0, 60);
        kinds[k] = (kinds[k] ?? 0) + 1;
        if (kinds[k] <= 2) console.log(r.id, cut, r.bytes.length, JSON.stringify(size), w, d);
      };
      try {
        const a = newEmulator(size);
        a.feed(r.bytes.subarray(0, cut));
        const b = repainted(a, size);
        const d = differences(a, b);
        if (d.length) {
          log('now', d);
          continue;
        }
        a.feed(r.bytes.subarray(cut));
        b.feed(r.bytes.subarray(cut));
        const e = differences(a, b);
        if (e.length) log('later', e);
        else {
          const x = Buffer.from(a.repaint({ onto: 'fresh', historyLines: 1e9 })).toString(),
            y = Buffer.from(b.repaint({ onto: 'fresh', historyLines: 1e9 })).toString();
          if (x !== y) {
            let i = 0;
            while (x[i] === y[i]) i++;
            log(
              'repaint differs',
              JSON.stringify(x.slice(i - 20, i + 40)) + ' | ' + JSON.stringify(y.slice(i - 20, i + 40)),
            );
          }
        }
      } catch (e: any) {
        log('throw', e.stack.slice(0, 400));
      }
    }
}
console.log(runs, 'runs', bad, 'bad', kinds);
