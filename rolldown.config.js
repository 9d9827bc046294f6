// The command line in a few files: finding and loading two hundred modules takes longer than running them.
import { readdirSync, readFileSync } from 'node:fs';

/** With its whole tree in the bundle; other packages are loaded where something is drawn. */
const INCLUDED =
  /^(yargs|y18n|cliui|escalade|get-caller-file|fastest-levenshtein|wrap-ansi|strip-ansi|ansi-)/;

export default {
  input: {
    main: 'dist/cli/main.js',
    io: 'dist/cli/io.js',
    'second-thread': 'dist/second-thread-worker.js',
  },
  platform: 'node',
  external: (id) => !/^([./\0]|\w:\\)/.test(id) && !INCLUDED.test(id) && id !== 'string-width',
  plugins: [plainWidth(), licences()],
  output: {
    // as deep as the folders of dist, because modules name templates and workers relative to themselves
    dir: 'dist/bundle',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
  },
};

/** The help is plain English; the package's tables of emoji cost a tenth of the start. */
function plainWidth() {
  return {
    name: 'plain-width',
    resolveId: (id) => (id === 'string-width' ? '\0string-width' : null),
    load: (id) => (id === '\0string-width' ? 'export default (text) => text.length;' : null),
  };
}

/** The licences of what is in the bundle go with it. */
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
