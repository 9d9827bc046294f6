import yargs, { type Argv, type InferredOptionTypes, type Options } from 'yargs';
import { type allOptions, COMMANDS, type Command } from './commands.js';

/** What the command line said, before any check beyond yargs' own. */
export type RawArguments = InferredOptionTypes<ReturnType<typeof allOptions>> & {
  /** Sources as they were typed. */
  readonly sources: readonly string[];
  /** What stands behind `--`. */
  readonly '--'?: readonly (string | number)[];
};

/** Options of a command by name. */
export type OptionTable = Readonly<Record<string, Options>>;

/** What the user asked for, once the command line is parsed. */
export interface Invocation {
  readonly command: Command;
  readonly raw: RawArguments;
}

/**
 * The parser with all commands; building it does no work and touches no process.
 *
 * @param onCommand gets the command that was found, unless the help or the version was asked for.
 */
export function buildYargs(
  argv: readonly string[],
  version: string,
  onCommand: (invocation: Invocation) => void,
): Argv {
  const parser = yargs([...argv])
    .scriptName('showbackref')
    // the help is in English, so are the few words of yargs' own
    .locale('en')
    .usage('$0 [command] [source] [options] [-- script arguments]\n')
    .usage('Who is holding this object? Draws what keeps it alive in a V8 heap.\n')
    .usage('Source: a .heapsnapshot or .heaptimeline file (also .gz, .zst), - for standard input,')
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
    .epilogue(
      'Exit codes: 0 answered, 1 could not answer, 2 usage, 3 above a --fail-on, 130 interrupted.',
    )
    .strictOptions()
    .help('help', 'Show this help')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .group(['help', 'version'], 'Other:')
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(100);
  for (const command of COMMANDS) addCommand(parser, command, onCommand);
  return parser;
}

function addCommand(
  parser: Argv,
  command: Command,
  onCommand: (invocation: Invocation) => void,
): void {
  const isDefault = command === COMMANDS[0];
  parser.command(
    isDefault ? [command.name, '$0'] : command.name,
    command.describe,
    (commandParser) => {
      commandParser.options(command.options());
      for (const [line, words] of command.examples) commandParser.example(line, words);
    },
    (raw) => {
      const sources = sourcesOf(raw._, command);
      // yargs tells the types of options only where they are listed; commands.ts lists them
      onCommand({ command, raw: { ...raw, sources } as unknown as RawArguments });
    },
  );
}

/** Not declared as positionals of the command, because yargs loses a lone `-` among those. */
function sourcesOf(words: readonly (string | number)[], { name }: Command): readonly string[] {
  return words.slice(words[0] === name ? 1 : 0).map(String);
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
