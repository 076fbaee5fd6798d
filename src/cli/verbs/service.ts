// `stay service`: having sessions resumed when the machine starts.

import { environment, selfCommand, systemName } from '../../platform/runtime.ts';
import { printOut } from '../../platform/standard-streams.ts';
import { oneOf } from '../one-of.ts';
import type { ServiceManager } from '../service/service-manager.ts';
import { verb } from '../verb.ts';

const actions = ['install', 'uninstall', 'status'] as const;

export const serviceVerb = verb({
  command: 'service <action>',
  describe: 'Have sessions resumed when the machine starts',
  words: { action: actions },
  build: (yargs) =>
    yargs
      .positional('action', { type: 'string', demandOption: true, describe: 'install, uninstall or status' })
      .example('$0 service install', 'Write and enable a systemd user unit (macOS: a launchd agent)')
      .example('$0 service status', 'What is installed, and whether linger is on')
      .example('$0 service uninstall', 'Disable and remove it; sessions go on'),
  async run({ action }) {
    const known = oneOf(action, actions, { what: `do "${action}" with the service`, noun: 'action' });
    const service = await presentService();
    await printOut(await service[known]());
    return 0;
  },
});

async function presentService(): Promise<ServiceManager> {
  const [{ chooseService }, { loginFacts }, { userId }, { runTool }] = await Promise.all([
    import('../service/choose-service.ts'),
    import('../../platform/login-manager.ts'),
    import('../../platform/path-facts.ts'),
    import('../../platform/system-tool.ts'),
  ]);
  const login = await loginFacts({ env: environment, runTool });
  return chooseService(systemName, { env: environment, self: selfCommand(), user: userId, login, runTool });
}
