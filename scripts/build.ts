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

/**
 * What lays out text of any script, which most of what is printed is not, is evaluated when it is first called: that takes
 * 2 ms, which every verb would pay.
 */
const evaluatedWhenCalled: BunPlugin = {
  name: 'evaluated-when-called',
  setup(build) {
    // A path of its own: one that were the same would be the module itself.
    const suffix = '#when-called';
    build.onResolve({ filter: /^(cliui|string-width)$/ }, ({ path, importer }) => {
      const isRare = importer.includes('/yargs/lib/platform-shims/') || importer.includes('/src/ui/');
      return isRare ? { path: Bun.resolveSync(path, importer) + suffix, namespace: 'when-called' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'when-called' }, ({ path }) => {
      const module = JSON.stringify(path.slice(0, -suffix.length));
      // A module may say that it is its default, whoever requires it.
      const contents = `export default (...args) => { const all = require(${module}); return (all.default ?? all)(...args); };`;
      return { contents, loader: 'js' };
    });
  },
};

/** Ink, and what it cuts and wraps lines with, measure as we do. */
const measuredAlike: BunPlugin = {
  name: 'measured-alike',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) => {
      const isInks = /\/node_modules\/(?:ink|cli-truncate|slice-ansi|widest-line|wrap-ansi)\//.test(importer);
      return isInks ? { path: 'string-width', namespace: 'measured-alike' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'measured-alike' }, () => {
      const module = JSON.stringify(Bun.resolveSync('./src/ui/quick-width.ts', process.cwd()));
      return { contents: `export { quickWidth as default } from ${module};`, loader: 'js' };
    });
  },
};

/**
 * What yargs does as soon as it is loaded, and we need not: it asks standard output for its width (2 ms; we tell it where to
 * wrap), and has Node's assertions say that it found no package.json of ours (1.5 ms).
 */
const replacedInYargs: [RegExp, string][] = [
  [/typeof process\.stdout\.columns !== 'undefined' \? process\.stdout\.columns : null/, 'null'],
  [
    /import \{ notStrictEqual, strictEqual \} from 'assert'/,
    `const insist = (isSo, message) => { if (!isSo) throw new Error(message); };
const notStrictEqual = (actual, unwanted, message) => insist(!Object.is(actual, unwanted), message);
const strictEqual = (actual, expected, message) => insist(Object.is(actual, expected), message);`,
  ],
];

const withoutAsking: BunPlugin = {
  name: 'without-asking',
  setup(build) {
    build.onLoad({ filter: /yargs[/\\]lib[/\\]platform-shims[/\\]esm\.mjs$/ }, async ({ path }) => {
      let contents = await Bun.file(path).text();
      for (const [part, replacement] of replacedInYargs) {
        if (!part.test(contents)) throw new Error(`${path} has changed: there is no ${part}`);
        contents = contents.replace(part, replacement);
      }
      return { contents, loader: 'js' };
    });
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
  plugins: [withoutUnused, measuredAlike, evaluatedWhenCalled, withoutAsking],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
});
for (const log of result.logs) console.error(log);
if (!result.success) process.exit(1);

const manual = Bun.spawnSync(['dist/stay', 'man'], { stderr: 'inherit' });
if (!manual.success) process.exit(1);
await Bun.write('dist/stay.1', manual.stdout);
