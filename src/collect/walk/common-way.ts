import type { NodeOrdinal } from '../../graph/ordinals.js';
import { PriorityQueue } from '../../util/priority-queue.js';
import type { Holding } from './walk-ways.js';

/** One step up from an object, with its likeness to the steps of others. */
export interface StepUp {
  readonly to: Holding;
  /** The class of the holder and the kind of reference. */
  readonly like: string;
  /** The number of steps of the holder from a root. */
  readonly distance: number;
  /** True if the rest of the path is known: a root, a frame, or an object settled before. */
  readonly isEnd: boolean;
}

/** The possible steps from an object; `start` is the object that the path began at. */
export type StepsFrom = (node: NodeOrdinal, start: NodeOrdinal) => readonly StepUp[];

/** Steps that lead several objects up to roots, each by its own holders. */
export interface CommonWay {
  /** Each by `like`, or by `exactly` if one holder holds several of them. */
  readonly steps: readonly string[];
  /**
   * The number of steps after which a loop begins, if the last step leads to a holder that other
   * objects reached before, as along a list.
   */
  readonly loopTo: number | null;
}

/** The number of objects whose paths are compared; of more objects, a sample. */
const MOST_STARTS = 60;
/** The sample has this many runs of neighbouring objects, and runs of this length. */
const RUNS = 3;
const LENGTH_OF_RUN = 12;
/** The number of choices examined for one common path. */
const MOST_STATES = 150;
/** The number of similar holders of one object that are followed in parallel. */
const MOST_BESIDE = 6;
/**
 * The number of common paths of a drawn node's objects; the remaining objects take individual
 * paths.
 */
const MOST_WAYS = 4;

/** The key of a step to exactly this holder. */
function exactly(holding: Holding): string {
  return `@${holding}`;
}

/** True if a step is the one to exactly this holder. */
export function isExactly(step: string, holding: Holding): boolean {
  // usually of another kind: compare without making a text of the number
  return step.startsWith('@') && step === exactly(holding);
}

/**
 * The paths that most objects of a group have in common, the path of most objects first. A step
 * that leads all of them to a root is better than the nearest holder of each.
 */
export function findCommonWays(
  members: readonly NodeOrdinal[],
  stepsFrom: StepsFrom,
  distanceOf: (node: NodeOrdinal) => number,
): readonly CommonWay[] {
  const found: FoundWay[] = [];
  let starts = sampleOf(members, distanceOf).map((node): Climber => {
    return { start: node, nodes: [node], distance: distanceOf(node), before: null };
  });
  while (starts.length > 0 && found.length < MOST_WAYS) {
    const next = new CommonWaySearch(stepsFrom).run(starts);
    if (next === null) break;
    found.push(next);
    starts = starts.filter(({ start }) => !next.covered.has(start));
  }
  return found.sort((a, b) => b.covered.size - a.covered.size).map(({ way }) => way);
}

/**
 * A sample: some objects spread over all, and some next to each other, as the objects of a list
 * are.
 */
function sampleOf(
  members: readonly NodeOrdinal[],
  distanceOf: (node: NodeOrdinal) => number,
): readonly NodeOrdinal[] {
  if (members.length <= MOST_STARTS) return members;
  const sorted = members.toSorted((a, b) => distanceOf(a) - distanceOf(b));
  const runs = Array.from({ length: RUNS }, (_, i) => {
    const start = Math.floor((i * (sorted.length - LENGTH_OF_RUN)) / (RUNS - 1));
    return sorted.slice(start, start + LENGTH_OF_RUN);
  });
  const every = members.length / (MOST_STARTS - RUNS * LENGTH_OF_RUN);
  const others = members.filter((_, i) => i % every < 1);
  return [...new Set([...runs.flat(), ...others])];
}

interface FoundWay {
  readonly way: CommonWay;
  /** The objects that it leads to a root. */
  readonly covered: ReadonlySet<NodeOrdinal>;
}

/** One of the objects, and the position of its path: any of several similar holders. */
interface Climber {
  readonly start: NodeOrdinal;
  readonly nodes: readonly NodeOrdinal[];
  /** The distance of the nearest of them to a root. */
  readonly distance: number;
  readonly before: Climber | null;
}

interface Word {
  readonly step: string;
  readonly before: Word | null;
  readonly length: number;
  /** The holders that the step led to. */
  readonly nodes: ReadonlySet<Holding>;
}

interface State {
  readonly word: Word | null;
  /** Objects whose path has reached its end. */
  readonly done: readonly NodeOrdinal[];
  readonly climbers: readonly Climber[];
  readonly loopTo: number | null;
  /** Steps, taken and to come, divided by the objects that share them. */
  readonly cost: number;
  readonly turn: number;
}

/** The result of one more step. */
interface Reached {
  readonly step: string;
  readonly done: Set<NodeOrdinal>;
  readonly climbers: Map<
    NodeOrdinal,
    { readonly from: Climber; distance: number; nodes: Set<NodeOrdinal> }
  >;
  readonly holders: Set<Holding>;
  loopTo: number | null;
}

class CommonWaySearch {
  readonly #stepsFrom: StepsFrom;
  readonly #open = new PriorityQueue<State>(isBefore);
  readonly #seen = new Set<string>();
  #turn = 0;

