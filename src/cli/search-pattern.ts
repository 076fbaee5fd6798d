// What people search for: a regular expression.

import { messageOf, StayError } from '../base/stay-error.ts';

/** Throws a usage error when it is none. */
export function searchPattern(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch {
    // What is no expression of Unicode's strict kind, such as `\-`, may be one all the same.
    return lenientPattern(text);
  }
}

function lenientPattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const why = messageOf(error).replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/s, '');
    throw new StayError('usage', `Cannot search for "${text}": it is no regular expression (${why})`, {
      hint: `Write a backslash before what is meant as it is: ${String.raw`\(`}`,
    });
  }
}
