// `stay man`: the manual page.

import { printOut } from '../../platform/standard-streams.ts';
import { version } from '../../version.ts';
import { verb } from '../verb.ts';

export const manVerb = verb({
  command: 'man',
  describe: 'Print the manual page, for man to show',
  build: (yargs) =>
    yargs
      .example('$0 man | man -l -', 'Read it')
      .example('$0 man > ~/.local/share/man/man1/stay.1', 'Install it for "man stay"'),
  async run() {
    const [{ manPage }, { documentedSettings }, { verbDefinitions }] = await Promise.all([
      import('../man/man-page.ts'),
      import('../../config/settings-text.ts'),
      import('../verb-definitions.ts'),
    ]);
    await printOut(manPage({ version, verbs: await verbDefinitions(), settings: documentedSettings() }));
    return 0;
  },
});
