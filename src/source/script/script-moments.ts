import { basename } from 'node:path';
import { callTimes, forgetCalled, keepCalled } from '../inspector/called-function.js';
import { collectGarbage } from '../inspector/heap-stream.js';
import { type MomentsPlan, type ScriptCall, unlessCut } from '../moments-plan.js';
import type { LiveFacts, Moment } from '../opened-source.js';
import { removeExitStop } from '../stop/stop-program.js';
import { callFailed, nothingToCall } from './script-errors.js';
import type { ScriptRun } from './script-run.js';

/** The default number of rounds of calls, each with a heap. */
export const USUAL_ROUNDS = 5;

interface CountedPlan extends MomentsPlan {
  readonly count: number;
}

/** Looks each time the script reaches a `debugger;`. */
export async function* takeStops(run: ScriptRun, plan: CountedPlan): AsyncGenerator<Moment> {
  let live: LiveFacts | null = await run.look();
  for (let count = 1; live !== null; count++) {
    const [frame] = live.frames;
    const place = frame === undefined ? '' : `${basename(frame.url)}:${frame.line}, `;
    // V8 itself collects garbage when it takes the heap; if asked to, it would wait for the program
    // to run on
    yield toMoment(run, `${place}stop ${count}`, live);
    live = count < plan.count ? await between(plan, () => run.lookOn()) : null;
  }
}

/**
 * Looks after rounds of calls. There are calls before the first heap, too: the first calls fill
 * caches, compile and load.
 */
export async function* takeRounds(
  run: ScriptRun,
  plan: CountedPlan,
  call: ScriptCall,
): AsyncGenerator<Moment> {
  await startCalling(run, call);
  let isCalled: boolean | null = await callAll(run, call);
  for (let round = 1; isCalled; round++) {
    if (plan.isCollected) await run.explained(collectGarbage);
    yield toMoment(run, `${round * call.times} calls`, await run.lookOutside());
    isCalled = round < plan.count ? await between(plan, () => callAll(run, call)) : null;
  }
}

/** Lets the script run to the end of its own code and on, with the function to call kept. */
async function startCalling(run: ScriptRun, { name }: ScriptCall): Promise<void> {
  const { stop } = await run.start({ kind: 'loaded' });
  await run.explained(async (session) => {
    if (!(await keepCalled(session, stop, name))) throw nothingToCall(run.file, name);
    run.beforeClosing(forgetCalled);
    await removeExitStop(session);
    // the program runs on, and its `debugger;` statements do not stop it
    await session.send('Debugger.disable', {});
    await run.foretell(session);
  });
}

function callAll(run: ScriptRun, call: ScriptCall): Promise<boolean> {
  return run.explained(async (session) => {
    const thrown = await callTimes(session, call);
    if (thrown !== null) throw callFailed(run.file, call.name, thrown);
    return true;
  });
}

function toMoment(run: ScriptRun, label: string, live: LiveFacts): Moment {
  const close = async () => undefined;
  return {
    label,
    source: { kind: 'script', name: run.file, live, bytes: run.takeHeap(), close },
  };
}

/** Work that is cut short, and so left undone, ends with the script. */
async function between<T>(
  { openInterlude }: MomentsPlan,
  work: () => Promise<T>,
): Promise<T | null> {
  const interlude = openInterlude();
  try {
    return await unlessCut(work(), interlude);
  } finally {
    interlude.close();
  }
}
