import { inspect } from 'node:util';
import { optionsOf, optionsOfAll } from '../../src/question/command-options.js';
import type { CommandName } from '../../src/question/commands.js';
import type { OptionKind } from '../../src/question/kinds.js';
import type { Option } from '../../src/question/option.js';
import { wrapText } from '../../src/util/wrap-text.js';

/** The type of the value that a program gives for each kind of option. */
const GIVEN: Readonly<Partial<Record<OptionKind, string>>> = {
  switch: 'boolean',
  count: 'number',
  rows: 'number',
  redact: 'RedactMode',
  text: 'string',
  file: 'string',
  folder: 'string',
  format: 'string',
  size: 'number',
  pattern: 'PatternText',
  cut: 'string',
  filter: 'string | RegExp',
};

const HEAD = `// Made from the table of options by \`npm run options\`: change the table, not this file.
import type { RedactMode } from '../redact/redactor.js';
import type { Pattern } from './pattern.js';

/** A class, \`@id\`, name of a reference or file; a regular expression looks within any of them. */
export type PatternText = string | RegExp;
`;
const WIDTH = 100;

/** The documented types of options, as the text of a module. */
export function writeOptionTypes(): string {
  const drawing: readonly CommandName[] = ['backrefs', 'refs', 'chain'];
  const show = optionsOfAll(drawing, 'program');
  const choose = without(optionsOfAll(drawing, 'heap'), namesOf(show));
  const list = without(optionsOf('growth', 'program'), ['out', 'format']);
  const types = without(optionsOf('types', 'program'), ['out', 'format', ...namesOf(list)]);
  const leaks = without(optionsOf('leaks', 'program'), ['out', 'format', 'quiet']);
  const walk = show.filter(({ group, kind, name }) => {
    return (group === 'Walk' && kind !== 'cut') || name === 'redact';
  });
  return [
    HEAD,
    written('ShowOptions', 'The options of the calls that draw, besides their target.', show),
    written('ChooseOptions', 'The options that choose among several matches of a target.', choose),
    written('ListOptions', 'Which classes a call lists.', list),
    written('TypesOptions extends ListOptions', 'Which classes, and in which order.', types),
    written('LeaksOptions', 'How a program looks for what leaks in it.', leaks),
    read('WalkOptions', 'How far and how wide to walk, and what to leave out. Plain data.', walk),
  ].join('\n');
}

function written(name: string, words: string, options: readonly Option[]): string {
  return declared(
    name,
    words,
    options.map((option) => [option, `${option.name}?: ${givenType(option)}`]),
  );
}

function read(name: string, words: string, options: readonly Option[]): string {
  const typeOf = (option: Option) =>
    option.kind === 'pattern' ? 'readonly Pattern[]' : givenType(option);
  return declared(
    name,
    words,
    options.map((option) => [option, `${option.name}: ${typeOf(option)}`]),
  );
}

function declared(
  name: string,
  words: string,
  members: readonly (readonly [Option, string])[],
): string {
  const lines = members.map(
    ([option, member]) => `${comment(describeInProgram(option))}  readonly ${member};\n`,
  );
  return `/** ${words} */\nexport interface ${name} {\n${lines.join('')}}\n`;
}

/** Sentences, with the default as a program writes it. */
function describeInProgram({ inProgram, words, fallback, kind }: Option): string {
  const [, main = '', byWords] = /^(.*?)(?: \(default: (.*)\))?$/.exec(inProgram ?? words) ?? [];
  const said = byWords !== undefined && /^\d+$/.test(byWords) ? Number(byWords) : byWords;
  const usual = fallback ?? said ?? (kind === 'switch' ? false : null);
  const marked = main.replace(/@\w+|\w+->\w+|\/\w+\/|show[A-Z]\w+/g, '`$&`');
  return usual === null ? `${marked}.` : `${marked}. Default: ${inspect(usual)}.`;
}

function comment(words: string): string {
  const line = `  /** ${words} */\n`;
  if (line.length <= WIDTH) return line;
  return `  /**\n${wrapText(words, WIDTH - 6)
    .map((part) => `   * ${part}\n`)
    .join('')}   */\n`;
}

function givenType({ name, kind, many, choices = [] }: Option): string {
  const one = kind === 'choice' ? choices.map((word) => `'${word}'`).join(' | ') : GIVEN[kind];
  if (one === undefined) throw new Error(`no type for ${name}, which is of kind ${kind}`);
  const list = many ? `${one} | readonly ${one}[]` : one;
  return kind === 'folder' ? `boolean | ${list}` : list;
}

function without(options: readonly Option[], names: readonly string[]): readonly Option[] {
  return options.filter(({ name }) => !names.includes(name));
}

function namesOf(options: readonly Option[]): readonly string[] {
  return options.map(({ name }) => name);
}
