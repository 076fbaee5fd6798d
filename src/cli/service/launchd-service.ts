// A launchd agent that resumes sessions at login, on macOS. See launchd.plist(5).

import { readTextIfAny, remove } from '../../platform/files.ts';
import { agentLabel, agentPath, writeServiceFile } from '../../platform/service-file.ts';
import { bootCommand, bootVariables, linesOf, type ServiceManager, type ServiceWorld } from './service-manager.ts';

export function launchdService(world: ServiceWorld): ServiceManager {
  const { env, user, runTool } = world;
  const path = agentPath(env);
  const text = agentText(bootCommand(world), bootVariables(world));
  const target = `gui/${user}/${agentLabel}`;
  const moment = 'Sessions are resumed at your first login after the machine started.';

  return {
    async install() {
      writeServiceFile(path, text);
      // It is loaded at the next login, but not if it was once disabled. Loading it now would also run it now.
      await runTool(['launchctl', 'enable', target]);
      return linesOf(`Installed: ${path}`, moment);
    },

    async uninstall() {
      if (readTextIfAny(path) === null) return linesOf('Not installed: there is nothing to remove.');
      // Not loaded before the next login: then there is nothing to unload, and launchctl says so.
      await runTool(['launchctl', 'bootout', target]);
      remove(path);
      return linesOf(`Removed: ${path}`, 'Sessions that run go on.');
    },

    async status() {
      const present = readTextIfAny(path);
      if (present === null) return linesOf('Not installed. Install it with: stay service install');
      const isCurrent = present === text;
      return linesOf(
        `Installed: ${path}`,
        isCurrent ? null : 'It is not what this stay would write now. Write it anew with: stay service install',
        moment,
      );
    },
  };
}

/** An agent that runs `command` once when it is loaded, with these variables set. */
export function agentText(command: readonly string[], variables: readonly (readonly [string, string])[]): string {
  const words = command.map((word) => `    <string>${escaped(word)}</string>\n`).join('');
  const pairs = variables
    .map(([name, value]) => `    <key>${escaped(name)}</key>\n    <string>${escaped(value)}</string>\n`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Written by "stay service install"; "stay service uninstall" removes it. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${agentLabel}</string>
  <key>ProgramArguments</key>
  <array>
${words}  </array>
  <key>RunAtLoad</key>
  <true/>
  <!-- The servers of the sessions live on when the command that started them has ended. -->
  <key>AbandonProcessGroup</key>
  <true/>
  <!-- What a login shell sets and launchd does not, as it was when this was written: write it anew after a change. -->
  <key>EnvironmentVariables</key>
  <dict>
${pairs}  </dict>
</dict>
</plist>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
