import { stat } from 'node:fs/promises';
import type { MomentsPlan } from '../moments-plan.js';
import type { Moment, OpenedSource } from '../opened-source.js';
import {
  inspectorFlagGiven,
  interrupted,
  scriptIsFolder,
  scriptNotFound,
} from './script-errors.js';
import { takeRounds, takeStops, USUAL_ROUNDS } from './script-moments.js';
import { type ScriptOptions, ScriptRun } from './script-run.js';

/**
 * Runs a script under the inspector, pauses it at `when` and looks: resolves when all of `live` is
 * known; the heap is taken when `bytes` is asked for. It contains no object id and no listener of
 * ours.
 *
 * It stays paused until `close`, which lets it run on without stopping at any `debugger;`, waits
 * for its end for `lingerMs`, then ends it with SIGTERM and, if need be, SIGKILL. A program whose
 * heap was not taken is ended at once, as it is on every error.
 *
 * @throws ShowBackrefError USAGE for an inspector flag in `nodeArgs`, SOURCE_NOT_FOUND if there
 *   is no such script, SOURCE_UNREACHABLE if it cannot be run or ends before it could be looked at,
 *   INTERRUPTED; `bytes` throws the latter two.
 */
export async function openScript(options: ScriptOptions): Promise<OpenedSource> {
  await checkOptions(options);
  const run = new ScriptRun(options);
  return {
    kind: 'script',
    name: options.file,
    live: await run.look(),
    bytes: run.takeHeap(),
    nameSuspended: (nodeIds) => run.nameSuspended(nodeIds),
    close: () => run.close(),
  };
}

/**
 * As `openScript`, but each time the script reaches a `debugger;`, or else after each round of
 * calls of one of its functions.
 *
 * @throws ShowBackrefError as `openScript`; NOTHING_SELECTED if there is no such function.
 */
export async function* openScriptMoments(
  options: ScriptOptions,
  plan: MomentsPlan,
): AsyncGenerator<Moment> {
  const { call } = plan;
  await checkOptions(options);
  const most = plan.count ?? (call === null ? Number.POSITIVE_INFINITY : USUAL_ROUNDS);
  const run = new ScriptRun(options, most);
  const counted = { ...plan, count: most };
  try {
    yield* call === null ? takeStops(run, counted) : takeRounds(run, counted, call);
  } finally {
    await run.close();
  }
}

async function checkOptions({ signal, file, nodeArgs = [] }: ScriptOptions): Promise<void> {
  if (signal?.aborted) throw interrupted(file);
  checkNodeArgs(nodeArgs);
  await checkScript(file);
}

/**
 * Refuses inspector flags: an inspector that waits because of them would do so before ours can
 * report its address.
 */
function checkNodeArgs(nodeArgs: readonly string[]): void {
  const flag = nodeArgs.find((arg) => arg.startsWith('--inspect'));
  if (flag !== undefined) throw inspectorFlagGiven(flag);
}

async function checkScript(file: string): Promise<void> {
  const stats = await stat(file).catch((error) => {
    throw scriptNotFound(file, error);
  });
  if (stats.isDirectory()) throw scriptIsFolder(file);
}
