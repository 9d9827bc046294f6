// Bundles the command line into a few files: finding and loading two hundred modules takes longer
// than running them. CommonJS, because Node.js loads modules of that kind at once, without a turn
// of its loop for each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Packages that are bundled with all their dependencies; others are loaded when something is drawn.
 * ts-graphviz is an ES module without a form that older versions of Node.js could `require`.
 */
const INCLUDED =
  /^(yargs|y18n|cliui|escalade|get-caller-file|fastest-levenshtein|ws$|string-width|strip-ansi|wrap-ansi|@?ts-graphviz)/;

const COMMON = {
  // only used in code of yargs for configuration files, which we do not have
  transform: { define: { 'import.meta.resolve': 'require.resolve' } },
  platform: 'node',
  external: (id) => !/^([./\0]|\w:\\)/.test(id) && !INCLUDED.test(id),
};
const OUTPUT = {
  // as deep as the folders of dist, because modules name templates and workers relative to
  // themselves
  dir: 'dist/bundle',
  format: 'cjs',
  strict: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  comments: false,
};
/** A single file, which is loaded as soon as the process has started. */
const WHOLE = { ...OUTPUT, codeSplitting: false };
/**
 * Chunks with all their imports: the messages of the supervisor, which loads nothing else; the code
 * with which the thread of a command starts, beginning with a second thread; the options of all
 * commands; and the code for a question to a heap.
 */
const CHUNKS = [
  chunk('ending-words', 4, [
    'cli/ending-words',
    'cli/uncaught',
    'cli/terminal-columns',
    'util/one-line',
  ]),
  chunk('second', 3, ['util/prestarted-thread', 'util/left-behind', 'files/remove-remnant']),
  chunk('main', 2, ['cli/main']),
  chunk('heap', 1, ['cli/commands/run-graph', 'report/json']),
];

function chunk(name, priority, modules) {
  // otherwise a renamed module would be in another file, and only the start would be slower
  const missing = modules.filter((module) => !existsSync(`src/${module}.ts`));
  if (missing.length > 0) throw new Error(`there is no ${missing[0]} for the chunk ${name}`);
  const paths = modules.map((module) => module.replaceAll('/', '[\\\\/]')).join('|');
  return { name, priority, test: new RegExp(`dist[\\\\/](?:${paths})\\.js$`) };
}

export default [
  {
    ...COMMON,
    input: {
      start: 'dist/entry/start.js',
      'command-thread': 'dist/entry/command-thread.js',
      'mcp-room': 'dist/entry/mcp-room.js',
    },
    // otherwise each of CHUNKS gets a file before it that only exports its names
    preserveEntrySignatures: 'allow-extension',
    plugins: [plainText(), licences()],
    output: { ...OUTPUT, cleanDir: true, codeSplitting: { groups: CHUNKS } },
  },
  // a separate process, and a thread, which start faster the less they load
  { ...COMMON, input: { 'inspector-relay': 'dist/entry/inspector-relay.js' }, output: WHOLE },
  { ...COMMON, input: { 'second-thread': 'dist/entry/second-thread-worker.js' }, output: OUTPUT },
];

/**
 * Replacements: the help is plain English, so it needs no tables of emoji, which cost a tenth of
 * the start, and no support for colours, for which the process waited at its end until V8 had
 * optimized them.
 */
const PLAIN = {
  'string-width': 'export default (text) => text.length;',
  'strip-ansi': 'export default (text) => text;',
  'wrap-ansi': `import { wrapText } from ${JSON.stringify(resolve('dist/util/wrap-text.js'))};
    export default (text, width) => wrapText(text, width).join('\\n');`,
};

function plainText() {
  const prefix = '\0plain:';
  return {
    name: 'plain-text',
    resolveId: (id) => (id in PLAIN ? prefix + id : null),
    load: (id) => (id.startsWith(prefix) ? PLAIN[id.slice(prefix.length)] : null),
  };
}

/** The licences of the bundled packages, which have to accompany them. */
function licences() {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
      const folders = files.flatMap(
        (file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? [],
      );
      const source = [...new Set(folders)].sort().map(licenceOf).join('\n\n');
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}

function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence to go with its code`);
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${folder}/${file}`, 'utf8')}`;
}
