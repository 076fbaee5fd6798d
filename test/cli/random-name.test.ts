import { describe, expect, it } from 'vitest';
import { nameProblem } from '../../src/base/session-name.ts';
import { randomName } from '../../src/cli/random-name.ts';

describe('randomName', () => {
  it('is two short words of lower-case letters', () => {
    for (let draw = 0; draw < 500; draw++) {
      const name = randomName(() => false);
      expect(name).toMatch(/^[a-z]{3,6}-[a-z]{3,6}$/);
      expect(nameProblem(name)).toBeNull();
    }
  });

  it('is decided by the numbers it is given, at both ends too', () => {
    for (const number of [0, 0.5, 1 - Number.EPSILON]) {
      const name = randomName(
        () => false,
        () => number,
      );
      expect(
        randomName(
          () => false,
          () => number,
        ),
      ).toBe(name);
    }
  });

  it('draws again when a name is in use', () => {
    const numbers = [0.1, 0.1, 0.7];
    const draw = () => numbers.shift() ?? 0;
    const first = randomName(() => false, draw);
    expect(randomName((name) => name === first, draw)).toMatch(/^[a-z]+-[a-z]+$/);
    expect(numbers).toEqual([]);
  });

  it('adds a number when every draw is in use', () => {
    const taken = new Set<string>();
    const names = Array.from({ length: 3 }, () => {
      const name = randomName(
        (candidate) => taken.has(candidate),
        () => 0.3,
      );
      taken.add(name);
      return name;
    });
    expect(names).toEqual([names[0], `${names[0]}-2`, `${names[0]}-3`]);
  });
});
