import { resolve } from 'node:path';
import { usage } from '../errors.js';
import { optionsOf, optionsOfAll } from '../question/command-options.js';
import { formatsOf } from '../question/format-names.js';
import {
  type GraphCommand,
  type GraphQuestion,
  toGraphQuestion,
} from '../question/graph-question.js';
import { quote } from '../question/kinds.js';
import type { CommandName, Door } from '../question/option.js';
import type { NamesOf, OptionValues } from '../question/options.js';
import { type Output, readOutputs } from '../question/outputs.js';
import { readObject } from '../question/read-options.js';
import type { Target } from '../question/target.js';
import type { RedactMode } from '../redact/redactor.js';
import { readFont } from '../report/fonts.js';
import type { Spelling } from '../util/sentence.js';

/** A class, `@id`, name of a reference or file; a regular expression looks within any of them. */
export type PatternText = string | RegExp;

/** What the calls that draw take besides their target; the words are those of the command line. */
export interface ShowOptions {
  /** Files to write, in the format of their extension, such as `.png`, `.html` or `.md`. Default: none. */
  readonly out?: string | readonly string[];
  /** The format of files whose extension says none: `png`, `json` and so on. */
  readonly format?: string;
  /** Steps from the target that are drawn in full. Default: 3. */
  readonly depth?: number;
  /** Holders drawn per object. Default: 10. */
  readonly fanIn?: number;
  /** Objects in the picture. Default: 120, in `showChain` all. */
  readonly maxNodes?: number;
  /** Beyond `depth`, continue each chain by the shortest way to a root. Default: true. */
  readonly toRoots?: boolean;
  /** Ways to roots that share nothing but what all of them lead through. Default: 1. */
  readonly paths?: number;
  /** Draw what does not decide whether the target lives, too. Default: false. */
  readonly everything?: boolean;
  /** Draw many holders of one class that hold in one way as one node. Default: true. */
  readonly group?: boolean;
  /** Answer as if these references were gone: `Holder->Held`, two classes or regular expressions. */
  readonly cut?: string | readonly string[];
  /** Leave these holders out. */
  readonly hide?: PatternText | readonly PatternText[];
  /** Draw these holders, but not what holds them. */
  readonly stop?: PatternText | readonly PatternText[];
  /** Draw these holders in blue. */
  readonly highlight?: PatternText | readonly PatternText[];
  /** Draw weak references, dashed. Default: false. */
  readonly weak?: boolean;
  /** Draw the engine's own objects instead of folding them. Default: false. */
  readonly internals?: boolean;
  /** Work out retained sizes. Default: false. */
  readonly retained?: boolean;
  /** Mask what looks like a secret, every string and path, or nothing. Default: `secrets`. */
  readonly redact?: RedactMode;
  /** `.ttf`, `.otf` or `.ttc` files for scripts the bundled font does not have. */
  readonly font?: string | readonly string[];
  readonly title?: string;
  /** Explain the picture at its foot. Default: true. */
  readonly legend?: boolean;
  /** Do not warn on standard error when the heap is large. Default: false. */
  readonly quiet?: boolean;
  /**
   * Show places in the sources where source maps lie beside the scripts. Those of an opened heap are looked
   * for below the working folder and the folder of the heap only, and below folders given here. Default: true.
   */
  readonly sourceMaps?: boolean | string | readonly string[];
  /** Default: `light`. */
  readonly theme?: 'light' | 'dark';
}

/** What a target picks where several objects fit. */
export interface ChooseOptions {
  /** Take the nth match only, counted from 1 in order of the ids. */
  readonly nth?: number;
  /** Take the match with the largest retained size only. Default: false. */
  readonly largest?: boolean;
  /** Take all matches of a plain name instead of failing. Default: false. */
  readonly all?: boolean;
  /** Leave out matches that take fewer bytes themselves. */
  readonly minSize?: number;
}

/** Which classes a call lists. */
export interface ListOptions {
  /** How many classes; `Infinity` for all. Default: 10. */
  readonly limit?: number;
  /** Only classes whose name contains this text, in any letter case, or fits this expression. */
  readonly filter?: string | RegExp;
  /** List the engine's own classes too. Default: false. */
  readonly all?: boolean;
  /** Mask what looks like a secret, every place, or nothing. Default: `secrets`. */
  readonly redact?: RedactMode;
  /** Do not warn on standard error when the heap is large. Default: false. */
  readonly quiet?: boolean;
}

export interface TypesOptions extends ListOptions {
  /** What there is most of comes first. Default: `count`. */
  readonly sort?: 'count' | 'size' | 'retained';
}

