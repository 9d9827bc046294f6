import yargs, { type Argv, type Options } from 'yargs';
import { ShowBackrefError } from '../errors.js';
import { optionsOf } from '../question/command-options.js';
import { COMMANDS, type CommandName } from '../question/commands.js';
import type { Option } from '../question/option.js';
import { type GivenOptions, readTyped } from '../question/read-options.js';
import { toFlagName } from '../util/sentence.js';
import type { Asked } from './cli-command.js';
import { checkFlags } from './did-you-mean.js';

/** The parts that yargs has found in a command line. */
interface Found {
  readonly command: CommandName;
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * Reads a command line.
 *
 * @param config what stands for options that are not typed.
 * @throws ShowBackrefError USAGE for options that the command does not have, and for wrong
 *   values.
 */
export async function parseArguments(
  argv: readonly string[],
  config: GivenOptions = new Map(),
): Promise<Asked> {
  const { command, raw } = await findCommand(argv);
  const options = optionsOf(command, 'shell');
  const given = new Map<string, readonly unknown[]>();
  for (const { name } of options) {
    const value = raw[toFlagName(name)];
    const values = value === undefined ? config.get(name) : [value].flat();
    if (values !== undefined) given.set(name, values);
  }
  const words = wordsIn(raw._);
  return {
    command,
    given,
    options: readTyped(options, given),
    // not declared as positional arguments of the command, because yargs would lose a lone `-`
    // among them
    sources: words.slice(words[0] === command ? 1 : 0),
    scriptArgs: raw['--'] === undefined ? null : wordsIn(raw['--']),
  };
}

/** Lets yargs find the options, their values, and the command. */
async function findCommand(argv: readonly string[]): Promise<Found> {
  const found: Found[] = [];
  await buildParser((command) => found.push(command))
    .fail((message: string, error: Error) => {
      if (error instanceof ShowBackrefError) throw error;
      checkFlags(argv);
      throw new ShowBackrefError('USAGE', `${message}; see --help`, { cause: error });
    })
    .parse([...joinDashValues(argv)]);
  const [first] = found;
  if (first === undefined) throw new Error('the command line was not understood');
  return first;
}

function buildParser(onFound: (found: Found) => void): Argv {
  const parser = yargs()
    .scriptName('showbackref')
    // all messages are in English, including the few of yargs
    .locale('en')
    .parserConfiguration({
      'populate--': true,
      'parse-positional-numbers': false,
      // only one value per --out, so that a source may follow
      'greedy-arrays': false,
      'duplicate-arguments-array': true,
    })
    .strictOptions()
    // help.ts writes the help
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false);
  for (const [at, { name, words }] of COMMANDS.entries()) {
    parser.command(
      at === 0 ? [name, '$0'] : name,
      words,
      (commandParser) => void commandParser.options(toYargs(optionsOf(name, 'shell'))),
      (raw) => onFound({ command: name, raw }),
    );
  }
  return parser;
}

function toYargs(options: readonly Option[]): Record<string, Options> {
  const entries = options.map(({ name, kind, letter, many }): [string, Options] => [
    toFlagName(name),
    {
      ...(kind === 'switch' ? { boolean: true } : { string: true }),
      ...(many && { array: true }),
      ...(letter !== undefined && { alias: letter }),
    },
  ]);
  return Object.fromEntries(entries);
}

/** Ties a lone `-` to the option before it: yargs would take it for a positional argument. */
function joinDashValues(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  const isOut = (at: number) => (argv[at] === '--out' || argv[at] === '-o') && argv[at + 1] === '-';
  return argv.flatMap((arg, at) => {
    if (end >= 0 && at >= end) return [arg];
    if (isOut(at)) return ['--out=-'];
    return at > 0 && isOut(at - 1) ? [] : [arg];
  });
}

function wordsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
