import { extname, join } from 'node:path';
import { type Pattern, parsePattern } from '../collect/patterns.js';
import { ShowBackrefError } from '../errors.js';
import type { BackrefsOptions } from '../heap.js';
import {
  findFormat,
  findFormatOfFile,
  type OutputFormat,
  outputFormats,
  type ReportOptions,
} from '../report/formats.js';
import { parseTarget } from '../select/parse-target.js';
import type { Choice } from '../source/live-choice.js';
import type { ScriptMoment } from '../source/stop-program.js';
import { parseRegExp } from '../util/parse-reg-exp.js';
import type { RawArguments } from './build-yargs.js';
import { describeCommand } from './describe-command.js';
import { parseMoment } from './parse-moment.js';

/** One place to write to. */
export interface Output {
  /** A path, or `-` for standard output. */
  readonly path: string;
  readonly format: OutputFormat;
}

/** Where to take the heap from, and when. */
export interface SourceOptions {
  /** As typed; null when there is none. */
  readonly source: string | null;
  readonly scriptArgs: readonly string[];
  readonly nodeArgs: readonly string[];
  readonly when: ScriptMoment;
  /** Which tab of a browser, which worker of a live program; null for the one there is, for none. */
  readonly page: Choice | null;
  readonly worker: Choice | null;
  /** Where to save the heap of a live source besides; null for nowhere. */
  readonly keep: string | null;
}

/** The options of `backrefs`, checked and with their defaults, frozen for the run. */
export interface NormalizedOptions extends SourceOptions {
  readonly targets: readonly string[];
  readonly options: BackrefsOptions;
  readonly outputs: readonly Output[];
  readonly report: ReportOptions;
  /** File of a template of the user's own; null for ours. */
  readonly template: string | null;
  readonly quiet: boolean;
}

/** Commands of later versions: named, so that they are not taken for files. */
const PLANNED_COMMANDS = new Set([
  'refs',
  'chain',
  'types',
  'growth',
  'info',
  'leaks',
  'lprun',
  'mprun',
  'repl',
  'open',
  'report',
]);
const MOST_FILE_NAME = 60;

/**
 * Checks every option before any work is done.
 *
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function normalizeOptions(raw: RawArguments): NormalizedOptions {
  const targets = raw.target ?? [];
  if (targets.length === 0) {
    throw usage(
      'no --target given; name the object, for example --target x, --target @123 or --target class:Foo',
    );
  }
  for (const target of targets) parseTarget(target);
  return Object.freeze({
    ...sourceOptionsOf(raw, 'backrefs'),
    targets,
    options: walkOptionsOf(raw),
    outputs: outputsOf(raw, targets),
    report: reportOf(raw),
    template: single('--template', raw.template) ?? null,
    quiet: raw.quiet === true,
  });
}

/** What all commands share. `command` may be written out in front of the source. */
export function sourceOptionsOf(raw: RawArguments, command: string): SourceOptions {
  return {
    source: sourceOf(raw._.map(String), command),
    scriptArgs: (raw['--'] as readonly string[] | undefined)?.map(String) ?? [],
    nodeArgs: raw['node-arg'] ?? [],
    when: parseMoment(single('--when', raw.when) ?? 'debugger'),
    page: choiceOf('--page', raw.page),
    worker: choiceOf('--worker', raw.worker),
    keep: single('--keep', raw.keep) ?? null,
  };
}

function sourceOf(positional: readonly string[], command: string): string | null {
  const words = positional[0] === command ? positional.slice(1) : positional;
  const [source, second] = words;
  if (source !== undefined && PLANNED_COMMANDS.has(source)) {
    throw usage(`the command "${source}" is not in this version; it has "backrefs" and "capture"`);
  }
  if (second !== undefined) {
    throw usage(
      `more than one source: "${source}" and "${second}"; arguments of a script go after --`,
    );
  }
  return source ?? null;
}

