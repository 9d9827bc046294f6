import { dirname, relative, sep } from 'node:path';
import type { OutputFormat } from './formats.js';
import type { TextDecor } from './terminal/text-decor.js';

/** One of the requested outputs. */
export interface PlannedOutput {
  /** For a terminal. */
  readonly decor?: TextDecor;
  readonly format: OutputFormat;
  /** Absolute path of the file; null if it is not a file. */
  readonly file: string | null;
  /** The width of its text in columns; default: 80. */
  readonly width?: number;
}

/** Formats that a reader of Markdown can show, best first. */
const SHOWN = ['png', 'svg'];

/**
 * The path from an output to a picture written in the same run that is in or below its folder;
 * undefined without one. A picture elsewhere does not travel with the file, and its path is
 * private.
 */
export function linkToPicture(
  outputs: readonly PlannedOutput[],
  { file }: PlannedOutput,
): string | undefined {
  if (file === null) return undefined;
  const folder = dirname(file);
  const links = SHOWN.flatMap((name) => outputs.filter(({ format }) => format.name === name))
    .map((output) => (output.file === null ? '..' : relative(folder, output.file)))
    .map((path) => path.split(sep).join('/'));
  return links.find((path) => !/^(?:\.\.(?:\/|$)|\/|[a-z]:)/i.test(path));
}
