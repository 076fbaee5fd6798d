// Names for sessions that were not given one: a colour and an animal, such as `jade-otter`.

import { animals, colors, uniqueNamesGenerator } from 'unique-names-generator';

/** Short enough for a column of the list, and to be typed. */
const shortWord = /^[a-z]{3,6}$/;

/** Animals that would make a name nobody wants to call their work, or that are colours too. */
const leftOut = new Set(
  'ape baboon bedbug bonobo booby bovid canid coral gibbon leech louse mammal rat rodent salmon skunk slug tick'.split(
    ' ',
  ),
);

const dictionaries = [
  colors.filter((word) => shortWord.test(word)),
  animals.filter((word) => shortWord.test(word) && !leftOut.has(word)),
];

/** Draws before a number is added: with thousands of pairs, only who has thousands of sessions gets that far. */
const maxDraws = 20;

/**
 * A readable random name that is not in use. `isTaken` must say no to some name.
 * `random` gives numbers from 0 (included) to 1, like `Math.random`.
 */
export function randomName(isTaken: (name: string) => boolean, random: () => number = Math.random): string {
  let name = drawName(random);
  for (let draw = 1; draw < maxDraws && isTaken(name); draw++) name = drawName(random);
  if (!isTaken(name)) return name;
  let number = 2;
  while (isTaken(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}

function drawName(random: () => number): string {
  // The library takes 0 for no seed at all, hence the 1.
  return uniqueNamesGenerator({ dictionaries, separator: '-', seed: 1 + Math.floor(random() * 2 ** 31) });
}
