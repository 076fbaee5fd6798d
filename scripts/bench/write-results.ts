// Results of a whole run where people find them: as JSON in docs/bench, and as tables in docs/performance.md.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, type Ratio, type Results, show } from './report.ts';

const docs = join(import.meta.dir, '..', '..', 'docs');
/** What stands between these two lines in docs/performance.md is written here. */
const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

export function writeResults(results: Results): void {
  mkdirSync(join(docs, 'bench'), { recursive: true });
  const file = `${results.date}.json`;
  writeFileSync(join(docs, 'bench', file), `${JSON.stringify(results, null, 1)}\n`);
  const path = join(docs, 'performance.md');
  const [before, rest = ''] = readFileSync(path, 'utf8').split(begin);
  const after = rest.split(end)[1] ?? '\n';
  writeFileSync(path, `${before}${begin}\n${measured(results, file)}${end}${after}`);
}

function measured({ machine, date, versions, figures, ratios }: Results, file: string): string {
  const peers = Object.entries(versions)
    .filter(([, version]) => version !== '')
    .map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}: ${machine}; ${peers.join(', ')}. Every figure, with its spread, is in`,
    `[bench/${file}](bench/${file}).`,
    '',
    ...ratioTable(ratios),
    '',
    ...figureTable(figures),
    '',
  ].join('\n');
}

function ratioTable(ratios: readonly Ratio[]): string[] {
  const rows = ratios.map(({ what, to, value, reach, isReached }) => {
    const subject = to === 'itself' ? what : `${what}, ${to}`;
    return `| ${subject} | ${show(value)} | ${reach} | ${isReached ? 'reached' : '**missed**'} |`;
  });
  return ['| what | stay | to reach | |', '| --- | --- | --- | --- |', ...rows];
}

/** A row for each measurement, a column for each who was measured. */
function figureTable(figures: readonly Figure[]): string[] {
  const names = [...new Set(figures.map(({ who }) => who))];
  const rows = [...new Set(figures.map(({ what }) => what))].map((what) => {
    const cells = names.map((name) => {
      const figure = figures.find((one) => one.what === what && one.who === name);
      return figure === undefined ? '' : show(figure.value);
    });
    const unit = figures.find((one) => one.what === what)?.unit ?? '';
    return `| ${what} | ${unit} | ${cells.join(' | ')} |`;
  });
  return [`| what | unit | ${names.join(' | ')} |`, `| --- | --- |${' --- |'.repeat(names.length)}`, ...rows];
}
