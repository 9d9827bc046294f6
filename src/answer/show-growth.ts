import { ShowBackrefError } from '../errors.js';
import type { ClassLimit } from '../question/class-limit.js';
import { chainSentences } from '../report/sentences.js';
import { type GrowthStep, toGrowthReport } from '../report/tables/growth-report.js';
import { type TableReport, withMasked } from '../report/tables/table.js';
import type { Moment } from '../source/opened-source.js';
import { type Census, countByName, withoutKeys } from '../stats/census.js';
import { Comparison } from '../stats/comparison.js';
import type { ContainerSizes } from '../stats/container-growth.js';
import { aboveEarlierPeaks, type Growth, growthOf, type TypeGrowth } from '../stats/growth.js';
import { lastIdOf } from '../stats/new-objects.js';
import type { Spelling } from '../util/sentence.js';
import { drawLimits, type LimitedClass, type LimitPictures } from './ci/limit-pictures.js';
import type { GraphAnswer } from './collect-graph.js';
import { drawNew } from './draw-growth.js';
import { describeGrowing } from './growing-containers.js';
import type { LocatedHeap } from './heap.js';
import { type ClassList, listGrowth, selectGrowth } from './list-types.js';
import { readHeap } from './load-heap.js';
import type { Work } from './work.js';

export interface GrowthRequest extends ClassList {
  /** In chronological order; each is read before the next one is asked for. */
  readonly moments: AsyncIterable<Moment>;
  readonly sort: 'count' | 'size';
  /** True for only the classes with more objects than at any earlier moment. */
  readonly peak: boolean;
  /** True to find out who holds the new objects. */
  readonly draw: boolean;
  /** Limits whose crossing is drawn. */
  readonly limits?: readonly ClassLimit[];
  /** How options are named in the answer. */
  readonly spelling: Spelling;
}

export interface GrowthAnswer {
  readonly report: TableReport;
  /** Every class that changed from the first moment to the last. */
  readonly growth: Growth;
  /** Those in the table from the first moment to the last, in its order. */
  readonly listed: readonly TypeGrowth[];
  /** Who holds new objects of one class; null if not asked for. */
  readonly drawing: GraphAnswer | null;
  /** Who holds the newest objects of what crosses a limit. */
  readonly pictures: LimitPictures;
  /** The names of the moments in messages. */
  readonly moments: readonly string[];
  /** All classes of all moments. */
  classNames(): ReadonlySet<string>;
}

/** A class as limits measure it: by what there is more of. */
export function toChange({ name, delta, sizeDelta, location }: TypeGrowth): LimitedClass {
  return { name, objects: delta, bytes: sizeDelta, location };
}

/** The command `growth`: compares moments. */
export async function compareMoments(request: GrowthRequest, work: Work): Promise<GrowthAnswer> {
  const { seen, last } = await readMoments(request, work);
  const first = seen.censuses[0];
  if (first === undefined || last === null || seen.steps.length === 0) {
    throw new ShowBackrefError(
      'NOTHING_SELECTED',
      `growth compares two or more moments, but there ${seen.labels.length === 0 ? 'was none' : `was only one: ${seen.labels[0]}`}`,
    );
  }
  const now = { ...last.census(), interfaces: interfacesOf(seen.censuses) };
  const named = toNamed(request, now.interfaces);
  const growth = named(new Comparison(first, now), seen.censuses.slice(0, -1), now);
  const steps = seen.steps.map((step, at) => {
    const found = named(step, seen.censuses.slice(0, at + 1), seen.censuses[at + 1] ?? now);
    return toStep(request, found, seen.labels[at] ?? '', seen.labels[at + 1] ?? '');
  });
  const whole = toStep(request, growth, seen.labels[0] ?? '', seen.labels.at(-1) ?? '');
  // if ids do not match, the containers cannot be compared
  const containers = growth.byId ? describeGrowing(last, seen.containers, request.redactor) : [];
  const listed = selectGrowth(growth.types, request.selection, request.sort).types;
  const grown = { first, now, growth, lastIds: seen.lastIds.slice(1, -1), listed };
  const drawing = request.draw ? drawNew(last, grown, request) : null;
  const sentences = drawing === null ? [] : chainSentences(drawing.subgraph);
  const report = toGrowthReport(whole, steps, { containers, sentences });
  const { limits = [], redactor } = request;
  const pictures = drawLimits(last, limits, { types: growth.types.map(toChange), redactor });
  return {
    ...{ report: withMasked(report, redactor), growth, drawing, pictures },
    listed: whole.selected.types,
    moments: seen.labels.map((label) => redactor.places(label)),
    classNames: () => classNamesIn(seen.censuses, now.interfaces),
  };
}

function classNamesIn(
  censuses: readonly Census[],
  interfaces: Census['interfaces'],
): ReadonlySet<string> {
  return new Set(censuses.flatMap((one) => Object.keys(countByName({ ...one, interfaces }))));
}

/** Data kept of moments whose heaps were released. */
interface Seen {
  readonly labels: string[];
  /** The first one complete, the others without ids. */
  readonly censuses: Census[];
  /**
   * Each moment compared with the one before it; plain objects are named when the last moment is
   * known.
   */
  readonly steps: Comparison[];
  readonly containers: ContainerSizes[];
  /** The highest id of each moment. */
  readonly lastIds: number[];
}

async function readMoments(
  request: GrowthRequest,
  work: Work,
): Promise<{ seen: Seen; last: LocatedHeap | null }> {
  const seen: Seen = { labels: [], censuses: [], steps: [], containers: [], lastIds: [] };
  let last: LocatedHeap | null = null;
  let previous: Census | null = null;
  for await (const { label, source } of request.moments) {
    // one heap at a time: release it before reading the next one
    last = null;
    try {
      last = (await readHeap(source, work)).heap;
    } finally {
      await source.close();
    }
    const census: Census = last.census();
    if (previous !== null) seen.steps.push(new Comparison(previous, census));
    previous = census;
    seen.labels.push(label);
    seen.lastIds.push(lastIdOf(census));
    seen.containers.push(last.containers());
    seen.censuses.push(seen.censuses.length === 0 ? census : withoutKeys(census));
  }
  return { seen, last };
}

/**
 * The interfaces of all moments, the latest first. A shape that is common enough to be named at one
 * moment keeps its name when a later moment has many more objects.
 */
function interfacesOf(censuses: readonly Census[]): Census['interfaces'] {
  const byName = new Map<string, Census['interfaces'][number]>();
  for (const { interfaces } of censuses.toReversed()) {
    for (const one of interfaces) if (!byName.has(one.name)) byName.set(one.name, one);
  }
  return [...byName.values()];
}

/**
 * Names plain objects in all tables of an answer by one list of interfaces, so that a class has one
 * name in them.
 */
function toNamed({ peak }: GrowthRequest, interfaces: Census['interfaces']) {
  return (comparison: Comparison, earlier: readonly Census[], after: Census): Growth => {
    const growth = growthOf(comparison, interfaces);
    return peak ? aboveEarlierPeaks(growth, earlier, { ...after, interfaces }) : growth;
  };
}

function toStep(request: GrowthRequest, growth: Growth, from: string, to: string): GrowthStep {
  const selected = listGrowth(growth.types, request, request.sort);
  const { redactor } = request;
  return {
    ...{ from: redactor.places(from), to: redactor.places(to) },
    ...{ byId: growth.byId, selected },
  };
}
