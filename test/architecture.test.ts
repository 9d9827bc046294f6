import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const allFiles = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((f) =>
  /\.c?ts$/.test(f),
);
/**
 * Another language that only looks like TypeScript: compiled to WebAssembly, it is loaded and not
 * imported.
 */
const isAssemblyScript = (file: string) => file.startsWith('snapshot/wasm/');
const files = allFiles.filter((file) => !isAssemblyScript(file));

interface Import {
  readonly from: string;
  /** A path below src for our own modules, else the package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((file) => importsOf(file));

/** In one folder, not counting subfolders: more files need subfolders. */
const MOST_FILES = 25;

/** The folders (or top-level modules) that a folder may import, besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // quoted text is made safe to show
  errors: ['util'],
  util: ['errors'],
  // how files are written: under a temporary name until they are complete
  files: ['errors', 'util'],
  source: ['errors', 'util'],
  snapshot: ['errors', 'util'],
  graph: ['snapshot', 'errors', 'util'],
  // texts only: it knows neither heaps nor answers
  redact: [],
  // the question: one table of options, and targets, patterns, cuts and outputs as plain data
  question: ['redact', 'errors', 'util'],
  engine: ['graph', 'snapshot', 'redact', 'errors', 'util'],
  // turns facts into English: knows the meaning of references, but no heap
  words: ['engine', 'util'],
  select: ['engine', 'graph', 'snapshot', 'question', 'redact', 'errors', 'util'],
  collect: ['words', 'engine', 'graph', 'question', 'redact', 'errors', 'util'],
  stats: ['engine', 'graph', 'question', 'redact', 'errors', 'util'],
  // which holders grow: numbers and paths, no words
  leaks: ['engine', 'graph', 'snapshot', 'errors', 'util'],
  // reads files of this machine that a heap names
  'source-maps': ['collect', 'words', 'util'],
  // sees the finished Subgraph and the finished numbers, never a heap
  report: ['collect', 'words', 'engine', 'stats', 'errors', 'util'],
  render: ['errors', 'util'],
  answer: [
    ...['source', 'snapshot', 'graph', 'engine', 'select', 'collect', 'stats', 'source-maps'],
    ...['leaks', 'report', 'render', 'words', 'files', 'question', 'redact', 'errors', 'util'],
  ],
  // counts and times lines; knows no heap
  lines: ['source-maps', 'report', 'redact', 'files', 'errors', 'util'],
  // calls from within the program that is looked at, and the same calls on opened heaps
  program: [
    ...['answer', 'source', 'snapshot', 'graph', 'engine', 'collect', 'stats', 'source-maps'],
    ...['report', 'lines', 'files', 'question', 'redact', 'errors', 'util'],
  ],
  // the same questions for a coding agent
  mcp: [...['answer', 'source', 'report', 'files', 'question', 'redact', 'errors', 'util']],
  cli: [
    ...['mcp', 'answer', 'lines', 'collect', 'source', 'report', 'question', 'redact'],
    ...['files', 'errors', 'util'],
  ],
  // supervises the command line, which runs in a separate thread, and removes the files it began
  supervise: ['cli', 'files', 'errors', 'util'],
  // commands at a prompt: on this program, and in `node inspect` through the command line
  prompt: [
    ...['program', 'cli', 'answer', 'source', 'stats', 'lines', 'report', 'files', 'errors'],
    ...['question', 'util'],
  ],
  entry: [
    'supervise',
    ...[
      'cli',
      'mcp',
      'program',
      'prompt',
      'answer',
      'lines',
      'render',
      'collect',
      'stats',
      'source',
    ],
    ...['snapshot', 'graph', 'report', 'question', 'redact', 'errors', 'util'],
  ],
};

describe('layers', () => {
  test('every folder imports only the folders below it', () => {
    const wrong = imports
      .filter(({ to }) => isOwn(to))
      .filter(({ from, to }) => layerOf(from) !== layerOf(to))
      .filter(({ from, to }) => !ALLOWED[layerOf(from)]?.includes(layerOf(to)));
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('errors know how to show quoted text and how to name options, and nothing else', () => {
    const modules = imports.filter(({ from, to }) => from === 'errors.ts' && isOwn(to));
    expect(modules.map(({ to }) => to)).toEqual(['util/one-line.ts', 'util/sentence.ts']);
  });

  test('report knows the Subgraph only as a type', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      return layerOf(from) === 'report' && to.startsWith('collect/') && !typeOnly;
    });
    expect(wrong).toEqual([]);
    const modules = imports.filter(
      ({ from, to }) => layerOf(from) === 'report' && to.startsWith('collect/'),
    );
    expect(new Set(modules.map(({ to }) => to))).toEqual(new Set(['collect/picture/subgraph.ts']));
  });

  test.each(['words', 'report'])('%s knows of the engine only the meanings', (layer) => {
    const modules = imports.filter(
      ({ from, to }) => layerOf(from) === layer && to.startsWith('engine/'),
    );
    expect(modules.filter(({ typeOnly }) => !typeOnly)).toEqual([]);
    expect(new Set(modules.map(({ to }) => to))).toEqual(new Set(['engine/meaning.ts']));
  });

  test('report knows the numbers only as types', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      return layerOf(from) === 'report' && to.startsWith('stats/') && !typeOnly;
    });
    expect(wrong).toEqual([]);
  });

  test('source maps change a finished Subgraph, and see no heap', () => {
    const modules = imports.filter(
      ({ from, to }) => layerOf(from) === 'source-maps' && to.startsWith('collect/'),
    );
    expect(new Set(modules.map(({ to }) => to))).toEqual(new Set(['collect/picture/subgraph.ts']));
    expect(modules.every(({ typeOnly }) => typeOnly)).toBe(true);
  });

  test('graph code sees the snapshot only through its tables', () => {
    const modules = imports.filter(
      ({ from, to }) => layerOf(from) === 'graph' && to.startsWith('snapshot/'),
    );
    expect(new Set(modules.map(({ to }) => to))).toEqual(new Set(['snapshot/snapshot-tables.ts']));
  });

  test('the code compiled to WebAssembly knows nothing else', () => {
    const sources = allFiles.filter(isAssemblyScript);
    expect(sources.length).toBeGreaterThan(0);
    const imported = sources.flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      return [...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path ?? '');
    });
    expect(imported.filter((path) => !/^\.\/\w+$/.test(path))).toEqual([]);
  });

  test('no module imports itself through others, not even for types or lazily', () => {
    expect(findCycle()).toBeNull();
  });

  test('no folder has more files than a stranger can look through', () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    const crowded = [...counts].filter(([, count]) => count > MOST_FILES);
    expect(crowded).toEqual([]);
  });

  test('every module is reached from something in entry', () => {
    const reached = reachableFrom(files.filter((file) => file.startsWith('entry/')));
    expect(files.filter((file) => !reached.has(file))).toEqual([]);
  });
});

// snapshot: its second thread reads a file that another one has opened
const FILE_LAYERS = [
  'cli',
  'entry',
  'files',
  'lines',
  'render',
  'report',
  'snapshot',
  'source',
  'supervise',
  'source-maps',
  // checks that there is a script to run
  'util',
];

describe('external packages', () => {
  test('each is imported by exactly one module', () => {
    const users = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (isOwn(to) || to.startsWith('node:')) continue;
      const name = packageOf(to);
      users.set(name, (users.get(name) ?? new Set()).add(from));
    }
    expect(Object.fromEntries([...users].map(([name, from]) => [name, [...from].sort()]))).toEqual({
      '@hpcc-js/wasm-graphviz': ['entry/layout-worker.ts'],
      '@jridgewell/trace-mapping': ['source-maps/original-places.ts'],
      '@resvg/resvg-js': ['render/png.ts'],
      '@resvg/resvg-wasm': ['render/png.ts'],
      acorn: ['lines/probe/parse-source.ts'],
      'devtools-protocol': ['source/inspector/inspector-protocol.ts'],
      'fastest-levenshtein': ['question/nearest-names.ts'],
      fzstd: ['source/file/zstd-in-javascript.ts'],
      pdfkit: ['render/pdf.ts'],
      'ts-graphviz': ['report/dot/to-dot.ts'],
      ws: ['source/inspector/web-socket.ts'],
      'xxhash-wasm': ['source/file/zstd-in-javascript.ts'],
      yargs: ['cli/parse-arguments.ts'],
      yauzl: ['source/file/zip-member.ts'],
    });
  });

  test.each([
    [
      'the command line',
      ['entry/start.ts', 'cli/main.ts', 'cli/commands/run-graph.ts'],
      ['fastest-levenshtein', 'yargs'],
    ],
    ['a program that uses the library', ['entry/index.ts'], ['fastest-levenshtein']],
  ])('those that draw are only loaded when something is drawn: %s', (_, starts, expected) => {
    const eager = reachableFrom(starts, { lazy: false });
    const packages = imports
      .filter(({ from, to }) => eager.has(from) && !isOwn(to) && !to.startsWith('node:'))
      .map(({ to }) => packageOf(to));
    expect(new Set(packages)).toEqual(new Set(expected));
  });

  test('files are opened where files are the subject', () => {
    const users = imports.filter(({ to }) => /^node:fs/.test(to)).map(({ from }) => layerOf(from));
    expect(new Set(users)).toEqual(new Set(FILE_LAYERS));
  });
});

test('nothing prints or exits on its own: the command line has an Io for that', () => {
  // a session ends with its prompt, whatever the script still waits for; the whole process ends if
  // an uncaught error does not end the work; and it ends with its command, or before that if a
  // signal comes while the command computes
  const ending = ['entry/script-prompt.ts', 'cli/uncaught.ts', 'supervise/supervisor.ts'];
  const wrong = files.filter((file) => {
    if (ending.includes(file)) return false;
    const text = readFileSync(join(SRC, file), 'utf8');
    return /\bconsole\.\w+\(|process\.exit\(/.test(text);
  });
  expect(wrong).toEqual([]);
});

test('no text is ever run: expressions about a heap go to the program they are for', () => {
  // text typed at a prompt, and the profiled program, are the user's own to run; the collector has
  // to be asked for by name in a separate context, and Jest's context has to be left for its
  // `process`; --between names a command that the user typed for a shell
  const running =
    /^(lines|prompt|entry\/(jest|repl|script-)|program\/collect-garbage|cli\/shell-command)/;
  const looking = files.filter((file) => !running.test(file));
  const runs = /\beval\(|\bnew Function\(|node:vm\b|\bexecSync\(|shell: true/;
  expect(looking.filter((file) => runs.test(readFileSync(join(SRC, file), 'utf8')))).toEqual([]);
});

test('nothing but words/ looks into a label, preview or sentence: facts are passed as data', () => {
  // cuts a label that is too long for its line before the id at its end
  const cutting = 'report/visible-text.ts';
  const text = String.raw`(?:label|preview|sentence)\w*`;
  const methods =
    'match|matchAll|replace|replaceAll|startsWith|endsWith|search|split|slice|indexOf';
  const looksInto = new RegExp(
    String.raw`\.(?:${text}|${text}\?)\.(?:${methods})\(|\b(?:label|preview|sentence)\??\.(?:${methods})\(|` +
      String.raw`\.(?:test|exec)\((?:\w+\.)*(?:label|preview|sentence)\b`,
  );
  const reading = files.filter((file) => {
    if (file.startsWith('words/') || file === cutting) return false;
    return looksInto.test(readFileSync(join(SRC, file), 'utf8'));
  });
  expect(reading).toEqual([]);
  for (const old of [
    "target.preview.endsWith('not reachable')",
    'if (/(^|, )unreachable$/.test(preview)) {',
    "label.replace(/^timer/, 'interval')",
    'const match = pattern.exec(node.label);',
  ]) {
    expect(looksInto.test(old), old).toBe(true);
  }
});

test('no file is longer than 350 lines', () => {
  const long = files.filter(
    (file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 350,
  );
  expect(long).toEqual([]);
});

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found: Import[] = [];
  const statement =
    /(?:import|export)\s+(type\s)?([^'";=]*?)(?:from\s+'([^']+)'|=\s*require\('([^']+)'\))|import\s*\(\s*'([^']+)'\s*\)/g;
  for (const [, type, names, path, required, lazyPath] of text.matchAll(statement)) {
    const to = resolveImport(file, (path ?? required ?? lazyPath) as string);
    const inner = (names ?? '')
      .replace(/[{}\s]/g, ' ')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const typeOnly =
      type !== undefined || (inner.length > 0 && inner.every((name) => name.startsWith('type ')));
    found.push({ from: file, to, typeOnly });
  }
  return found;
}

function resolveImport(file: string, path: string): string {
  if (!path.startsWith('.')) return path;
  return relative(SRC, resolve(SRC, dirname(file), path)).replace(/\.(c?)js$/, '.$1ts');
}

function isOwn(path: string): boolean {
  return /\.c?ts$/.test(path);
}

function layerOf(file: string): string {
  const [first = ''] = file.split('/');
  return first.replace(/\.c?ts$/, '');
}

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

function isLazy(from: string, to: string): boolean {
  const text = readFileSync(join(SRC, from), 'utf8');
  const name = to.slice(to.lastIndexOf('/') + 1).replace(/\.ts$/, '.js');
  return new RegExp(`import\\(\\s*'[^']*/${name}'`).test(text);
}

function reachableFrom(starts: readonly string[], { lazy = true } = {}): Set<string> {
  const reached = new Set(starts);
  for (const file of reached) {
    for (const { from, to, typeOnly } of imports) {
      if (from !== file || !isOwn(to)) continue;
      if (!lazy && (typeOnly || isLazy(from, to))) continue;
      reached.add(to);
    }
  }
  return reached;
}

/** One cycle of imports, as a path; null when there is none. */
function findCycle(): string | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' -> ');
    if (done.has(file)) return null;
    for (const { from, to } of imports) {
      if (from !== file || !isOwn(to)) continue;
      const cycle = visit(to, [...path, file]);
      if (cycle !== null) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
