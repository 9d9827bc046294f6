/** The commands in the order in which they are listed, with their lines in `.help`. */
const COMMANDS = {
  types: 'List the classes with the most objects: .types [N] [options]',
  growth: 'List classes with more objects than at any earlier .growth: .growth [N] [options]',
  leaks: 'Name what holds more at each .leaks: .leaks',
  backrefs: 'Draw who holds an object: .backrefs EXPR [FILE] [options]',
  refs: 'Draw what an object holds: .refs EXPR [FILE] [options]',
  chain: 'Draw the shortest way from a GC root to an object: .chain EXPR [FILE] [options]',
  lprun: 'Time each line of a function: .lprun -f FUNC STATEMENT',
  mprun: 'Memory of each line of a function: .mprun -f FUNC STATEMENT',
  showbackref: 'List these commands with their options',
} as const;

/** IPython's word for `require`; when it is typed, everything is already loaded. */
const LOAD_EXTENSION = 'load_ext';

/** The words that may follow a `%`. */
const PERCENT_NAMES: readonly string[] = [...Object.keys(COMMANDS), LOAD_EXTENSION];

export = { COMMANDS, LOAD_EXTENSION, PERCENT_NAMES };
