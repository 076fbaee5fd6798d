// Small programs to run inside sessions, as argv.

/** Does nothing for as long as the tests run. */
export const idle = ['sleep', '4000'] as const;

/** A shell script as a program. */
export function script(text: string): string[] {
  return ['/bin/bash', '-c', text];
}

/** Prints READY, then every byte typed, control characters made visible (`^A`); nothing is echoed or interpreted. */
export const showKeys = script("stty raw -echo; printf 'READY\\r\\n'; exec cat -v");

/** Prints READY, then appends every byte typed to the file. */
export function recordKeys(path: string): string[] {
  return script(`stty raw -echo; printf 'READY\\r\\n'; exec cat > '${path}'`);
}
