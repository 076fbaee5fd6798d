// `stay complete`: what the scripts of `stay completion` ask at each press of Tab. For them alone, and quick.

import { printOut } from '../../platform/standard-streams.ts';
import { complete } from '../completion/complete.ts';
import { recordedSessions } from '../completion/recorded-sessions.ts';
import { answerLines, shellNames, shells } from '../completion/shells.ts';
import { oneOf } from '../one-of.ts';
import { verb } from '../verb.ts';
import { verbDefinitions } from '../verb-definitions.ts';

export const completeVerb = verb({
  command: 'complete <shell>',
  describe: 'Say what may stand at the cursor',
  isHidden: true,
  words: { shell: shellNames },
  build: (yargs) => yargs.positional('shell', { type: 'string', demandOption: true }),
  async run({ shell, ...rest }) {
    const { read, showsDescriptions } = shells[oneOf(shell, shellNames, { what: `answer "${shell}"`, noun: 'shell' })];
    const passed = rest['--' as keyof typeof rest];
    const { words, write } = read(Array.isArray(passed) ? passed.map(String) : []);
    const sessions = () => recordedSessions({ isTold: showsDescriptions });
    await printOut(answerLines(complete(words, { verbs: await verbDefinitions(), sessions }), write));
    return 0;
  },
});
