// The working directory that a shell tells its terminal with OSC 7.

/** The path of a `file:` URL, or of the bare path that some shells send. */
export function pathOf(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  if (url.startsWith('/')) return url;
  const match = /^(?:file|kitty-shell-cwd):\/\/[^/]*(\/.*)$/.exec(url);
  if (match === null) return undefined;
  try {
    return url.startsWith('file:') ? decodeURIComponent(match[1]!) : match[1];
  } catch {
    return match[1]; // a stray % that is no escape
  }
}
