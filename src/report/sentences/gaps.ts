import type { SentenceStep } from './sentence-step.js';

/** A sentence of no more steps is told whole; of a longer one, steps are left out until it is so long. */
const MOST_TOLD = 9;
/** Steps that are told at both ends, where others than those of packages have to be left out. */
const FIRST_STEPS = 4;
const LAST_STEPS = 3;
/** As `FIRST_STEPS` where steps in the middle are told too. */
const FIRST_STEPS_OF_MORE = 2;
/** A row of names that are worth telling tells no more than its ends. */
const MOST_KEPT = 8;
/** To leave out one object saves no words, and the one above is named. */
const LEAST_LEFT_OUT = 2;

/** Steps that are left out, and the one after them, of which the holder is named. */
export interface SentenceGap {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a long sentence leaves steps out: first those inside packages and the runtime, and those above the last
 * module, then those in the middle. Who holds many, and what can be looked for in a program, stays.
 */
export function gapsOf(steps: readonly SentenceStep[]): readonly SentenceGap[] {
  if (steps.length <= MOST_TOLD) return [];
  const told = toldSteps(steps);
  const isForeign = foreignSteps(steps);
  const module = steps.findLastIndex(({ holder }) => holder.is.kind === 'module');
  const isFirstToGo = (at: number) => isForeign[at] === true || (module >= 0 && at > module);
  const gaps = gapsAmong(steps, (at) => !told.has(at) && isFirstToGo(at));
  if (lengthOf(steps, gaps) <= MOST_TOLD) return gaps;
  const last = steps.length - LAST_STEPS;
  const isMore = [...told].some((at) => at > FIRST_STEPS && at < last);
  const first = isMore ? FIRST_STEPS_OF_MORE : FIRST_STEPS;
  const isGone = (at: number) => gaps.some(({ start, end }) => start <= at && at <= end);
  return gapsAmong(steps, (at) => isGone(at) || (!told.has(at) && at >= first && at < last));
}

/** Steps whose reference is told in any case. */
function toldSteps(steps: readonly SentenceStep[]): ReadonlySet<number> {
  const kept = steps.flatMap(({ isKept }, at) => (isKept ? [at] : []));
  const some =
    kept.length <= MOST_KEPT
      ? kept
      : [kept[0] as number, kept.at(-2) as number, kept.at(-1) as number];
  const told = new Set([0, ...some]);
  // who holds them all, and by what that is held
  for (const [at, { share, isFunnel = share !== undefined }] of steps.entries()) {
    if (isFunnel) for (const near of [at, at + 1]) told.add(near);
  }
  return told;
}

/** A step without a place counts as where the nearest steps with one, below and above it, both are. */
function foreignSteps(steps: readonly SentenceStep[]): readonly boolean[] {
  const below: (boolean | undefined)[] = [];
  for (const { isForeign } of steps) below.push(isForeign ?? below.at(-1));
  const found: boolean[] = [];
  let above: boolean | undefined;
  for (const [index, { isForeign }] of [...steps.entries()].reverse()) {
    above = isForeign ?? above;
    found[index] = below[index] === true && above === true;
  }
  return found;
}

function gapsAmong(
  steps: readonly SentenceStep[],
  isOpen: (at: number) => boolean,
): readonly SentenceGap[] {
  const gaps: SentenceGap[] = [];
  for (let start = 0; start < steps.length; start++) {
    if (!isOpen(start)) continue;
    let end = start;
    while (end + 1 < steps.length && isOpen(end + 1)) end += 1;
    if (end - start >= LEAST_LEFT_OUT) gaps.push({ start, end });
    start = end;
  }
  return gaps;
}

function lengthOf(steps: readonly SentenceStep[], gaps: readonly SentenceGap[]): number {
  return gaps.reduce((length, { start, end }) => length - (end - start), steps.length);
}
