import { optionsOf } from '../question/command-options.js';
import { COMMANDS, type CommandHelp } from '../question/commands.js';
import { describeOption, spellOption } from '../question/describe-option.js';
import { GROUPS } from '../question/option.js';
import { highest } from '../util/many.js';
import { wrapText } from '../util/wrap-text.js';

const WIDTH = 100;
/** The gap between a typed word and its description. */
const GAP = 2;
/** The greatest width of a typed word: a longer one gets a separate line. */
const MOST_TYPED = 30;

const INTRODUCTION = `showbackref [command] [source] [options] [-- script arguments]

Who is holding this object? Draws what keeps it alive in a V8 heap.

Source: a .heapsnapshot or .heaptimeline file (also .gz, .zst), - for standard input,
a script to run (.js .mjs .cjs .ts .mts), pid:N for a running Node process, an inspector
(HOST:PORT, http://HOST:PORT, ws://…: Node, Deno, Chrome), or nothing: the newest snapshot in
this folder, else the inspector on 127.0.0.1:9229.`;

const CLOSING =
  'Exit codes: 0 answered, 1 could not answer, 2 usage, 3 above a --fail-on, 130 interrupted.';

/** The options of every command. */
const ALWAYS: readonly Row[] = [
  ['-h, --help', 'Show this help'],
  ['-V, --version', 'Show the version'],
];

/** A typed word and its description. */
type Row = readonly [string, string];

/**
 * The help that a command line asks for: the main one, or that of its command; null if it asks for
 * none.
 */
export function findHelp(argv: readonly string[], readVersion: () => string): string | null {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  // "help refs", as in other programs
  const asked = words[0] === 'help' ? words.slice(1) : words;
  if (asked !== words || words.includes('--help') || words.includes('-h')) {
    const first = asked.find((word) => !word.startsWith('-'));
    const command = COMMANDS.find(({ name }) => name === first);
    return command === undefined ? mainHelp() : commandHelp(command);
  }
  return words.includes('--version') || words.includes('-V') ? readVersion() : null;
}

/** All commands, and the options of the default command. */
export function mainHelp(): string {
  const [first] = COMMANDS;
  const commands = COMMANDS.map((command): Row => {
    return [command.name, command.words + (command === first ? ' (default)' : '')];
  });
  const own = first === undefined ? [] : optionSections(first);
  return [
    INTRODUCTION,
    section('Commands', [...commands, ['COMMAND --help', 'Show the options of a command']]),
    ...own,
    ...(first === undefined ? [] : examples(first)),
    CLOSING,
  ].join('\n\n');
}

function commandHelp(command: CommandHelp): string {
  const usage = `showbackref ${command.name} ${command.usage}`.trimEnd();
  return [usage, command.words, ...optionSections(command), ...examples(command)].join('\n\n');
}

function optionSections({ name }: CommandHelp): readonly string[] {
  const options = optionsOf(name, 'shell');
  return GROUPS.flatMap((group) => {
    const own = options.filter((option) => option.group === group);
    const rows = own.map((option): Row => [spellOption(option), describeOption(option, name)]);
    const all = group === 'Other' ? [...rows, ...ALWAYS] : rows;
    return all.length === 0 ? [] : [section(group, all)];
  });
}

function examples(command: CommandHelp): readonly string[] {
  const rows = command.examples.map(([line, words]): Row => [`showbackref ${line}`, words]);
  const lines = rows.flatMap(([line, words]) => [`  ${line}`, `      ${words}`]);
  return [`Examples:\n${lines.join('\n')}`];
}

function section(title: string, rows: readonly Row[]): string {
  const typed = rows.map(([line]) => line.length).filter((length) => length <= MOST_TYPED);
  const column = 2 + highest(typed) + GAP;
  const lines = rows.flatMap(([line, words]) => {
    const [first = '', ...others] = wrapText(words, WIDTH - column);
    const isLong = line.length > MOST_TYPED;
    const head = isLong
      ? [`  ${line}`, ' '.repeat(column) + first]
      : [`  ${line}`.padEnd(column) + first];
    return [...head, ...others.map((other) => ' '.repeat(column) + other)];
  });
  return `${title}:\n${lines.join('\n')}`;
}
