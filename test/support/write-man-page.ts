import { optionsOf } from '../../src/question/command-options.js';
import { COMMANDS } from '../../src/question/commands.js';
import { describeOption, spellOption } from '../../src/question/describe-option.js';

const INTRODUCTION = `Draws the retainers of an object in a V8 heap up to the GC roots: target in red, holders above it, roots on top. A source is a .heapsnapshot or .heaptimeline file (also .gz, .zst, .br, .zip), - for standard input, a script to run, pid:N or pid:NAME for a running process of Node.js, the address of an inspector (HOST:PORT, http://…, ws://…), or nothing: the newest snapshot in this folder.`;

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'answered'],
  ['1', 'could not answer'],
  ['2', 'wrong option or argument'],
  ['3', 'above a limit of --fail-on'],
  ['130', 'interrupted'],
];

/** The manual page, in the macros of man(7): every command with its options, from the tables of both. */
export function writeManPage(): string {
  return `${[
    '.\\" Made from the tables of commands and options: npm run options',
    '.TH SHOWBACKREF 1',
    '.SH NAME',
    'showbackref \\- who is holding this object?',
    '.SH SYNOPSIS',
    '.B showbackref',
    roff('[command] [source] [options] [-- script arguments]'),
    '.SH DESCRIPTION',
    roff(INTRODUCTION),
    '.SH COMMANDS',
    ...COMMANDS.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, words]) => ['.TP', `.B ${code}`, roff(words)]),
    '.SH ENVIRONMENT',
    ...['.TP', '.B NO_COLOR, FORCE_COLOR', 'No colours and links on a terminal, or always.'],
    ...['.TP', '.B COLUMNS', 'How wide text is.'],
    '.SH SEE ALSO',
    roff('https://github.com/showbackref/showbackref'),
  ].join('\n')}\n`;
}

function commandLines({ name, usage, words, examples }: (typeof COMMANDS)[number]): string[] {
  const options = optionsOf(name, 'shell').flatMap((option) => [
    '.TP',
    `.B ${roff(spellOption(option).trim())}`,
    roff(`${describeOption(option, name)}.`),
  ]);
  return [
    ...[`.SS ${roff(`${name} ${usage}`.trim())}`, roff(`${words}.`), ...options],
    ...examples.flatMap(([line, what]) => [
      ...['.TP', roff(`showbackref ${line}`), roff(`${what}.`)],
    ]),
  ];
}

/** A line of text: backslashes and hyphens as they are, and nothing that is taken for a macro. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '...');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
