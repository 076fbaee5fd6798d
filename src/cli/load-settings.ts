// The settings of the person who runs us.

import { parseSettings, type Settings } from '../config/settings.ts';
import { readTextIfAny } from '../platform/files.ts';
import { configFile } from '../platform/paths.ts';

/** The settings in the configuration file, or the defaults where there is none. Throws what is wrong with it, with its line. */
export function loadSettings(): Settings {
  const path = configFile();
  return parseSettings(readTextIfAny(path) ?? '', path);
}
