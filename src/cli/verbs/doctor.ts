// `stay doctor`: what is well on this machine, what is not, and what mends it.

import { environment } from '../../platform/runtime.ts';
import { printOut } from '../../platform/standard-streams.ts';
import { outputColumns } from '../../platform/standard-terminal.ts';
import { verb } from '../verb.ts';

export const doctorVerb = verb({
  command: 'doctor',
  describe: 'Check this machine and explain what is amiss',
  build: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print an array of objects, for scripts' })
      .example('$0 doctor', 'Exit status 0 when all is well, 1 when there is a problem')
      .example('$0 doctor --json | jq -r ".[].message"', 'What it says, line by line'),
  async run({ json }) {
    const [{ allChecks }, { runChecks, statusOf }, { doctorJson, doctorText }, { runTool }] = await Promise.all([
      import('../doctor/checks.ts'),
      import('../doctor/finding.ts'),
      import('../doctor/report.ts'),
      import('../../platform/system-tool.ts'),
    ]);
    const findings = await runChecks(allChecks({ env: environment, runTool }));
    await printOut(json ? doctorJson(findings) : doctorText(findings, await outputColumns()));
    return statusOf(findings);
  },
});
