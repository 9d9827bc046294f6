import { mergeTargets } from '../collect/collect-targets.js';
import { topmostOf } from '../collect/topmost.js';
import { withoutBoilerplate } from '../engine/boilerplate.js';
import { FrameIndex } from '../engine/frames.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { buildHeapView, type HeapView } from '../engine/heap-view.js';
import { producerOf } from '../engine/producer.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { CutRule } from '../question/cut-rule.js';
import type { GraphCommand, GraphQuestion, SelectOptions } from '../question/graph-question.js';
import { parseTarget, type Target } from '../question/target.js';
import {
  type CollectOptions,
  DEFAULT_COLLECT_OPTIONS,
  walkDefaults,
} from '../question/walk-options.js';
import { Redactor } from '../redact/redactor.js';
import { selectTargets } from '../select/select-targets.js';
import type { OpenedSource } from '../source/opened-source.js';
import type { MapScope } from '../source-maps/map-scope.js';
import { findCapturePart } from '../stats/capture-part.js';
import { type Census, countByName, takeCensus } from '../stats/census.js';
import { type ContainerSizes, measureContainers } from '../stats/container-growth.js';
import { type DuplicateString, findDuplicateStrings } from '../stats/duplicate-strings.js';
import { compareCensuses, type Growth } from '../stats/growth.js';
import { describeHeap, type HeapInfo } from '../stats/heap-info.js';
import { computeTypeStats, findByName, type TypeStats } from '../stats/type-stats.js';
import {
  collectGraph,
  type GraphAnswer,
  type LocatableAnswer,
  type Selected,
} from './collect-graph.js';
import { toFrames } from './live/live-frames.js';
import { followRenamed } from './maps/renamed-classes.js';

/**
 * A picture with more targets than this, each drawn as a separate node, is unreadable; a note
 * counts the others.
 */
const MOST_TARGETS = 20;

/** The options of the questions that a graph answers. */
export interface GraphOptions extends Partial<CollectOptions>, Partial<SelectOptions> {
  /** Answer as if these references did not exist. */
  readonly cut?: readonly CutRule[];
}

