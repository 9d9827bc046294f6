import type { OptionTable, RawArguments } from './build-yargs.js';
import type { Io } from './io.js';
import {
  captureOptions,
  memoryOptions,
  otherOptions,
  outputOptions,
  profileOptions,
  sourceOptions,
  targetOptions,
  walkOptions,
} from './options.js';

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
    options: graphOptions,
    examples: [
      ['$0 app.js --target x --out x.png', 'stop at "debugger;" and draw who holds x'],
      ['$0 a.heapsnapshot --target class:Session --largest', 'the Session that retains most'],
      ['$0 a.heapsnapshot --target @123 --out a.svg --out a.json', 'an object by its heap id'],
      ['$0 pid:4711 --target class:Session --largest', 'in a process, which then goes on'],
      ['$0 http://127.0.0.1:9222 --page shop --target detached', 'in a tab of Chrome'],
    ],
    load: async () => (await import('./run-backrefs.js')).runBackrefs,
  },
  {
    name: 'capture',
    describe: 'Save the heap of a live source, with all secrets in it, as .heapsnapshot[.gz]',
    options: () => ({ ...sourceOptions(), ...captureOptions(), ...otherOptions() }),
    examples: [['$0 capture pid:4711 --out app.heapsnapshot.gz', 'the heap of a process']],
    load: async () => (await import('./run-capture.js')).runCapture,
  },
  {
    name: 'lprun',
    describe: 'Run a script and show how often each line of a function ran, and how long',
    options: () => ({ ...profileOptions(), ...otherOptions() }),
    examples: [['$0 lprun app.js -f primes', 'hits and time of each line of primes()']],
    load: async () => (await import('./run-lprun.js')).runLprun,
  },
  {
    name: 'mprun',
    describe: 'Run a script and show how much memory each line of a function takes',
    options: () => ({ ...profileOptions(), ...memoryOptions(), ...otherOptions() }),
    examples: [['$0 mprun app.js -f primes --live', 'what stays alive of each line']],
    load: async () => (await import('./run-lprun.js')).runMprun,
  },
];

/** All options of all commands, for the one type of what the command line said. */
export function allOptions() {
  return { ...graphOptions(), ...captureOptions(), ...profileOptions(), ...memoryOptions() };
}

/** The options of every command that draws. */
function graphOptions() {
  return {
    ...targetOptions(),
    ...sourceOptions(),
    ...walkOptions(),
    ...outputOptions(),
    ...otherOptions(),
  };
}
