import { extname, join } from 'node:path';
import { readFont } from '../report/fonts.js';
import {
  findFormat,
  findFormatOfFile,
  type OutputFormat,
  outputFormats,
  type ReportOptions,
} from '../report/formats.js';
import type { RawArguments } from './build-yargs.js';
import { oneOf, single, usage } from './option-values.js';

const MOST_FILE_NAME = 60;

/** One place to write to. */
export interface Output {
  /** A path, or `-` for standard output. */
  readonly path: string;
  readonly format: OutputFormat;
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
  const format = formatOf(single('--format', raw.format));
  const paths = raw.out ?? [];
  if (paths.length > 0) return paths.map((path) => ({ path, format: formatOfPath(path, format) }));
  if (format !== null) return [{ path: '-', format }];
  const picture = join('out', `${command}-${fileNameOf(targets)}.png`);
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
