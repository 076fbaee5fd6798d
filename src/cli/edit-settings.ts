// `stay config edit`: the settings in the user's editor, checked afterwards.

import { errorText } from '../base/error-text.ts';
import { exitCodes, StayError } from '../base/stay-error.ts';
import { systemFailure } from '../base/system-failure.ts';
import { settingsTemplate } from '../config/settings-text.ts';
import { writeFileIfNone } from '../platform/files.ts';
import { findCommand } from '../platform/find-command.ts';
import { runInForeground } from '../platform/foreground-program.ts';
import { configFile } from '../platform/paths.ts';
import { environment } from '../platform/runtime.ts';
import { printError, workingFolder } from '../platform/standard-streams.ts';
import { isOnTerminal } from '../platform/standard-terminal.ts';
import { askYesNo } from './ask-yes-no.ts';
import { loadSettings } from './load-settings.ts';
import { withTerminal } from './with-terminal.ts';

/** What people have who have set no editor: Debian's choice first, then the ones that explain themselves. */
const usualEditors = ['editor', 'nano', 'vim', 'vi'];

/** Opens the file, made with a comment for every setting where there is none, until it is right; the result is the exit status. */
export async function editSettings(): Promise<number> {
  const path = configFile();
  const editor = editorCommand(path);
  prepare(path);
  for (;;) {
    await runEditor(editor, path);
    const mistake = mistakeInSettings();
    if (mistake === null) return 0;
    if (!(await isOnTerminal())) throw mistake;
    await printError(errorText(mistake));
    if (!(await withTerminal('ask', (terminal) => askYesNo('Edit it again?', terminal)))) {
      return exitCodes[mistake.code];
    }
  }
}

function editorCommand(path: string): string {
  const { VISUAL, EDITOR, PATH = '' } = environment;
  const place = { cwd: workingFolder(), path: PATH };
  const editor = VISUAL || EDITOR || usualEditors.find((name) => findCommand(name, place).kind === 'found');
  if (editor !== undefined) return editor;
  throw new StayError('usage', `Cannot edit "${path}": no editor was found`, {
    hint: 'Name yours: export EDITOR=nano',
  });
}

function prepare(path: string): void {
  try {
    writeFileIfNone(path, settingsTemplate());
  } catch (error) {
    throw systemFailure(`create "${path}"`, error);
  }
}

/** Through a shell, as everybody does: the variable may hold flags, such as `code --wait`. It leaves Ctrl-C to the editor. */
async function runEditor(editor: string, path: string): Promise<void> {
  const status = await runInForeground(['/bin/sh', '-c', `trap : INT QUIT; ${editor} "$@"`, editor, path]);
  if (status === 0) return;
  const isMissing = status === 126 || status === 127;
  throw new StayError(
    'usage',
    `Cannot edit "${path}": "${editor}" ${isMissing ? 'could not be started' : `ended with status ${status}`}`,
    isMissing ? { hint: 'It is named by VISUAL or EDITOR: export EDITOR=nano' } : {},
  );
}

function mistakeInSettings(): StayError | null {
  try {
    loadSettings();
    return null;
  } catch (error) {
    if (error instanceof StayError) return error;
    throw error;
  }
}
