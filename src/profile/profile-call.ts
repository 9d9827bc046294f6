import { breakpoints } from './breakpoints.js';
import { type CallTarget, type LocatedTarget, locateTarget } from './find-target.js';
import type { LineProfile } from './line-profile.js';
import { liveEdit } from './live-edit.js';
import { OwnDebugger } from './own-debugger.js';
import { openDoor } from './probe-door.js';
import { ProfileRun } from './profile-run.js';
import { rebuild } from './rebuild.js';
import type { Swap, SwapContext, SwapWay } from './swap.js';
import { toLineProfile } from './to-line-profile.js';

/** Each is taken where those before it cannot be. */
const WAYS: readonly SwapWay[] = [liveEdit, rebuild, breakpoints];

/** What a measured statement came to. */
export interface ProfiledCall {
  readonly profile: LineProfile;
  /** What the statement threw; null when it went well. */
  readonly failure: { readonly error: unknown } | null;
  readonly value: unknown;
}

/**
 * Measures functions of this program while a statement runs, and puts everything back.
 *
 * @param globals of the context whose functions are measured, if it is another one.
 * @throws ShowBackrefError NOTHING_SELECTED for a target that is no function with a text.
 */
export async function profileCall(
  statement: () => unknown,
  targets: readonly CallTarget[],
  globals: object = globalThis,
): Promise<ProfiledCall> {
  const own = new OwnDebugger();
  try {
    const located = targets.map((target) => locateTarget(own, target));
    const door = openDoor(globals);
    const run = new ProfileRun(door);
    const swaps = swapAll(located, { own, door, run });
    const outcome = await settle(statement);
    const notes = swaps.map((swap) => swap.restore()).filter((note) => note !== null);
    const ways = [...new Set(swaps.map(({ way }) => way))].join('; ');
    const profile = toLineProfile(run.finish(), ways);
    return { ...outcome, profile: { ...profile, notes: [...profile.notes, ...notes] } };
  } finally {
    own.close();
  }
}

async function settle(statement: () => unknown): Promise<Omit<ProfiledCall, 'profile'>> {
  try {
    return { value: await statement(), failure: null };
  } catch (error) {
    return { value: undefined, failure: { error } };
  }
}

/** Script by script: a way goes for all functions of one or for none. */
function swapAll(targets: readonly LocatedTarget[], context: SwapContext): readonly Swap[] {
  const scripts = new Map<string, LocatedTarget[]>();
  for (const target of targets) {
    const { scriptId } = target.script;
    scripts.set(scriptId, [...(scripts.get(scriptId) ?? []), target]);
  }
  const done: Swap[] = [];
  for (const own of scripts.values()) {
    const swap = WAYS.reduce<Swap | null>((found, way) => found ?? way(own, context), null);
    if (swap !== null) done.push(swap);
  }
  return done;
}
