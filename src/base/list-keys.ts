// The one table of the list's keys: what each does where. The list obeys it, its help and hints are made from it, and the
// settings may bind other keys to its actions.

export type FieldAction =
  | 'left'
  | 'right'
  | 'start'
  | 'end'
  | 'deleteBack'
  | 'deleteForward'
  | 'deleteWord'
  | 'deleteToStart';

export type BrowseAction =
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'page_up'
  | 'page_down'
  | 'attach'
  | 'filter'
  | 'new'
  | 'rename'
  | 'kill'
  | 'restart'
  | 'mark'
  | 'detach'
  | 'pin'
  | 'order'
  | 'preview'
  | 'copy'
  | 'help'
  | 'quit';

export type NameAction = FieldAction | 'accept' | 'cancel';

export type FilterAction = FieldAction | 'up' | 'down' | 'attach' | 'keep' | 'cancel';

export type FormAction = FieldAction | 'accept' | 'cancel' | 'next' | 'previous' | 'complete';

export type QuestionAction = 'yes' | 'no';

export type HelpAction = 'up' | 'down' | 'close';

export interface Binding<Action> {
  action: Action;
  /** Names of keys; the first one stands for all where there is little room. */
  keys: readonly string[];
  /** What it does, for the help. */
  help: string;
  /** What it does in a word, for the line at the bottom; those without one are not shown there. */
  hint?: string;
  /** True for a hint that goes first where there is not room for all. */
  isMinor?: boolean;
}

export interface KeyTable {
  browse: readonly Binding<BrowseAction>[];
  name: readonly Binding<NameAction>[];
  filter: readonly Binding<FilterAction>[];
  form: readonly Binding<FormAction>[];
  question: readonly Binding<QuestionAction>[];
  help: readonly Binding<HelpAction>[];
}

const editing: readonly Binding<FieldAction>[] = [
  { action: 'left', keys: ['left'], help: 'one character left' },
  { action: 'right', keys: ['right'], help: 'one character right' },
  { action: 'start', keys: ['home', 'ctrl-a'], help: 'to the start' },
  { action: 'end', keys: ['end', 'ctrl-e'], help: 'to the end' },
  { action: 'deleteBack', keys: ['backspace'], help: 'delete to the left' },
  { action: 'deleteForward', keys: ['delete'], help: 'delete to the right' },
  { action: 'deleteWord', keys: ['ctrl-w'], help: 'delete a word' },
  { action: 'deleteToStart', keys: ['ctrl-u'], help: 'delete to the start' },
];

/** In the order of the help and of the hints. Digits in `browse` attach to the row of that number and are not bound. */
export const listKeys: KeyTable = {
  browse: [
    { action: 'up', keys: ['up', 'k'], help: 'one up' },
    { action: 'down', keys: ['down', 'j'], help: 'one down' },
    { action: 'first', keys: ['g', 'home'], help: 'the first' },
    { action: 'last', keys: ['G', 'end'], help: 'the last' },
    { action: 'page_up', keys: ['pageup', 'ctrl-b'], help: 'one page up' },
    { action: 'page_down', keys: ['pagedown', 'ctrl-f'], help: 'one page down' },
    { action: 'attach', keys: ['enter'], help: 'attach, or start again', hint: 'attach' },
    { action: 'filter', keys: ['/'], help: 'filter the list', hint: 'filter', isMinor: true },
    { action: 'new', keys: ['n'], help: 'make a session', hint: 'new' },
    { action: 'rename', keys: ['r'], help: 'rename', hint: 'rename', isMinor: true },
    { action: 'kill', keys: ['x', 'delete'], help: 'kill (asks)', hint: 'kill', isMinor: true },
    { action: 'restart', keys: ['R'], help: 'restart or resume' },
    { action: 'mark', keys: ['space'], help: 'mark several' },
    { action: 'detach', keys: ['d'], help: 'detach who holds it' },
    { action: 'pin', keys: ['*'], help: 'pin to the top' },
    { action: 'order', keys: ['o'], help: 'change the order' },
    { action: 'preview', keys: ['p', 'tab'], help: 'show or hide preview', hint: 'preview', isMinor: true },
    { action: 'copy', keys: ['y'], help: 'copy attach command' },
    { action: 'help', keys: ['?', 'f1'], help: 'show the keys', hint: 'keys' },
    { action: 'quit', keys: ['q', 'esc', 'ctrl-c'], help: 'quit; sessions stay', hint: 'quit' },
  ],
  name: [
    { action: 'accept', keys: ['enter'], help: 'take the name', hint: 'accept' },
    { action: 'cancel', keys: ['esc', 'ctrl-c'], help: 'change nothing', hint: 'cancel' },
    ...editing,
  ],
  filter: [
    { action: 'attach', keys: ['enter'], help: 'attach', hint: 'attach' },
    { action: 'up', keys: ['up', 'ctrl-p'], help: 'one up' },
    { action: 'down', keys: ['down', 'ctrl-n'], help: 'one down' },
    { action: 'keep', keys: ['tab'], help: 'keep the filter', hint: 'keep' },
    { action: 'cancel', keys: ['esc', 'ctrl-c'], help: 'show all again', hint: 'all' },
    ...editing,
  ],
  form: [
    { action: 'accept', keys: ['enter'], help: 'make it', hint: 'make' },
    { action: 'next', keys: ['down', 'ctrl-n'], help: 'next field', hint: 'next field' },
    { action: 'previous', keys: ['up', 'ctrl-p', 'shift-tab'], help: 'field before' },
    { action: 'complete', keys: ['tab'], help: 'complete, next', isMinor: true },
    { action: 'cancel', keys: ['esc', 'ctrl-c'], help: 'make none', hint: 'cancel' },
    ...editing,
  ],
  question: [
    { action: 'yes', keys: ['y'], help: 'yes', hint: 'yes' },
    { action: 'no', keys: ['n', 'esc', 'ctrl-c'], help: 'no', hint: 'no' },
  ],
  help: [
    { action: 'close', keys: ['esc', '?', 'q', 'enter', 'ctrl-c'], help: 'close the help', hint: 'close' },
    { action: 'down', keys: ['down', 'j'], help: 'further down', hint: 'further', isMinor: true },
    { action: 'up', keys: ['up', 'k'], help: 'further up' },
  ],
};