  constructor(stepsFrom: StepsFrom) {
    this.#stepsFrom = stepsFrom;
  }

  run(starts: readonly Climber[]): FoundWay | null {
    this.#push({ word: null, done: [], climbers: starts, loopTo: null });
    for (let count = 0; count < MOST_STATES; count++) {
      const state = this.#open.pop();
      if (state === undefined) return null;
      if (state.climbers.length === 0) {
        const way = { steps: stepsOf(state.word), loopTo: state.loopTo };
        return { way, covered: new Set(state.done) };
      }
      if (this.#isNew(state)) this.#advance(state);
    }
    return null;
  }

  /** True if no other path, at least as good, reached the same holders. */
  #isNew({ climbers, done }: State): boolean {
    const key = `${done.length} ${climbers.map(({ nodes }) => nodes.join()).join(';')}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #push(state: Omit<State, 'cost' | 'turn'>): void {
    const { word, done, climbers } = state;
    const count = done.length + climbers.length;
    if (count === 0) return;
    // a root has distance 1
    const left = climbers.reduce((sum, { distance }) => sum + distance - 1, 0) / count;
    const cost = ((word?.length ?? 0) + left) / count;
    this.#open.push({ ...state, cost, turn: this.#turn++ });
  }

  #advance(state: State): void {
    const length = (state.word?.length ?? 0) + 1;
    for (const { step, done, climbers, holders, loopTo } of this.#reachedFrom(state)) {
      const word = { step, before: state.word, length, nodes: holders };
      const allDone = [...state.done, ...done];
      const goOn = Array.from(climbers, ([start, { from, nodes, distance }]): Climber => {
        return { start, nodes: [...nodes], distance, before: from };
      });
      const next = { word, done: allDone, loopTo: loopTo ?? state.loopTo };
      this.#push({ ...next, climbers: goOn });
      // those that have not reached an end yet may do better on another path
      if (allDone.length > 0 && goOn.length > 0) this.#push({ ...next, climbers: [] });
    }
  }

  #reachedFrom({ word, climbers }: State): readonly Reached[] {
    const found = new Map<string, Reached>();
    for (const climber of climbers) {
      for (const node of climber.nodes) {
        for (const up of this.#stepsFrom(node, climber.start)) {
          for (const step of [exactly(up.to), up.like]) {
            const loopTo = loopOf(word, climber, up);
            if (loopTo === null && isBehind(word, up)) continue;
            const reached = found.get(step) ?? newReached(step);
            found.set(step, reached);
            reach(reached, climber, up, loopTo);
          }
        }
      }
    }
    return [...found.values()].filter((reached) => isTelling(reached, found));
  }
}

function newReached(step: string): Reached {
  return { step, done: new Set(), climbers: new Map(), holders: new Set(), loopTo: null };
}

function reach(reached: Reached, from: Climber, up: StepUp, loopTo: number | null): void {
  const { start } = from;
  reached.holders.add(up.to);
  if (reached.done.has(start)) return;
  if (up.isEnd || loopTo !== null) {
    reached.done.add(start);
    reached.climbers.delete(start);
    if (!up.isEnd) reached.loopTo = loopTo;
    return;
  }
  const known = reached.climbers.get(start);
  const node = up.to as NodeOrdinal;
  if (known === undefined) {
    reached.climbers.set(start, { from, distance: up.distance, nodes: new Set([node]) });
  } else if (known.nodes.size < MOST_BESIDE) {
    known.nodes.add(node);
    known.distance = Math.min(known.distance, up.distance);
  }
}

/**
 * The step by which other objects reached the same holder, if that holder is nearer to a root than
 * this object's position was.
 */
function loopOf(word: Word | null, climber: Climber, { to, distance }: StepUp): number | null {
  let at: Climber | null = climber;
  for (let earlier = word; earlier !== null && at !== null; earlier = earlier.before) {
    if (distance < at.distance && earlier.nodes.has(to)) return earlier.length;
    at = at.before;
  }
  return null;
}

/** True if the path has been at this holder before. */
function isBehind(word: Word | null, { to, isEnd }: StepUp): boolean {
  if (isEnd) return false;
  for (let at = word; at !== null; at = at.before) if (at.nodes.has(to)) return true;
  return false;
}

/**
 * True for a step worth its own entry: a holder of several objects; other holders are known by
 * their kind.
 */
function isTelling({ step, holders }: Reached, found: ReadonlyMap<string, Reached>): boolean {
  const [only] = holders;
  const isExact = only !== undefined && step === exactly(only);
  const countOf = (reached: Reached) => reached.done.size + reached.climbers.size;
  if (isExact) return countOf(found.get(step) as Reached) > 1;
  if (only === undefined || holders.size > 1) return true;
  return countOf(found.get(exactly(only)) as Reached) < 2;
}

function isBefore(a: State, b: State): boolean {
  return a.cost < b.cost || (a.cost === b.cost && a.turn < b.turn);
}

function stepsOf(word: Word | null): readonly string[] {
  const steps: string[] = [];
  for (let at = word; at !== null; at = at.before) steps.push(at.step);
  return steps.reverse();
}
