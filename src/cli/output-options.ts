import { extname, join } from 'node:path';
import { readFont } from '../report/fonts.js';
import { type OutputFormat, outputFormats, type ReportOptions } from '../report/formats.js';
import type { RawArguments } from './build-yargs.js';
import { oneOf, single, usage } from './option-values.js';

const MOST_FILE_NAME = 60;

/** One place to write to. */
export interface Output<Format = OutputFormat> {
  /** A path, or `-` for standard output. */
  readonly path: string;
  readonly format: Format;
}

/** What a format has to tell to be picked by name or by a file's extension. */
interface NamedFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
}

/** What the reports say besides the graph. */
export function reportOf(raw: RawArguments): ReportOptions {
  const title = single('--title', raw.title);
  const fonts = raw.font ?? [];
  // one that is none shall not wait for the heap
  fonts.forEach(readFont);
  return {
    legend: raw.legend !== false,
    theme: oneOf('--theme', single('--theme', raw.theme), ['light', 'dark'], 'light'),
    fonts,
    ...(title === undefined ? {} : { title }),
  };
}

/** `--out` and `--format` as places to write to; with neither, a tree to read and a picture to keep. */
export function outputsOf(
  raw: RawArguments,
  command: string,
  targets: readonly string[],
): readonly Output[] {
  const outputs = placesOf(raw, outputFormats);
  if (outputs.length > 0) return outputs;
  return [
    { path: '-', format: formatNamed('txt', outputFormats) },
    { path: pictureName(command, targets), format: formatNamed('png', outputFormats) },
  ];
}

/** Where a picture goes that nobody gave a place to. */
export function pictureName(command: string, targets: readonly string[]): string {
  return join('out', `${command}-${fileNameOf(targets)}.png`);
}

/** The places `--out` and `--format` name, in formats of a command's own; none when they are not given. */
export function placesOf<Format extends NamedFormat>(
  raw: RawArguments,
  formats: readonly Format[],
): readonly Output<Format>[] {
  const name = single('--format', raw.format);
  const given = name === undefined ? null : (findFormat(name, formats) ?? fail(name, formats));
  const paths = raw.out ?? [];
  if (paths.length > 0) {
    return paths.map((path) => ({ path, format: formatOfPath(path, given, formats) }));
  }
  return given === null ? [] : [{ path: '-', format: given }];
}

function formatOfPath<Format extends NamedFormat>(
  path: string,
  given: Format | null,
  formats: readonly Format[],
): Format {
  if (path === '') throw usage('--out is empty; name a file or - for standard output');
  if (path === '-') return given ?? formatNamed('txt', formats);
  const lower = path.toLowerCase();
  const found = formats.find((format) => lower.endsWith(format.extension)) ?? given;
  if (found !== null) return found;
  const extension = extname(path);
  const what =
    extension === '' ? `"${path}" has no extension` : `"${extension}" is no format of ours`;
  throw usage(`--out: ${what}; use one of ${namesOf(formats)}, or give --format`);
}

function findFormat<Format extends NamedFormat>(name: string, formats: readonly Format[]) {
  return formats.find((format) => format.name === name.toLowerCase());
}

/** One that is known to be there. */
export function formatNamed<Format extends NamedFormat>(
  name: string,
  formats: readonly Format[],
): Format {
  const format = findFormat(name, formats);
  if (format === undefined) throw new Error(`format ${name} is missing from the table`);
  return format;
}

function fail(name: string, formats: readonly NamedFormat[]): never {
  throw usage(`--format "${name}" is unknown; use one of ${namesOf(formats)}`);
}

function namesOf(formats: readonly NamedFormat[]): string {
  return formats.map(({ name }) => name).join(', ');
}

/** A target as part of a file name: letters, digits, dots and dashes only. */
function fileNameOf(targets: readonly string[]): string {
  const name = targets
    .join('-')
    .replace(/[^\p{L}\p{N}.@_-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name.slice(0, MOST_FILE_NAME) || 'target';
}
