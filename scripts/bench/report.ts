// Results of a bench: rows of figures, printed as they come, kept as JSON and as a table.

import { cpus, release, totalmem } from 'node:os';
import { median } from './measure.ts';

/** One figure: the median of some runs of one measurement. Ratios are made of figures of the same run. */
export interface Figure {
  /** What is measured, the same for all peers. */
  what: string;
  who: string;
  value: number;
  unit: 'MB/s' | 'ms' | 'ms/MB' | 'MB' | '%' | 'in 10 s' | 'x';
  /** Of how many runs, and how far apart those were. */
  runs?: number;
  least?: number;
  most?: number;
}

/** A figure of ours beside a peer's, and what it is to reach. */
export interface Ratio {
  what: string;
  to: string;
  value: number;
  reach: string;
  isReached: boolean;
}

export interface Bound {
  atLeast?: number;
  atMost?: number;
}

/** What a whole run found, as it is kept. */
export interface Results {
  machine: string;
  date: string;
  versions: Readonly<Record<string, string>>;
  figures: readonly Figure[];
  ratios: readonly Ratio[];
}

export class Report {
  readonly figures: Figure[] = [];
  readonly ratios: Ratio[] = [];

  add(figure: Figure): void {
    this.figures.push(figure);
    const spread = figure.least === undefined ? '' : `  (${show(figure.least)} to ${show(figure.most ?? 0)})`;
    console.log(`${figure.what.padEnd(58)} ${figure.who.padEnd(8)} ${show(figure.value)} ${figure.unit}${spread}`);
  }

  /** The median of `values`. */
  addRuns(figure: Omit<Figure, 'value'>, values: readonly number[]): void {
    const value = median(values);
    this.add({ ...figure, value, runs: values.length, least: Math.min(...values), most: Math.max(...values) });
  }

  find(what: string, who: string): number | undefined {
    return this.figures.find((figure) => figure.what === what && figure.who === who)?.value;
  }

  /** Our figure beside `peer`'s; nothing where one of them was not measured. */
  compareTo(what: string, peer: string, bound: Bound): void {
    const [ours, theirs] = [this.find(what, 'stay'), this.find(what, peer)];
    if (ours !== undefined && theirs !== undefined) this.compare(what, `to ${peer}`, ours / theirs, bound);
  }

  /** Our figure itself beside what it is to reach. */
  bound(what: string, bound: Bound): void {
    const ours = this.find(what, 'stay');
    if (ours !== undefined) this.compare(what, 'itself', ours, bound);
  }

  /** Sets a figure beside what it is to reach: `atLeast` or `atMost`. */
  compare(what: string, to: string, value: number, bound: Bound): void {
    const { atLeast, atMost } = bound;
    const isReached = value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
    const reach = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
    this.ratios.push({ what, to, value, reach, isReached });
    console.log(`  ${isReached ? 'reached' : 'MISSED '}  ${what}, ${to}: ${show(value)} (${reach})`);
  }
}

/** As many digits as say something. */
export function show(value: number): string {
  if (value === 0) return '0';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GiB, Linux ${release().split('-')[0]}`;
}
