import type { OptionValues } from '../question/options.js';
import type { Output } from '../question/outputs.js';
import type { Io } from './io.js';

/** The default width. */
const USUAL = 80;
/**
 * The width of files, which the program that shows them wraps; only lines that nobody wrote for
 * people are cut.
 */
const OF_FILES = 10_000;
const LEAST = 40;

/** The width of an output's text: the requested one, or that of the terminal. */
export function textWidthOf(
  { width }: Pick<OptionValues, 'width'>,
  io: Pick<Io, 'columns'>,
): (output: Output) => number {
  return ({ file }) => width ?? (file === null ? Math.max(LEAST, io.columns ?? USUAL) : OF_FILES);
}
