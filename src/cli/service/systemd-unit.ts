// The text of our systemd user unit. See systemd.service(5), systemd.kill(5).

/** A unit that runs `command` once when the user manager starts, with these variables set. */
export function unitText(command: readonly string[], variables: readonly (readonly [string, string])[]): string {
  const environment = variables.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`).join('');
  return `# Written by "stay service install"; "stay service uninstall" removes it.

[Unit]
Description=Resume the sessions of stay

[Service]
# Nothing is watched over: every session gets a server of its own. The command ends when they run.
Type=oneshot
RemainAfterExit=yes
ExecStart=${execLine(command)}

# Stopping or restarting this unit must not end sessions. Their servers have scopes of their own (stay-<id>.scope);
# one that could get no scope stays in this unit, and "process" leaves it alone: it ends the command only, which has
# ended already. (The default would end all that is in the unit; "none" is deprecated.)
KillMode=process

# What a login sets and a boot does not, as it was when this was written: write it anew after a change.
${environment}
[Install]
WantedBy=default.target
`;
}

/** Variables are replaced in every word but the program's path. */
function execLine([file = '', ...words]: readonly string[]): string {
  return [quoted(file), ...words.map((word) => quoted(word.replaceAll('$', '$$$$')))].join(' ');
}

/** A word in which systemd sees nothing but itself: % begins a specifier, quotes and backslashes are as in C. */
function quoted(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
  return /^[\w./:=,+@%$-]+$/.test(word) ? escaped : `"${escaped}"`;
}
