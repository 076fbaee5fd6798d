// The rooms of `src/` and who may know whom. A failure lists the arrows that were drawn too much; draw them otherwise,
// or change the table together with docs/architecture.md.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Room (or file at the top) -> what it may import of ours. `protocol types` is: only with `import type`. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  platform: ['base'],
  protocol: ['base'],
  config: ['base'],
  emulator: ['base'],
  storage: ['base', 'platform', 'protocol types'],
  session: ['base', 'platform', 'protocol', 'emulator', 'storage'],
  client: ['base', 'platform', 'protocol', 'config'],
  ui: ['base', 'protocol'],
  cli: ['base', 'platform', 'protocol', 'config', 'emulator', 'storage', 'client', 'ui', 'version.ts'],
  'version.ts': ['../package.json'],
  'main.ts': ['base', 'platform', 'session', 'cli', 'version.ts'],
};

/** Package -> the rooms or files that may import it; with `import type`, a builtin of Node may be named anywhere. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'bun:*': ['platform'],
  'node:*': ['platform'],
  // Joining names is text, not the system.
  'node:path/posix': ['session', 'storage'],
  'node-pty': ['platform'],
  '@xterm/headless': ['emulator'],
  'get-east-asian-width': ['emulator'],
  msgpackr: ['base/pack.ts'],
  yargs: ['cli'],
  fuzzysort: ['ui'],
  ink: ['ui'],
  react: ['ui'],
  'smol-toml': ['config'],
  'string-width': ['ui', 'cli'],
  'unique-names-generator': ['cli'],
  valibot: ['protocol', 'config', 'storage'],
};

/** What costs milliseconds to load. A verb that needs it imports it dynamically. */
const heavyPackages = ['@xterm/headless', 'ink', 'react'];

const maxLines = 300;

interface Import {
  /** As written. */
  specifier: string;
  kind: 'static' | 'type' | 'dynamic';
}

interface SourceFile {
  /** Relative to `src/`. */
  path: string;
  text: string;
  /** Without comments and without what is between quotes. */
  code: string;
  imports: Import[];
}

const root = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));

