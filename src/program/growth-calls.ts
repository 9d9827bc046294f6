import { usage } from '../errors.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import { quote } from '../util/sentence.js';
import { askProgram, type CallOptions } from './ask-program.js';
import { type GrowthOptions, readGrowthOptions, type ShowGrowthOptions } from './call-options.js';
import { pickGrowth, printGrowth } from './print-classes.js';

/** The key under which the calls without `peaks` remember their counts. */
const COMMON: object = {};
/** How a table names the two moments. */
const MOMENTS = { from: 'the peaks so far', to: 'now' };
/** Encoded censuses by series, see `PeaksAnswer`. */
const remembered = new WeakMap<object, Uint8Array>();

/**
 * Returns the classes of which the running program has more objects than at any earlier call, those
 * that grew most first; the first call lists all classes. `before` is the highest count so far,
 * `delta` the increase over it. `added` and `removed` are null: V8 gives new ids to all objects at
 * each call.
 *
 *     await growth();
 *     handleRequests();
 *     await growth(); // [{ name: 'Session', before: 10, after: 110, delta: 100, sizeDelta: 3200, … }]
 *
 * @returns sizes in bytes. Rejects with a ShowBackrefError: USAGE for wrong options, SOURCE_*
 *   when this program cannot be looked at.
 */
export async function growth(options: GrowthOptions = {}): Promise<readonly TypeGrowth[]> {
  const values = readGrowthOptions(options, { prints: false });
  return pickGrowth(await askGrowth(options, { name: 'growth' }), values);
}

/**
 * Prints the answer of `growth` as a table, to standard output or where the options say, and
 * returns it; prints nothing when nothing grew. Rejects with OUTPUT_FAILED, too.
 */
export async function showGrowth(options: ShowGrowthOptions = {}): Promise<readonly TypeGrowth[]> {
  const values = readGrowthOptions(options, { prints: true });
  const grown = await askGrowth(options, { name: 'showGrowth' });
  return printGrowth(grown, { values, file: options.file }, MOMENTS);
}

/** The classes that grew since the earlier calls of the same series. */
export async function askGrowth(
  { peaks: series = COMMON, quiet = false }: Pick<GrowthOptions, 'peaks' | 'quiet'>,
  call: Omit<CallOptions, 'quiet'>,
): Promise<Growth> {
  if (typeof series !== 'object' || series === null) {
    throw usage(`peaks ${quote(series)} is not an object; give one of yours, such as {}`);
  }
  const earlier = remembered.get(series) ?? null;
  // the remembered counts are ours, and not counted
  const ours = earlier === null ? [] : [earlier];
  const answer = await askProgram(ours, { kind: 'growth', peaks: earlier }, { ...call, quiet });
  remembered.set(series, answer.peaks);
  return answer.growth;
}
