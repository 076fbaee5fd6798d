// Builds dist/stay, one binary for this machine, and dist/stay.1, its manual page. Run by Bun: `npm run build`.

import { mkdirSync } from 'node:fs';
import type { BunPlugin } from 'bun';

/**
 * Modules that the binary never runs but the bundler wants to see: React's devtools, for which Ink asks only when DEV=true
 * is set, and node-pty, which is for Deno and Node; Bun has terminals of its own.
 */
const withoutUnused: BunPlugin = {
  name: 'without-unused',
  setup(build) {
    const filter = /^(react-devtools-core|node-pty)$/;
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unused' }));
    const contents = 'export default {}; export const spawn = undefined;';
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents, loader: 'js' }));
  },
};

mkdirSync('dist', { recursive: true });
const result = await Bun.build({
  entrypoints: ['src/main.ts'],
  compile: { outfile: 'dist/stay', autoloadDotenv: false, autoloadBunfig: false },
  target: 'bun',
  format: 'esm',
  minify: true,
  bytecode: true,
  // A verb then loads its own rooms alone: 15 ms less before the first line of any of them runs.
  splitting: true,
  sourcemap: 'none',
  plugins: [withoutUnused],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
});
for (const log of result.logs) console.error(log);
if (!result.success) process.exit(1);

const manual = Bun.spawnSync(['dist/stay', 'man'], { stderr: 'inherit' });
if (!manual.success) process.exit(1);
await Bun.write('dist/stay.1', manual.stdout);
