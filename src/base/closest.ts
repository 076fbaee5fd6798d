// What a person probably meant: the nearest of the words that would have been right, for the hint of an error.

/**
 * The candidate whose text is nearest to `query`, or undefined when none is near enough to be a slip of the fingers:
 * one slip (a character added, left out, changed, or swapped with its neighbour) per three characters. Case is ignored.
 */
export function closest<T>(
  query: string,
  candidates: Iterable<T>,
  textOf: (candidate: T) => string = String,
): T | undefined {
  let best: T | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = slips(query.toLowerCase(), textOf(candidate).toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** The number of slips between two words, or infinity when they are more than the words' length allows. */
function slips(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  const longest = Math.max(a.length, b.length);
  const allowed = Math.max(1, Math.floor(longest / 3));
  // Cheap first: names may be many, and a difference in length is a lower bound. One character resembles nothing.
  if (longest < 2 || Math.abs(a.length - b.length) > allowed) return Number.POSITIVE_INFINITY;
  const distance = editDistance(a, b);
  return distance <= allowed ? distance : Number.POSITIVE_INFINITY;
}

/** Optimal string alignment: Levenshtein's distance with swaps of neighbours. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, character] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const changed = last[column]! + (character === other ? 0 : 1);
      const isSwap = row > 0 && column > 0 && character === b[column - 1] && a[row - 1] === other;
      const swapped = isSwap ? beforeLast[column - 1]! + 1 : changed;
      current.push(Math.min(changed, swapped, last[column + 1]! + 1, current[column]! + 1));
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
