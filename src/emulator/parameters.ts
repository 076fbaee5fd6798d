// The parameters of a control sequence, as xterm's parser hands them out.

/** Numbers, and after each the list of its sub-parameters if it has any. */
export type Params = readonly (number | readonly number[])[];

/** The parameters without their sub-parameters; empty ones are 0. */
export function numbers(params: Params): number[] {
  return params.filter((param) => typeof param === 'number');
}
