// What the manual tells and no verb or setting does: places, the environment, exit statuses.

import { type ErrorCode, exitCodes } from '../../base/stay-error.ts';

export interface Fact {
  readonly name: string;
  readonly text: string;
}

export const environmentFacts: readonly Fact[] = [
  { name: 'STAY_STATE_DIR', text: 'The folder of all sessions, instead of $XDG_STATE_HOME/stay.' },
  { name: 'STAY_RUNTIME_DIR', text: 'The folder of their sockets, instead of $XDG_RUNTIME_DIR/stay.' },
  { name: 'STAY_SESSION', text: 'Set inside a session: its id.' },
  {
    name: 'STAY_SCOPE',
    text: 'always or never: whether a session gets a systemd scope of its own. Else it does where the user lingers.',
  },
  { name: 'XDG_CONFIG_HOME', text: 'Where the settings are, usually ~/.config.' },
  { name: 'XDG_STATE_HOME', text: 'Where state is, usually ~/.local/state.' },
  { name: 'XDG_RUNTIME_DIR', text: 'Where sockets are; without it a private folder in /tmp.' },
  { name: 'SHELL', text: 'What a session without a command runs.' },
  { name: 'VISUAL, EDITOR', text: 'What "stay config edit" opens the settings in.' },
  { name: 'NO_COLOR', text: 'Set to anything: the list has no colours.' },
];

export const fileFacts: readonly Fact[] = [
  { name: '~/.config/stay/config.toml', text: 'The settings; "stay config path" tells where it is.' },
  { name: '~/.local/state/stay/sessions', text: 'The sessions: their facts, screens, history and logs.' },
  { name: '$XDG_RUNTIME_DIR/stay', text: 'Their sockets; /tmp/stay-<uid>/stay where there is no such folder.' },
];

const meanings: Readonly<Record<ErrorCode, string>> = {
  usage: 'The command line or a setting is wrong.',
  noSession: 'There is no such session.',
  internal: 'An internal error.',
  cannotCreate: 'Something cannot be created.',
  connectionLost: 'The connection to the session was lost.',
  busy: 'Somebody holds the session and --if-free was given, or what is to be resumed runs.',
  otherVersion: 'Another version of stay wrote or runs the session.',
  permission: 'A folder is not private to you, or permission was denied.',
};

export const exitFacts: readonly Fact[] = [
  { name: '0', text: 'It is done.' },
  { name: '1', text: '"stay doctor" has found a problem.' },
  ...Object.entries(exitCodes).map(([code, status]) => ({
    name: String(status),
    text: meanings[code as ErrorCode],
  })),
  {
    name: 'any other',
    text: 'The program ended while you were attached: its status, or 128 + the number of its signal.',
  },
];
