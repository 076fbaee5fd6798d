// `stay completion`: what makes a shell complete our command line.

import { printOut } from '../../platform/standard-streams.ts';
import { shellNames, shells } from '../completion/shells.ts';
import { oneOf } from '../one-of.ts';
import { verb } from '../verb.ts';

export const completionVerb = verb({
  command: 'completion <shell>',
  describe: 'Print what makes a shell complete verbs, flags and sessions',
  words: { shell: shellNames },
  build: (yargs) =>
    yargs
      .positional('shell', { type: 'string', demandOption: true, describe: 'bash, zsh or fish' })
      .example('eval "$($0 completion bash)"', 'In ~/.bashrc')
      .example('eval "$($0 completion zsh)"', 'In ~/.zshrc, behind compinit')
      .example('$0 completion fish | source', 'In ~/.config/fish/config.fish'),
  async run({ shell }) {
    const name = oneOf(shell, shellNames, { what: `complete in "${shell}"`, noun: 'shell' });
    await printOut(shells[name].script);
    return 0;
  },
});
