import { ShowBackrefError } from '../../errors.js';
import type { Measure } from '../meter/measure.js';
import { type CallTarget, type LocatedTarget, locateTarget } from '../probe/find-target.js';
import { OwnDebugger } from '../probe/own-debugger.js';
import { openRegistry, type ProbeRegistry } from '../probe/probe-registry.js';
import { breakpoints } from '../strategy/breakpoints.js';
import { liveEdit, restoreLeftovers } from '../strategy/live-edit.js';
import { ProfileRun } from '../strategy/profile-run.js';
import { rebind } from '../strategy/rebind.js';
import { rebuild } from '../strategy/rebuild.js';
import type { AppliedStrategy, Strategy, StrategyContext } from '../strategy/strategy.js';
import type { LineProfile } from './line-profile.js';
import { toLineProfile } from './to-line-profile.js';

/** In this order: each is used for functions that the earlier ones cannot handle. */
const STRATEGIES: readonly Strategy[] = [liveEdit, rebuild, rebind, breakpoints];

const SHARED_HEAP =
  "V8's compiler works in other threads of a running program and takes memory, too: increments are accurate to 10 % here; the command mprun runs without those threads.";

/** The result of a measured statement. */
export interface ProfiledCall {
  readonly profile: LineProfile;
  /** The error that the statement threw; null if it succeeded. */
  readonly failure: { readonly error: unknown } | null;
  readonly value: unknown;
}

export interface ProfileCallOptions {
  /** The globals of the context whose functions are measured, if it is another one. */
  readonly globals?: object;
  /** Stops waiting for the statement; its reason counts as the thrown error. */
  readonly signal?: AbortSignal;
  /** Default: `time`. */
  readonly measure?: Measure;
}

/**
 * Measures functions of this program while a statement runs, and restores everything afterwards.
 *
 * @throws ShowBackrefError NOTHING_SELECTED for a target that is not a function with a text.
 */
export async function profileCall(
  statement: () => unknown,
  targets: readonly CallTarget[],
  { globals = globalThis, signal, measure = 'time' }: ProfileCallOptions = {},
): Promise<ProfiledCall> {
  const own = new OwnDebugger();
  try {
    const registry = openRegistry(globals);
    restoreLeftovers(own, registry);
    const located = targets.map((target) => locateTarget(own, target));
    for (const target of located) checkIsWhole(target, registry);
    const run = new ProfileRun(registry, measure);
    const applied = applyStrategies(located, { own, registry, run, statement });
    const isDebugging = applied.some(({ needsDebugger }) => needsDebugger);
    if (!isDebugging) own.disable();
    const outcome = await settle(statement, signal);
    if (!isDebugging) own.enable();
    const notes = applied.map((one) => one.restore()).filter((note) => note !== null);
    await run.settle();
    const ways = [...new Set(applied.map(({ way }) => way))].join('; ');
    const profile = toLineProfile(run.finish(), ways);
    const limits = measure === 'memory' ? [SHARED_HEAP] : [];
    return { ...outcome, profile: { ...profile, notes: [...profile.notes, ...limits, ...notes] } };
  } finally {
    own.close();
  }
}

async function settle(
  statement: () => unknown,
  signal: AbortSignal = new AbortController().signal,
): Promise<Omit<ProfiledCall, 'profile'>> {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return { value: await Promise.race([statement(), interrupted]), failure: null };
  } catch (error) {
    return { value: undefined, failure: { error } };
  }
}

function checkIsWhole({ script, name }: LocatedTarget, registry: ProbeRegistry): void {
  if (!registry.toRestore.has(script.scriptId)) return;
  const text = `"${name}" still has the probes of an earlier run; let its calls end first`;
  throw new ShowBackrefError('NOTHING_SELECTED', text);
}

/** Applies strategies script by script: one is used for all functions of a script or for none. */
function applyStrategies(
  targets: readonly LocatedTarget[],
  context: StrategyContext,
): readonly AppliedStrategy[] {
  const scripts = new Map<string, LocatedTarget[]>();
  for (const target of targets) {
    const { scriptId } = target.script;
    scripts.set(scriptId, [...(scripts.get(scriptId) ?? []), target]);
  }
  const done: AppliedStrategy[] = [];
  for (const own of scripts.values()) {
    const one = STRATEGIES.reduce<AppliedStrategy | null>(
      (found, way) => found ?? way(own, context),
      null,
    );
    if (one !== null) done.push(one);
  }
  return done;
}
