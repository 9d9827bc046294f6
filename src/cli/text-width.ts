import type { OptionValues } from '../question/options.js';
import type { Output } from '../question/outputs.js';
import type { Io } from './io.js';

/** Where nobody knows better. */
const USUAL = 80;
/** A file is wrapped by whatever shows it; only what nobody wrote for people is cut. */
const OF_FILES = 10_000;
const LEAST = 40;

/** How wide the text of an output may be: as asked for, or as the terminal is. */
export function textWidthOf(
  { width }: Pick<OptionValues, 'width'>,
  io: Pick<Io, 'columns'>,
): (output: Output) => number {
  return ({ file }) => width ?? (file === null ? Math.max(LEAST, io.columns ?? USUAL) : OF_FILES);
}