function readSource(path: string, text: string): SourceFile {
  const withoutComments = withoutMarked(text, (piece) => (piece.startsWith('/') ? ' ' : piece));
  const code = withoutMarked(withoutComments, (piece) => (/^['"]/.test(piece) ? "''" : piece));
  return { path, text, code, imports: importsIn(withoutComments) };
}

/** Passes every comment and every string through `replace`. */
function withoutMarked(text: string, replace: (piece: string) => string): string {
  const marked = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(marked, replace);
}

function importsIn(text: string): Import[] {
  // Statements begin a line: the formatter sees to that.
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"`;()]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/\bimport\s*\(\s*(?:['"`]([^'"`$]*)['"`]\s*[,)])?/g);
  return [
    ...Array.from(
      statements,
      ([, type, specifier]): Import => ({ specifier: specifier!, kind: type ? 'type' : 'static' }),
    ),
    ...Array.from(calls, ([, specifier]): Import => ({ specifier: specifier ?? '(computed)', kind: 'dynamic' })),
  ];
}

/** The imported file relative to `src/`, or null for a package. */
function targetOf(file: SourceFile, { specifier }: Import): string | null {
  return specifier.startsWith('.') ? join(dirname(file.path), specifier) : null;
}

function roomOf(path: string): string {
  return path.startsWith('../') ? path : path.split('/')[0]!;
}

function packageOf(specifier: string): string {
  const builtin = /^(?:bun|node):/.exec(specifier)?.[0];
  if (builtin !== undefined) return specifier in packages ? specifier : `${builtin}*`;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What `check` says about every import, as lines that can be read. */
function complaintsAboutImports(check: (file: SourceFile, imported: Import) => string | null): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((imported) => {
      const complaint = check(file, imported);
      return complaint === null ? [] : [`${file.path} imports ${imported.specifier}: ${complaint}`];
    }),
  );
}

/** Lines of code that `pattern` finds, in the files that `isChecked` chooses. */
function complaintsAboutCode(pattern: RegExp, isChecked: (path: string) => boolean = () => true): string[] {
  return files
    .filter(({ path }) => isChecked(path))
    .flatMap(({ path, code }) =>
      code.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
}

/** Everything that is loaded when `entry` is: its static imports and theirs. */
function loadedWith(entry: string): { paths: Set<string>; packages: Set<string> } {
  const loaded = { paths: new Set<string>(), packages: new Set<string>() };
  const visit = (path: string): void => {
    const file = files.find((candidate) => candidate.path === path);
    if (file === undefined || loaded.paths.has(path)) return;
    loaded.paths.add(path);
    for (const imported of file.imports.filter(({ kind }) => kind === 'static')) {
      const target = targetOf(file, imported);
      if (target === null) loaded.packages.add(packageOf(imported.specifier));
      else visit(target);
    }
  };
  visit(entry);
  return loaded;
}

/** Every cycle of static imports, once, as `a -> b -> a`. */
function findCycles(): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at !== -1) cycles.push([...trail.slice(at), path].join(' -> '));
    if (at !== -1 || finished.has(path)) return;
    const file = files.find((candidate) => candidate.path === path);
    for (const imported of file?.imports ?? []) {
      const target = targetOf(file!, imported);
      if (imported.kind === 'static' && target !== null) visit(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}

describe('rooms', () => {
  it('are all in the table', () => {
    expect(files.filter(({ path }) => !(roomOf(path) in arrows)).map(({ path }) => path)).toEqual([]);
  });

  it('import only the rooms they may know', () => {
    const complaints = complaintsAboutImports((file, imported) => {
      const target = targetOf(file, imported);
      const from = roomOf(file.path);
      const to = target === null ? from : roomOf(target);
      const isAllowed = from === to || arrows[from]?.includes(to);
      if (isAllowed || (imported.kind === 'type' && arrows[from]?.includes(`${to} types`))) return null;
      return `${from} may import ${arrows[from]?.join(', ') || 'nothing of ours'}`;
    });
    expect(complaints).toEqual([]);
  });

  it('import only the packages that are theirs', () => {
    const complaints = complaintsAboutImports((file, imported) => {
      if (targetOf(file, imported) !== null) return null;
      const name = packageOf(imported.specifier);
      if (name === 'node:*' && imported.kind === 'type') return null;
      const owners = packages[name] ?? [];
      if (owners.some((owner) => owner === file.path || owner === roomOf(file.path))) return null;
      return `${name} belongs to ${owners.join(', ') || 'nobody'}`;
    });
    expect(complaints).toEqual([]);
  });

  it('leave the runtime to platform', () => {
    const globals =
      /(?<![\w.$#])(?:(?:process|Bun|Deno|Buffer|globalThis)\s*(?:\?\.|\.|\[)|require\(|__(?:dir|file)name\b)/;
    const tests = /\btypeof (?:process|Bun|Deno|Buffer)\b|\bin globalThis\b/;
    for (const pattern of [globals, tests]) {
      expect(complaintsAboutCode(pattern, (path) => roomOf(path) !== 'platform')).toEqual([]);
    }
  });
});

describe('loading', () => {
  it('has no cycles', () => {
    // Types are gone by then, and a dynamic import waits: neither can find a module half made.
    expect(findCycles()).toEqual([]);
  });

  it('of the entry brings neither the command line nor a heavy room', () => {
    const loaded = loadedWith('main.ts');
    expect([...loaded.paths].filter((path) => /^(?:cli|ui|emulator|session|storage|client)\//.test(path))).toEqual([]);
    expect([...loaded.packages].filter((name) => ['yargs', ...heavyPackages].includes(name))).toEqual([]);
  });

  it('of the command line brings nothing that only some verbs need', () => {
    const loaded = loadedWith('cli/run-cli.ts');
    expect([...loaded.paths].filter((path) => /^(?:emulator|session)\//.test(path))).toEqual([]);
    expect([...loaded.packages].filter((name) => heavyPackages.includes(name))).toEqual([]);
  });

  it('of the server of a session brings no user interface', () => {
    const loaded = loadedWith('session/serve.ts');
    expect([...loaded.packages].filter((name) => ['ink', 'react', 'yargs', 'smol-toml'].includes(name))).toEqual([]);
  });
});

describe('style', () => {
  it('has no any', () => {
    expect(complaintsAboutCode(/(?::|\bas|<|,|\||&|=>)\s*any\b(?!\s*[:(])/)).toEqual([]);
  });

  it('has no default exports', () => {
    expect(complaintsAboutCode(/^export default\b|^export\b.*\bas default\b/)).toEqual([]);
  });

  it(`has no file of more than ${maxLines} lines`, () => {
    const lengths = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > maxLines)).toEqual([]);
  });

  it('names files for what they hold', () => {
    const vague = /^(?:index|utils?|common|helpers?|misc|shared|lib)\.tsx?$/;
    expect(files.map(({ path }) => path).filter((path) => vague.test(basename(path)))).toEqual([]);
  });
});

describe('this test', () => {
  it('sees every form of import, and none in comments and strings', () => {
    const text = [
      "import plain from 'a';",
      "import type { T } from './b.ts';",
      "import {\n  c,\n  type C,\n} from '../c/c.ts';",
      "import 'd';",
      "export { e } from 'e';",
      "export type * from 'f';",
      "const g = await import('./g.ts');",
      "type H = import('h').H;",
      'const i = await import(computed);',
      "// import no from 'no';",
      "/* import('no') */",
      "const s = \"import('no')\".length; export const t = 'from';",
    ].join('\n');
    const { imports, code } = readSource('room/file.ts', text.replaceAll('"import(\'no\')"', '"import no"'));
    expect(imports.map(({ kind, specifier }) => `${kind} ${specifier}`)).toEqual([
      ...['static a', 'type ./b.ts', 'static ../c/c.ts', 'static d', 'static e', 'type f'],
      ...['dynamic ./g.ts', 'dynamic h', 'dynamic (computed)'],
    ]);
    expect(code).not.toContain('no');
  });

  it('sees the files of every room', () => {
    expect(new Set(files.map(({ path }) => roomOf(path)))).toEqual(new Set(Object.keys(arrows)));
  });
});
