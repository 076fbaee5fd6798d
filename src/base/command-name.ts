// What people call a command.

/** A command's program as people name it: `/bin/bash` is `bash`. */
export function commandName(command: readonly string[]): string {
  const file = command[0] ?? '';
  return file.slice(file.lastIndexOf('/') + 1);
}
