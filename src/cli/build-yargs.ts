import yargs from 'yargs';
import { DEFAULT_COLLECT_OPTIONS } from '../collect/collect-options.js';
import { outputFormats } from '../report/formats.js';

const SOURCE = 'Source';
const TARGET = 'Target:';
const WALK = 'Walk:';
const OUTPUT = 'Output:';
const OTHER = 'Other:';

/** What the command line said, before any check beyond yargs' own. */
export type RawArguments = Awaited<ReturnType<ReturnType<typeof buildYargs>['parse']>>;

/** The parser with all options; building it does no work and touches no process. */
export function buildYargs(argv: readonly string[], version: string) {
  return yargs([...argv])
    .scriptName('showbackref')
    .usage('$0 [backrefs] [source] --target T [options] [-- script arguments]')
    .usage('$0 capture [source] --out FILE.heapsnapshot[.gz]\n')
    .usage('Draws who is holding an object in a V8 heap, up to the GC roots.')
    .usage(
      `\n${SOURCE}: a .heapsnapshot or .heaptimeline file (also .gz, .zst), - for standard input,`,
    )
    .usage(
      'a script to run (.js .mjs .cjs .ts .mts), pid:N for a running Node process, an inspector',
    )
    .usage(
      '(HOST:PORT, http://HOST:PORT, ws://…: Node, Deno, Chrome), or nothing: the newest snapshot in',
    )
    .usage('this folder, else the inspector on 127.0.0.1:9229.')
    .parserConfiguration({
      'populate--': true,
      'parse-positional-numbers': false,
      // one value per --out, so that a source may follow
      'greedy-arrays': false,
      'duplicate-arguments-array': true,
    })
    .options({ ...targetOptions(), ...walkOptions(), ...outputOptions(), ...otherOptions() })
    .example('$0 app.js --target x --out x.png', 'stop at "debugger;" and draw who holds x')
    .example('$0 a.heapsnapshot --target class:Session --largest', 'the Session that retains most')
    .example('$0 a.heapsnapshot --target @123 --out a.svg --out a.json', 'an object by its heap id')
    .example('$0 pid:4711 --target class:Session --largest', 'in a process, which then goes on')
    .example('$0 http://127.0.0.1:9222 --page shop --target detached', 'in a tab of Chrome')
    .epilogue('Exit codes: 0 answered, 1 could not answer, 2 usage, 130 interrupted.')
    .strictOptions()
    .help('help', 'Show this help')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .group(['help', 'version'], OTHER)
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(100);
}

function targetOptions() {
  return {
    target: {
      group: TARGET,
      alias: 't',
      string: true,
      array: true,
      describe:
        'Name the object: @id, x, a.b[0], class:Foo, fn:f, string:/re/, var:x, global:x, largest, detached',
    },
    nth: {
      group: TARGET,
      string: true,
      describe: 'Take the nth match only, from 1, in order of ids',
    },
    largest: { group: TARGET, boolean: true, describe: 'Take the match that retains most' },
    all: { group: TARGET, boolean: true, describe: 'Take all matches of a plain name' },
    when: {
      group: TARGET,
      string: true,
      describe: 'Look at a script at "debugger", "exit", FILE:LINE or after 5s (default: debugger)',
    },
    'node-arg': {
      group: TARGET,
      string: true,
      array: true,
      describe: 'Pass an argument to the Node that runs the script',
    },
    page: {
      group: TARGET,
      string: true,
      describe: "Pick a browser's tab by a part of its title or URL; /re/ works",
    },
    worker: {
      group: TARGET,
      string: true,
      describe: 'Look at a worker of a live program: its number, or a part of its name or URL',
    },
    keep: {
      group: TARGET,
      string: true,
      describe: 'Save the heap of a live source too, as .heapsnapshot or .heapsnapshot.gz',
    },
  } as const;
}

function walkOptions() {
  const { depth, fanIn, maxNodes } = DEFAULT_COLLECT_OPTIONS;
  const pattern = { group: WALK, string: true, array: true } as const;
  return {
    depth: {
      group: WALK,
      string: true,
      describe: `Draw this many steps in full (default: ${depth})`,
    },
    'fan-in': {
      group: WALK,
      string: true,
      describe: `Keep this many holders per object (default: ${fanIn})`,
    },
    'max-nodes': {
      group: WALK,
      string: true,
      describe: `Draw at most this many objects (default: ${maxNodes})`,
    },
    'to-roots': {
      group: WALK,
      boolean: true,
      describe: 'Continue each chain to a GC root (default: on)',
    },
    hide: { ...pattern, describe: 'Leave out a class, @id, reference or file; /re/ works' },
    stop: { ...pattern, describe: 'Draw it but do not go past it' },
    highlight: { ...pattern, describe: 'Draw it in blue' },
    weak: { group: WALK, boolean: true, describe: 'Draw weak references, dashed' },
    internals: { group: WALK, boolean: true, describe: "Draw the engine's own objects unfolded" },
    retained: { group: WALK, boolean: true, describe: 'Compute retained sizes' },
  } as const;
}

function outputOptions() {
  const names = outputFormats.map(({ name }) => name).join(' ');
  return {
    out: {
      group: OUTPUT,
      alias: 'o',
      string: true,
      array: true,
      describe: `Write to a file, its extension gives the format (${names}); - is standard output`,
    },
    format: {
      group: OUTPUT,
      alias: 'f',
      string: true,
      describe: 'Give the format where no extension does',
    },
    title: { group: OUTPUT, string: true, describe: 'Put a title over the picture' },
    theme: { group: OUTPUT, string: true, describe: 'Draw light or dark (default: light)' },
    template: {
      group: OUTPUT,
      string: true,
      describe: 'Fill in your own .md or .html file instead of ours (docs/templates.md)',
    },
    legend: {
      group: OUTPUT,
      boolean: true,
      describe: 'Explain the picture at its foot (default: on)',
    },
  } as const;
}

function otherOptions() {
  return {
    quiet: { group: OTHER, alias: 'q', boolean: true, describe: 'Say nothing but errors' },
    debug: { group: OTHER, boolean: true, describe: 'Show the stack of an error' },
  } as const;
}

/** yargs takes a lone `-` for a positional argument even behind an option: ties it to its option. */
export function joinDashValues(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  const isOut = (at: number) => (argv[at] === '--out' || argv[at] === '-o') && argv[at + 1] === '-';
  return argv.flatMap((arg, at) => {
    if (end >= 0 && at >= end) return [arg];
    if (isOut(at)) return ['--out=-'];
    return at > 0 && isOut(at - 1) ? [] : [arg];
  });
}
