// Waiting for a condition instead of for a time.

/** Milliseconds between two looks at a condition that nothing tells us about. */
const pollIntervalMs = 15;

/** Milliseconds a wait may take unless told otherwise: far above any right answer on a loaded two-core machine. */
export const patienceMs = 10_000;

export interface WaitOptions {
  timeoutMs?: number;
}

type Truthy<T> = Exclude<T, false | null | undefined | '' | 0>;

/** Resolves with the first truthy value of `condition`; after `timeoutMs` throws with what `describe` says about the state. */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  describe: string | (() => string),
  options: WaitOptions = {},
): Promise<Truthy<T>> {
  const timeoutMs = options.timeoutMs ?? patienceMs;
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    if (performance.now() > giveUpAt) {
      throw new Error(`Not within ${timeoutMs} ms: ${typeof describe === 'string' ? describe : describe()}`);
    }
    await pause(pollIntervalMs);
  }
}

/** A gap between two writes, for tests of bytes that arrive apart. Never a way to wait for a result. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The promise's value, or an error with what `describe` says when it takes too long. */
export async function within<T>(promise: Promise<T>, describe: () => string, timeoutMs = patienceMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${timeoutMs} ms: ${describe()}`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
