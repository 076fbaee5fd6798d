// `stay`: the list.

import { StayError } from '../../base/stay-error.ts';
import { isOnTerminal } from '../../platform/standard-terminal.ts';
import { verb } from '../verb.ts';

export const openListVerb = verb({
  command: '$0',
  describe: 'Pick, make, rename and kill sessions in a list',
  build: (yargs) => yargs.example('$0', 'Open the list'),
  async run() {
    if (!(await isOnTerminal())) {
      throw new StayError('usage', 'Cannot open the list: input and output are not a terminal', {
        hint: 'In scripts use: stay list',
      });
    }
    const { openList } = await import('../open-list.ts');
    return openList();
  },
});
