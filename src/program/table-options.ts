import { types } from 'node:util';
import { type RedactMode, Redactor } from '../redact/redactor.js';
import { tableFormats } from '../report/tables/table-formats.js';
import { type SelectedTypes, selectTypes, type TypeSelection } from '../stats/select-types.js';
import { readRedactMode } from './options.js';
import { type OutputOptions, readOutputs } from './output-files.js';
import type { OutputFile } from './questions.js';
import { checkNames, show, usage } from './usage.js';

/** objgraph's. */
const ROWS = 10;

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

/** Where a call that prints a table prints it. */
export interface PrintOptions extends OutputOptions {
  /** Files to write, in the format of their extension: `.txt`, `.md` or `.json`. */
  readonly out?: string | readonly string[];
  /** The format of files whose extension says none. */
  readonly format?: string;
  /** Anything to print to, such as `process.stderr`. Default, where no file is named: standard output. */
  readonly file?: { write(text: string): unknown };
}

const LIST_NAMES = ['limit', 'filter', 'all', 'redact', 'quiet'];
const PRINT_NAMES = ['out', 'format', 'file'];

/** Checked list options. */
export interface ListRequest {
  readonly redactor: Redactor;
  readonly select: <T extends Parameters<typeof selectTypes>[0][number]>(
    types: readonly T[],
    measure: ((type: T) => number) | null,
  ) => SelectedTypes<T>;
}

/**
 * @param names of further options.
 * @throws ShowBackrefError USAGE.
 */
export function readListOptions(options: ListOptions, names: readonly string[] = []): ListRequest {
  checkNames(options, [...LIST_NAMES, ...names]);
  const selection = readSelection(options);
  return {
    redactor: new Redactor(readRedactMode(options)),
    select: (types, measure) => selectTypes(types, selection, measure),
  };
}

/** The names of options that print. */
export const namesToPrint = (names: readonly string[]) => [...PRINT_NAMES, ...names];

/** @throws ShowBackrefError USAGE. */
export function readTableOutputs(options: PrintOptions): readonly OutputFile[] {
  const { file } = options;
  if (file !== undefined && typeof file?.write !== 'function') {
    throw usage(`file ${show(file)} has no method write; name files with out`);
  }
  return readOutputs(options, tableFormats);
}

function readSelection({ limit = ROWS, filter, all = false }: ListOptions): TypeSelection {
  const isCount = Number.isSafeInteger(limit) && limit >= 1;
  if (!isCount && limit !== Number.POSITIVE_INFINITY) {
    throw usage(`limit ${show(limit)} is not a whole number from 1 up, nor Infinity`);
  }
  if (typeof all !== 'boolean') throw usage(`all ${show(all)} is not true or false`);
  return { limit: isCount ? limit : null, filter: readFilter(filter), all };
}

function readFilter(filter: ListOptions['filter']): TypeSelection['filter'] {
  if (filter === undefined) return null;
  // g and y would make a match depend on the one before it
  if (types.isRegExp(filter)) {
    const expression = new RegExp(filter.source, filter.flags.replace(/[gy]/g, ''));
    return (name) => expression.test(name);
  }
  if (typeof filter === 'string') {
    const part = filter.toLowerCase();
    return (name) => name.toLowerCase().includes(part);
  }
  throw usage(`filter ${show(filter)} is neither a text nor a regular expression`);
}
