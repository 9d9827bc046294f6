import { formatSeconds } from '../format-seconds.js';
import type { MomentsPlan } from '../moments-plan.js';
import type { Moment } from '../opened-source.js';
import { liveInterrupted } from './live-errors.js';
import type { LiveProgram, LookRequest } from './live-program.js';

/** The default number of looks at a program. */
const USUAL_COUNT = 2;
/** The shortest pause worth a line. */
const LEAST_PAUSE_MS = 1000;

export type MomentsRequest = Omit<MomentsPlan, 'call'> & Omit<LookRequest, 'expressions'>;

/**
 * Looks at a running program several times, over one connection, and then leaves it.
 *
 * @throws ShowBackrefError as `LiveProgram.look`, or INTERRUPTED.
 */
export async function* takeMoments(
  program: LiveProgram,
  { count, isCollected, isForetold, onNote, onTaken, signal, ...plan }: MomentsRequest,
): AsyncGenerator<Moment> {
  const leave = () => void program.close();
  signal?.addEventListener('abort', leave);
  const { kind, name } = program;
  const most = count ?? USUAL_COUNT;
  try {
    if (onNote !== undefined) {
      await program.foretell({ onNote, times: most, isAlwaysSaid: isForetold });
    }
    let label: string | null = plan.firstLabel;
    for (let turn = 1; label !== null; turn++) {
      if (isCollected) await program.collectGarbage();
      const live = await program.look([]);
      const close = async () => undefined;
      const source = { kind, name, live, bytes: program.takeHeap(onTaken), close };
      yield { label, source };
      if (isForetold && turn === 1) sayPause(program, onNote);
      label = turn < most ? await waitBetween(plan, turn) : null;
    }
  } catch (error) {
    throw signal?.aborted ? liveInterrupted(name) : error;
  } finally {
    signal?.removeEventListener('abort', leave);
    await program.close();
  }
}

/** Reports the pause of the first look: the others will take about as long. */
function sayPause({ name, pausedMs }: LiveProgram, onNote: MomentsRequest['onNote']): void {
  if (pausedMs < LEAST_PAUSE_MS) return;
  onNote?.(`${JSON.stringify(name)} stood still for ${formatSeconds(pausedMs / 1000)}.`);
}

async function waitBetween(
  { openInterlude, wait }: Pick<MomentsPlan, 'openInterlude' | 'wait'>,
  turn: number,
): Promise<string | null> {
  const interlude = openInterlude();
  try {
    return await wait(turn, interlude);
  } finally {
    interlude.close();
  }
}
