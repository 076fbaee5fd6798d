// A folder of a test's own, gone when the test is over.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new private folder; call it from within a test or a `beforeEach`. */
export function tempFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'stay-test-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The permission bits of what stands at `path`, links not followed. */
export function modeOf(path: string): number {
  return fs.lstatSync(path).mode & 0o777;
}
