import type { RawArguments } from './build-yargs.js';
import type { Io } from './io.js';
import { countOf, single } from './option-values.js';

/** Where nobody knows better. */
const USUAL = 80;
/** A file is wrapped by whatever shows it; only what nobody wrote for people is cut. */
const OF_FILES = 10_000;
const LEAST = 40;

/**
 * How wide text may be that goes to a path, or to standard output for `-`.
 *
 * @throws ShowBackrefError USAGE for a --width that is none.
 */
export function textWidthOf(raw: RawArguments, io: Io): (path: string) => number {
  const given = countOf('--width', single('--width', raw.width), LEAST);
  return (path) => {
    if (given !== undefined) return given;
    return path === '-' ? Math.max(LEAST, io.columns ?? USUAL) : OF_FILES;
  };
}