/** A heap in memory, ready for any number of questions. */
export interface Heap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** The program that wrote it, where known: `Node.js v20.20.2`, `Chromium`. */
  readonly producer: string;
  /**
   * Shows who holds the targets (`x`, `@123`, `class:Foo`, …).
   *
   * @throws ShowBackrefError NOTHING_SELECTED, AMBIGUOUS_TARGET, USAGE for a broken target.
   */
  backrefs(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /** Shows what the targets hold. */
  refs(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /**
   * Shows the shortest path from a root to each target, or `paths` independent ones. A target that
   * no path leads to is part of the answer. Draws as many nodes as the paths have unless `maxNodes`
   * is given.
   */
  chain(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /**
   * All classes as Chrome DevTools lists them, by retained size, largest first.
   *
   * @param minSize count only objects with at least this shallow size in bytes. Default: 0.
   */
  types(minSize?: number): readonly TypeStats[];
  /** The number of objects of a class; 0 for an unknown one. */
  count(name: string): number;
  /** The number of objects of each class by its name, including the engine's own classes. */
  typestats(): Readonly<Record<string, number>>;
  /** Heap ids of the objects that `count` counts, ascending: `@123`, good as targets. */
  byType(name: string): readonly string[];
  /** The data to keep of this heap for a later heap's `growth`: about 8 bytes per object. */
  census(): Census;
  /** Compares with an earlier heap: by object id if both are of one process. */
  growth(earlier: Heap | Census): Growth;
  /** Strings that occur more than once, the most wasteful first. */
  duplicateStrings(): readonly DuplicateString[];
  /** Counts, sizes in bytes and roots of the whole heap. */
  info(): HeapInfo;
}

/** A heap that answers questions that were read before. */
export interface LocatedHeap extends Heap {
  ask(question: AskedGraph): LocatableAnswer;
  /** Before `ask`: where no script has a class of a target, looks for what minifiers have renamed. */
  findRenamed(targets: readonly Target[], scope: MapScope): Promise<void>;
  /** The same as `info`, its texts masked by this redactor, which counts them. */
  describe(redactor: Redactor): HeapInfo;
  /** The number of entries of every container, to compare with another moment. */
  containers(): ContainerSizes;
  /** Filters heap ids: leaves out V8's own copies of literals. */
  withoutBoilerplate(ids: readonly number[]): readonly number[];
  /** Filters heap ids: keeps those that nothing with an id above `lastId` holds. */
  topmost(ids: readonly number[], lastId: number): ReadonlySet<number>;
}

/** The parts of a question that a heap answers. */
export type AskedGraph = Pick<
  GraphQuestion,
  'command' | 'targets' | 'choice' | 'walk' | 'cut' | 'spelling'
> & {
  /** All targets are the matches of one question: those of one class are drawn as one node. */
  readonly together?: boolean;
};

export class LoadedHeap implements LocatedHeap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly producer: string;
  readonly #facts: HeapFacts;
  readonly #source: OpenedSource;
  #containers: ContainerSizes | null = null;
  #census: Census | null = null;
  #counts: Readonly<Record<string, number>> | null = null;
  readonly #stage: ((words: string) => void) | undefined;
  #view: HeapView | null = null;

  constructor(facts: HeapFacts, source: OpenedSource, stage?: (words: string) => void) {
    this.#stage = stage;
    this.#facts = facts;
    this.#source = source;
    const { nodeCount, edgeCount } = facts.graph.counts;
    this.nodeCount = nodeCount;
    this.edgeCount = edgeCount;
    this.producer = source.live?.producer ?? producerOf(facts);
  }

  backrefs(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#asked('backrefs', targets, options);
  }

  refs(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#asked('refs', targets, options);
  }

  chain(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#asked('chain', targets, options);
  }

  types(minSize = 0): readonly TypeStats[] {
    return computeTypeStats(this.#facts, minSize);
  }

  count(name: string): number {
    return this.typestats()[name] ?? 0;
  }

  typestats(): Readonly<Record<string, number>> {
    this.#counts ??= countByName(takeCensus(this.#facts));
    return this.#counts;
  }

  byType(name: string): readonly string[] {
    const { graph } = this.#facts;
    const ids = findByName(this.#facts, name).map((node) => graph.idOf(node));
    return ids.sort((a, b) => a - b).map((id) => `@${id}`);
  }

  census(): Census {
    this.#census ??= this.#takeCensus();
    return this.#census;
  }

  containers(): ContainerSizes {
    this.#containers ??= measureContainers(this.#facts.graph);
    return this.#containers;
  }

  withoutBoilerplate(ids: readonly number[]): readonly number[] {
    return withoutBoilerplate(this.#facts.graph, ids);
  }

  topmost(ids: readonly number[], lastId: number): ReadonlySet<number> {
    const { graph } = this.#facts;
    const found = topmostOf(this.#viewed(), graph.withIds(ids).values(), lastId);
    return new Set([...found].map((node) => graph.idOf(node)));
  }

  growth(earlier: Heap | Census): Growth {
    return compareCensuses('census' in earlier ? earlier.census() : earlier, this.census());
  }

  duplicateStrings(): readonly DuplicateString[] {
    return findDuplicateStrings(this.#facts);
  }

  info(): HeapInfo {
    return this.describe(new Redactor('secrets'));
  }

  describe(redactor: Redactor): HeapInfo {
    return describeHeap(this.#facts, redactor);
  }

  findRenamed(targets: readonly Target[], scope: MapScope): Promise<void> {
    return followRenamed(this.#facts, targets, scope);
  }

  ask(question: AskedGraph): LocatableAnswer {
    this.#stage?.('Searching');
    const view = this.#viewed();
    const selected = { view, ...this.#select(view, question) };
    this.#stage?.('Collecting');
    return collectGraph(selected, question, {
      kind: this.#source.kind,
      producer: this.producer,
    });
  }

  #asked(
    command: GraphCommand,
    targets: string | readonly string[],
    {
      cut = [],
      nth = null,
      largest = false,
      all = false,
      minSize = null,
      ...options
    }: GraphOptions,
  ): GraphAnswer {
    const { spelling = 'names', redact = DEFAULT_COLLECT_OPTIONS.redact } = options;
    const { subgraph, notes } = this.ask({
      command,
      targets: [targets].flat().map(parseTarget),
      choice: { nth, largest, all, minSize, redact },
      walk: { ...walkDefaults(command), ...options, spelling },
      cut,
      spelling,
    });
    return { subgraph, notes };
  }

  /** Takes a census without the objects by which the heap was captured. */
  #takeCensus(): Census {
    const part = findCapturePart(this.#facts);
    return takeCensus(this.#facts, (node) => part.has(node));
  }

  #viewed(): HeapView {
    const { frames = [] } = this.#source.live ?? {};
    this.#view ??= buildHeapView(this.#facts, new FrameIndex(toFrames(this.#facts, frames)));
    return this.#view;
  }

  /**
   * Selects the targets. Matches of one class and one question are drawn as one node, unless
   * `group` is off.
   */
  #select(
    view: HeapView,
    { targets, choice, walk, together = false }: AskedGraph,
  ): Omit<Selected, 'view'> {
    const evaluated = new Map(
      this.#source.live?.evaluated.map((answer) => [answer.expression, answer]),
    );
    const seen = new Set<NodeOrdinal>();
    let prototypes = 0;
    let onlyPrototypes = 0;
    const questions = together ? [targets] : targets.map((target) => [target]);
    const all = questions.flatMap((asked) => {
      const found = selectTargets(this.#facts, asked, choice, evaluated);
      prototypes += found.prototypes;
      onlyPrototypes += found.onlyPrototypes;
      const matches = found.nodes.filter((node) => !seen.has(node));
      for (const node of matches) seen.add(node);
      return walk.group ? mergeTargets(view, matches) : matches.map((node) => [node]);
    });
    const left = all.slice(MOST_TARGETS).reduce((sum, nodes) => sum + nodes.length, 0);
    return { targets: all.slice(0, MOST_TARGETS), left, prototypes, onlyPrototypes };
  }
}
