import { resolve } from 'node:path';
import { usage } from '../errors.js';
import { optionsOf, optionsOfAll } from '../question/command-options.js';
import type { CommandName } from '../question/commands.js';
import { formatsOf } from '../question/format-names.js';
import type {
  ChooseOptions,
  LeaksOptions,
  ListOptions,
  ShowOptions,
  TypesOptions,
} from '../question/generated-option-types.js';
import {
  type GraphCommand,
  type GraphQuestion,
  toGraphQuestion,
} from '../question/graph-question.js';
import type { Door } from '../question/option.js';
import type { OptionValues } from '../question/options.js';
import { type Output, readOutputs } from '../question/outputs.js';
import { readObject } from '../question/read-options.js';
import type { Target } from '../question/target.js';
import { readFont } from '../report/fonts.js';
import type { Spelling } from '../util/sentence.js';
import { quote } from '../util/sentence.js';

/** The options of where a call that prints a table prints it. */
export interface PrintOptions extends Pick<ShowOptions, 'out' | 'format'> {
  /**
   * The stream to print to, such as `process.stderr`. Default, if no file is named: standard
   * output.
   */
  readonly file?: { write(text: string): unknown };
}

export interface ShowTypesOptions extends TypesOptions, PrintOptions {}

export interface GrowthOptions extends ListOptions {
  /**
   * An object of yours that stands for a separate series of moments: `const mine = {}`. Without it,
   * all calls of `growth` and `showGrowth` are one series.
   */
  readonly peaks?: object;
}

export interface ShowGrowthOptions extends GrowthOptions, PrintOptions {}

/** A question, with the other options of the call. */
export interface AskedQuestion {
  readonly question: GraphQuestion;
  readonly quiet: boolean;
}

/**
 * Reads the options of a call that draws, before any work is done.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readShowOptions(command: GraphCommand, options: ShowOptions): AskedQuestion {
  const values = readObject(drawingOptions(command, 'program'), options);
  return { question: callQuestion(command, values), quiet: values.quiet };
}

/** Reads the same options for a heap in which targets are named. */
export function readHeapOptions(
  command: GraphCommand,
  targets: readonly Target[],
  options: ShowOptions & ChooseOptions,
): GraphQuestion {
  const values = readObject(drawingOptions(command, 'heap'), options);
  return { ...callQuestion(command, values), targets };
}

/** The question asked by options that were read before. */
export function callQuestion(
  command: GraphCommand,
  values: OptionValues,
  spelling: Spelling = 'names',
): GraphQuestion {
  // reject a file that is not a font before reading the heap
  values.font.forEach(readFont);
  const font = values.font.map((file) => resolve(file));
  const outputs = readFiles(values, command);
  const asked = { command, targets: [], outputs, cwd: process.cwd(), spelling };
  return toGraphQuestion({ ...values, font }, asked);
}

/** Says whether a call prints its answer: then it has the options for that, too. */
export interface Printing {
  readonly prints: boolean;
}

/** Reads the options of a call that lists classes. @throws ShowBackrefError USAGE. */
export function readTypesOptions(options: ShowTypesOptions, { prints }: Printing): OptionValues {
  return prints ? readPrinted('types', options) : readObject(listOptions('types'), options);
}

/** Reads the options of a call that lists growth. @throws ShowBackrefError USAGE. */
export function readGrowthOptions(options: ShowGrowthOptions, { prints }: Printing): OptionValues {
  const others = ['peaks'];
  return prints
    ? readPrinted('growth', options, others)
    : readObject(listOptions('growth'), options, others);
}

/** How a program looks for leaks in it. */
export interface AskedLeaks extends Pick<OptionValues, 'known' | 'redact'> {
  readonly rounds: number;
  readonly times: number;
}

const ROUNDS = 3;
const TIMES = 20;

/** Reads the options of a call that looks for leaks. @throws ShowBackrefError USAGE. */
export function readLeaksOptions(options: LeaksOptions): AskedLeaks {
  const known = optionsOf('leaks', 'program').filter(({ name }) => !NOT_OF_LEAKS.includes(name));
  const { rounds, times, ...values } = readObject(known, options);
  return { ...values, rounds: rounds ?? ROUNDS, times: times ?? TIMES };
}

/** A call answers with plain data, and warns of nothing. */
const NOT_OF_LEAKS = ['out', 'format', 'quiet'];

/** The files to write an answer to. @throws ShowBackrefError USAGE for an unknown format. */
export function readFiles(values: OptionValues, command: CommandName): readonly Output[] {
  return readOutputs(values, formatsOf(command), { cwd: process.cwd(), hasStdout: false });
}

/**
 * The options of a call that draws: all such calls take the same ones, even those that do not
 * apply.
 */
function drawingOptions(command: GraphCommand, door: Door) {
  return optionsOfAll([command, 'backrefs', 'refs', 'chain'], door);
}

/** The options of a call that lists classes, without those about printing. */
function listOptions(command: 'types' | 'growth') {
  return optionsOf(command, 'program').filter(({ name }) => name !== 'out' && name !== 'format');
}

function readPrinted(
  command: 'types' | 'growth',
  options: PrintOptions,
  others: readonly string[] = [],
): OptionValues {
  const values = readObject(optionsOf(command, 'program'), options, ['file', ...others]);
  const { file } = options;
  if (file !== undefined && typeof file?.write !== 'function') {
    throw usage(`file ${quote(file)} has no method write; name files with out`);
  }
  readFiles(values, command);
  return values;
}
