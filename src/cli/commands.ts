import { tableFormats } from '../report/tables/table-formats.js';
import type { OptionTable, RawArguments } from './build-yargs.js';
import { growthFormats } from './growth-formats.js';
import type { Io } from './io.js';
import { memoryFormats } from './mprof-formats.js';
import {
  captureOptions,
  chainOptions,
  classOptions,
  growthOptions,
  memoryLimitOptions,
  otherOptions,
  outputOptions,
  promptOptions,
  refsOptions,
  sourceOptions,
  tableOutputOptions,
  targetOptions,
  typesOptions,
  walkOptions,
} from './options.js';
import { memoryOptions, profileOptions, samplingOptions } from './profile-option-table.js';

/** One command of the command line: what the help says about it, and how to get at its code. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly describe: string;
  /** Its options, in the form yargs takes them; others are usage errors. */
  readonly options: () => OptionTable;
  readonly examples: readonly (readonly [string, string])[];
  /** The code behind it, loaded when it is asked for. */
  readonly load: () => Promise<RunCommand>;
}

/** Does the work and writes the answer; the exit code is 0 unless a limit the user set was crossed. */
export type RunCommand = (raw: RawArguments, io: Io) => Promise<number>;

/** Every command; the first one is meant where none is written. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'backrefs',
    describe: 'Draw who is holding an object, up to the GC roots',
    options: () => graphOptions(walkOptions()),
    examples: [
      ['$0 app.js --target x --out x.png', 'stop at "debugger;" and draw who holds x'],
      ['$0 a.heapsnapshot --target class:Session --largest', 'the Session that retains most'],
      ['$0 a.heapsnapshot --target @123 --out a.svg --out a.json', 'an object by its heap id'],
      ['$0 pid:4711 --target class:Session --largest', 'in a process, which then goes on'],
      ['$0 http://127.0.0.1:9222 --page shop --target detached', 'in a tab of Chrome'],
    ],
    load: async () => (await import('./commands/run-graph.js')).runGraph('backrefs'),
  },
  {
    name: 'refs',
    describe: 'Draw what an object holds',
    options: () => graphOptions(refsOptions()),
    examples: [['$0 refs a.heapsnapshot --target cache --depth 2', 'what is in the cache']],
    load: async () => (await import('./commands/run-graph.js')).runGraph('refs'),
  },
  {
    name: 'chain',
    describe: 'Draw the shortest way from a GC root to an object, or several',
    options: () => graphOptions(chainOptions()),
    examples: [
      ['$0 chain a.heapsnapshot --target @123 --paths 3', 'three ways that share nothing'],
    ],
    load: async () => (await import('./commands/run-graph.js')).runGraph('chain'),
  },
  {
    name: 'types',
    describe: 'List the classes of a heap: how many objects, what they take and retain',
    options: typesCommandOptions,
    examples: [
      ['$0 types a.heapsnapshot --sort retained', 'what keeps most memory'],
      ['$0 types app.js', 'at its first "debugger;"'],
      ['$0 types pid:4711 --strings', 'the texts it holds more than once'],
      ["$0 types a.heapsnapshot --fail-on 'Buffer>50MB'", 'a check for a test run'],
    ],
    load: async () => (await import('./commands/run-types.js')).runTypes,
  },
  {
    name: 'growth',
    describe: 'List what was added or removed between two or more moments',
    options: growthCommandOptions,
    examples: [
      ['$0 growth a.heapsnapshot b.heapsnapshot', 'two snapshots of one process, or of two'],
      ['$0 growth app.js', 'from each "debugger;" to the next'],
      ['$0 growth pid:4711 --every 10s --count 3', 'a process, three times'],
      ["$0 growth a.heapsnapshot b.heapsnapshot --fail-on 'Session>100'", 'a check for a test run'],
    ],
    load: async () => (await import('./commands/run-growth.js')).runGrowth,
  },
  {
    name: 'info',
    describe: 'Say what a snapshot is: producer, counts, sizes, roots',
    options: () => ({
      ...sourceOptions(),
      ...tableOutputOptions(TABLES),
      ...memoryLimitOptions(),
      ...otherOptions(),
    }),
    examples: [['$0 info a.heapsnapshot', 'who wrote it and what is in it']],
    load: async () => (await import('./commands/run-info.js')).runInfo,
  },
  {
    name: 'capture',
    describe: 'Save the heap of a live source, with all secrets in it, as .heapsnapshot[.gz]',
    options: () => ({ ...sourceOptions(), ...captureOptions(), ...otherOptions() }),
    examples: [['$0 capture pid:4711 --out app.heapsnapshot.gz', 'the heap of a process']],
    load: async () => (await import('./commands/run-capture.js')).runCapture,
  },
  {
    name: 'lprun',
    describe: 'Run a script and show how often each line of a function ran, and how long',
    options: () => ({ ...profileOptions(), ...otherOptions() }),
    examples: [['$0 lprun app.js -f primes', 'hits and time of each line of primes()']],
    load: async () => (await import('./commands/run-lprun.js')).runLprun,
  },
  {
    name: 'mprun',
    describe: 'Run a script and show how much memory each line of a function takes',
    options: () => ({ ...profileOptions(), ...memoryOptions(), ...otherOptions() }),
    examples: [['$0 mprun app.js -f primes --live', 'what stays alive of each line']],
    load: async () => (await import('./commands/run-lprun.js')).runMprun,
  },
  {
    name: 'mprof',
    describe: 'Run a script and draw its memory over time: mprof run SCRIPT, mprof plot [FILE]',
    options: () => ({ ...samplingOptions(MEMORY_FORMATS), ...otherOptions() }),
    examples: [
      ['$0 mprof run app.js', 'saves samples as mprofile_TIME.dat'],
      ['$0 mprof plot --out memory.png', 'draws the newest of these files'],
      ['$0 mprof run app.js --out memory.png -- --port 8080', 'both at once'],
    ],
    load: async () => (await import('./commands/run-mprof.js')).runMprof,
  },
  {
    name: 'repl',
    describe: 'Show a prompt of Node with these commands, after a script if one is named',
    options: () => ({ ...promptOptions(), ...otherOptions() }),
    examples: [
      ['$0 repl', 'then .types, .growth, .backrefs x x.png, .lprun -f f f(1)'],
      ['$0 repl app.js -- --port 8080', 'run it, then ask, its variables at hand'],
    ],
    load: async () => (await import('./commands/run-repl.js')).runRepl,
  },
];

/** All options of all commands, for the one type of what the command line said. */
export function allOptions() {
  return {
    ...graphOptions(walkOptions()),
    ...captureOptions(),
    ...typesCommandOptions(),
    ...growthCommandOptions(),
    ...profileOptions(),
    ...memoryOptions(),
    ...samplingOptions(MEMORY_FORMATS),
  };
}

/** The options of every command that draws. */
function graphOptions<Walk extends OptionTable>(walk: Walk) {
  return {
    ...targetOptions(),
    ...sourceOptions(),
    ...walk,
    ...outputOptions(),
    ...memoryLimitOptions(),
    ...otherOptions(),
  };
}

const MEMORY_FORMATS = memoryFormats.map(({ name }) => name).join(' ');
const TABLES = tableFormats.map(({ name }) => name).join(' ');

function typesCommandOptions() {
  return {
    ...sourceOptions(),
    ...classOptions(),
    ...typesOptions(),
    ...tableOutputOptions(TABLES),
    ...memoryLimitOptions(),
    ...otherOptions(),
  };
}

function growthCommandOptions() {
  const formats = growthFormats.map(({ name }) => name).join(' ');
  const { when: _when, keep: _keep, ...source } = sourceOptions();
  return {
    ...source,
    ...classOptions(),
    ...growthOptions(),
    ...tableOutputOptions(formats),
    ...memoryLimitOptions(),
    ...otherOptions(),
  };
}