/** Where a call that prints a table prints it. */
export interface PrintOptions {
  /** Files to write, in the format of their extension: `.txt`, `.md` or `.json`. */
  readonly out?: string | readonly string[];
  /** The format of files whose extension says none. */
  readonly format?: string;
  /** Anything to print to, such as `process.stderr`. Default, where no file is named: standard output. */
  readonly file?: { write(text: string): unknown };
}

export interface ShowTypesOptions extends TypesOptions, PrintOptions {}

export interface GrowthOptions extends ListOptions {
  /**
   * An object of yours that stands for a series of moments of its own: `const mine = {}`. Without
   * it, all calls of `growth` and `showGrowth` are one series.
   */
  readonly peaks?: object;
}

export interface ShowGrowthOptions extends GrowthOptions, PrintOptions {}

/** Options whose names are those of the table; nothing fits where the two have come apart. */
type Checked<T, C extends CommandName, D extends Door, Others extends string = never> = [
  keyof T,
] extends [NamesOf<C, D> | Others]
  ? [NamesOf<C, D> | Others] extends [keyof T]
    ? T
    : never
  : never;

type Show = Checked<ShowOptions, GraphCommand, 'program'>;
type ShowChosen = Checked<ShowOptions & ChooseOptions, GraphCommand, 'heap'>;
type ShowTypes = Checked<ShowTypesOptions, 'types', 'program', 'file'>;
type ShowGrowth = Checked<ShowGrowthOptions, 'growth', 'program', 'file' | 'peaks'>;

/** A question, and what else the call was asked for. */
export interface AskedQuestion {
  readonly question: GraphQuestion;
  readonly quiet: boolean;
}

/**
 * Reads the options of a call that draws, before any work is done.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readShowOptions(command: GraphCommand, options: Show): AskedQuestion {
  const values = readObject(drawingOptions(command, 'program'), options);
  return { question: callQuestion(command, values), quiet: values.quiet };
}

/** The same for a heap in which targets are named. */
export function readHeapOptions(
  command: GraphCommand,
  targets: readonly Target[],
  options: ShowChosen,
): GraphQuestion {
  const values = readObject(drawingOptions(command, 'heap'), options);
  return { ...callQuestion(command, values), targets };
}

/** The question that options ask which were read before. */
export function callQuestion(
  command: GraphCommand,
  values: OptionValues,
  spelling: Spelling = 'names',
): GraphQuestion {
  // reject a file that is not a font before reading the heap
  values.font.forEach(readFont);
  const font = values.font.map((file) => resolve(file));
  const outputs = readFiles(values, command);
  return toGraphQuestion(
    { ...values, font },
    {
      command,
      targets: [],
      outputs,
      cwd: process.cwd(),
      spelling,
    },
  );
}

/** Whether a call prints what it answers: then it has the options for that, too. */
export interface Printing {
  readonly prints: boolean;
}

/** @throws ShowBackrefError USAGE. */
export function readTypesOptions(options: ShowTypes, { prints }: Printing): OptionValues {
  return readList('types', options, prints ? ['file'] : null);
}

/** @throws ShowBackrefError USAGE. */
export function readGrowthOptions(options: ShowGrowth, { prints }: Printing): OptionValues {
  return readList('growth', options, prints ? ['file', 'peaks'] : null, ['peaks']);
}

/** The files to write an answer to. @throws ShowBackrefError USAGE for a format that is none. */
export function readFiles(values: OptionValues, command: CommandName): readonly Output[] {
  return readOutputs(values, formatsOf(command), { cwd: process.cwd(), hasStdout: false });
}

/** @throws ShowBackrefError USAGE for what is not the name of a class, such as the class itself. */
export function checkClassName(name: unknown, caller: string): asserts name is string {
  if (typeof name === 'string' && name !== '') return;
  throw usage(`${quote(name)} is not the name of a class; use for example ${caller}('Session')`);
}

/** All calls that draw take the same options, whether they have a use for each or not. */
function drawingOptions(command: GraphCommand, door: Door) {
  return optionsOfAll([command, 'backrefs', 'refs', 'chain'], door);
}

/** @param printing further names of a call that prints; null for one that does not. */
function readList(
  command: 'types' | 'growth',
  options: ShowTypesOptions | ShowGrowthOptions,
  printing: readonly string[] | null,
  others: readonly string[] = [],
): OptionValues {
  const known = optionsOf(command, 'program');
  if (printing === null) {
    return readObject(
      known.filter(({ name }) => name !== 'out' && name !== 'format'),
      options,
      others,
    );
  }
  const values = readObject(known, options, printing);
  const { file } = options;
  if (file !== undefined && typeof file?.write !== 'function') {
    throw usage(`file ${quote(file)} has no method write; name files with out`);
  }
  readFiles(values, command);
  return values;
}
