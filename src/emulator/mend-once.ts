// Mending prototypes of xterm.js, which all terminals of a process share.

const mended = new WeakSet<object>();

/** Calls `mend` with the prototype of `instance`, unless that was done before. */
export function mendOnce(instance: object, mend: (prototype: object) => void): void {
  const prototype = Object.getPrototypeOf(instance) as object;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  mend(prototype);
}