function walkOptionsOf(raw: RawArguments): BackrefsOptions {
  const nth = countOf('--nth', raw.nth, 1);
  return {
    ...defined({
      depth: countOf('--depth', raw.depth, 0),
      fanIn: countOf('--fan-in', raw['fan-in'], 1),
      maxNodes: countOf('--max-nodes', raw['max-nodes'], 1),
      toRoots: raw['to-roots'],
    }),
    hide: patternsOf(raw.hide),
    stop: patternsOf(raw.stop),
    highlight: patternsOf(raw.highlight),
    weak: raw.weak === true,
    internals: raw.internals === true,
    retained: raw.retained === true,
    nth: nth ?? null,
    largest: raw.largest === true,
    all: raw.all === true,
  };
}

function reportOf(raw: RawArguments): ReportOptions {
  const title = single('--title', raw.title);
  return {
    legend: raw.legend !== false,
    theme: oneOf('--theme', single('--theme', raw.theme), ['light', 'dark'], 'light'),
    ...(title === undefined ? {} : { title }),
    command: describeCommand(raw),
  };
}

/** `--out` and `--format` as places to write to; with neither, a tree to read and a picture to keep. */
function outputsOf(raw: RawArguments, targets: readonly string[]): readonly Output[] {
  const format = formatOf(single('--format', raw.format));
  const paths = raw.out ?? [];
  if (paths.length > 0) return paths.map((path) => ({ path, format: formatOfPath(path, format) }));
  if (format !== null) return [{ path: '-', format }];
  const picture = join('out', `backrefs-${fileNameOf(targets)}.png`);
  return [
    { path: '-', format: requiredFormat('txt') },
    { path: picture, format: requiredFormat('png') },
  ];
}

function formatOfPath(path: string, given: OutputFormat | null): OutputFormat {
  if (path === '') throw usage('--out is empty; name a file or - for standard output');
  if (path === '-') return given ?? requiredFormat('txt');
  const found = findFormatOfFile(path) ?? given;
  if (found !== null) return found;
  const extension = extname(path);
  const what =
    extension === '' ? `"${path}" has no extension` : `"${extension}" is no format of ours`;
  throw usage(`--out: ${what}; use one of ${formatNames()}, or give --format`);
}

function formatOf(name: string | undefined): OutputFormat | null {
  if (name === undefined) return null;
  const format = findFormat(name);
  if (format === null) throw usage(`--format "${name}" is unknown; use one of ${formatNames()}`);
  return format;
}

function requiredFormat(name: string): OutputFormat {
  const format = findFormat(name);
  if (format === null) throw new Error(`format ${name} is missing from the table`);
  return format;
}

function formatNames(): string {
  return outputFormats.map(({ name }) => name).join(', ');
}

/** A target as part of a file name: letters, digits, dots and dashes only. */
function fileNameOf(targets: readonly string[]): string {
  const name = targets
    .join('-')
    .replace(/[^\p{L}\p{N}.@_-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name.slice(0, MOST_FILE_NAME) || 'target';
}

function patternsOf(texts: readonly string[] | undefined): readonly Pattern[] {
  return (texts ?? []).map(parsePattern);
}

/** A part of the text in any letter case, or `/re/`. */
function choiceOf(option: string, value: string | readonly string[] | undefined): Choice | null {
  const text = single(option, value);
  if (text === undefined) return null;
  if (text === '') throw usage(`${option} is empty; give a part of a title or URL`);
  const expression = parseRegExp(text);
  const part = text.toLowerCase();
  const matches = (candidate: string) =>
    expression === null ? candidate.toLowerCase().includes(part) : expression.test(candidate);
  return { text, matches };
}

function countOf(
  option: string,
  value: string | readonly string[] | undefined,
  least: number,
): number | undefined {
  const text = single(option, value);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < least) {
    throw usage(`${option} "${text}" is not a whole number from ${least} up`);
  }
  return number;
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const found = allowed.find((name) => name === value);
  if (found === undefined)
    throw usage(`${option} "${value}" is unknown; use one of ${allowed.join(', ')}`);
  return found;
}

/** yargs makes a list of an option given twice. */
function single(option: string, value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw usage(`${option} is given ${value.length} times; give it once`);
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function usage(message: string): ShowBackrefError {
  return new ShowBackrefError('USAGE', message);
}
