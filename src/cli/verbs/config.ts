// `stay config`: the settings in force, and the file that they come from.

import { effectiveSettings, effectiveToml } from '../../config/settings-text.ts';
import { readTextIfAny } from '../../platform/files.ts';
import { configFile, homeFolder } from '../../platform/paths.ts';
import { printOut } from '../../platform/standard-streams.ts';
import { formatDirectory } from '../../ui/format.ts';
import { editSettings } from '../edit-settings.ts';
import { oneOf } from '../one-of.ts';
import { verb } from '../verb.ts';

const actions = ['edit', 'path'] as const;

export const configVerb = verb({
  command: 'config [action]',
  describe: 'Print the settings and where each comes from, or edit them',
  words: { action: actions },
  build: (yargs) =>
    yargs
      .positional('action', { type: 'string', describe: 'edit, or path; print them if left out' })
      .option('json', { type: 'boolean', default: false, describe: 'Print an array of objects, for scripts' })
      .example('$0 config', 'What is in force: the file, and defaults for the rest')
      .example('$0 config edit', 'Open the file in $VISUAL or $EDITOR, and check it')
      .example('$0 config path', 'Where the file is'),
  async run({ action, json }) {
    const known =
      action === undefined
        ? 'print'
        : oneOf(action, actions, { what: `do "${action}" with the settings`, noun: 'action' });
    if (known === 'edit') return editSettings();
    await printOut(known === 'path' ? `${configFile()}\n` : settingsInForce({ isJson: json }));
    return 0;
  },
});

function settingsInForce({ isJson }: { isJson: boolean }): string {
  const path = configFile();
  const settings = effectiveSettings(readTextIfAny(path) ?? '', path);
  if (!isJson) return effectiveToml(settings, formatDirectory(path, homeFolder()));
  const objects = settings.map(({ name, value, fallback, line }) => ({
    name,
    value,
    default: fallback,
    file: line === null ? null : path,
    line,
  }));
  return `${JSON.stringify(objects, null, 2)}\n`;
}
