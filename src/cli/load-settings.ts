// The settings of the person who runs us.

import { systemFailure } from '../base/system-failure.ts';
import { parseSettings, type Settings } from '../config/settings.ts';
import { readTextIfAny } from '../platform/files.ts';
import { configFile } from '../platform/paths.ts';

/** The settings in the configuration file, or the defaults where there is none. Throws what is wrong with it, with its line. */
export function loadSettings(): Settings {
  const path = configFile();
  return parseSettings(textOf(path), path);
}

function textOf(path: string): string {
  try {
    return readTextIfAny(path) ?? '';
  } catch (error) {
    throw systemFailure(`read the settings in ${path}`, error);
  }
}
