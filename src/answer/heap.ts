import { collectBackrefs } from '../collect/collect-backrefs.js';
import { collectChain } from '../collect/collect-chain.js';
import { cutReferences } from '../collect/collect-cut.js';
import { collectRefs } from '../collect/collect-refs.js';
import { type CollectTarget, mergeTargets } from '../collect/collect-targets.js';
import type { CutRule } from '../collect/parse-cut.js';
import { notesOn } from '../collect/picture/graph-notes.js';
import { collectPlaces } from '../collect/picture/places.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from '../collect/walk/collect-options.js';
import { FrameIndex } from '../engine/frames.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { buildHeapView, type HeapView } from '../engine/heap-view.js';
import { producerOf } from '../engine/producer.js';
import type { SourcePlace } from '../engine/scripts.js';
import { ShowBackrefError } from '../errors.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { parseTarget } from '../select/parse-target.js';
import { type SelectOptions, selectTargets } from '../select/select-targets.js';
import { type KnownEdges, readSnapshot, readSnapshotFile } from '../snapshot/read-snapshot.js';
import { openFile } from '../source/file/file-source.js';
import type { OpenedSource } from '../source/opened-source.js';
import { type Census, countByName, countInstances, takeCensus } from '../stats/census.js';
import { type DuplicateString, findDuplicateStrings } from '../stats/duplicate-strings.js';
import { compareCensuses, type Growth } from '../stats/growth.js';
import { describeHeap, type HeapInfo } from '../stats/heap-info.js';
import { computeTypeStats, findByName, type TypeStats } from '../stats/type-stats.js';
import { type HeapSize, leastBytes } from '../util/memory-need.js';
import { SecondThread } from '../util/second-thread.js';
import type { ThreadAhead } from '../util/thread-ahead.js';
import { HeapIndexer } from './index-heap.js';
import { toFrames } from './live-frames.js';

/** More targets than this make no picture, each drawn as a node of its own; a note counts the others. */
const MOST_TARGETS = 20;

/** What the questions that are answered by a graph take besides their targets. */
export interface GraphOptions extends Partial<CollectOptions>, Partial<SelectOptions> {
  /** Answer as if these references were gone. */
  readonly cut?: readonly CutRule[];
  /** All targets are the matches of one question: those of one class are drawn as one node. */
  readonly together?: boolean;
}

/** The answer to a question about targets. */
export interface GraphAnswer {
  readonly subgraph: Subgraph;
  /** Sentences the user should see beside the picture. */
  readonly notes: readonly string[];
}

/** A heap in memory, ready for any number of questions. */
export interface Heap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Who wrote it, as far as it can be told: `Node.js v20.20.2`, `Chromium`. */
  readonly producer: string;
  /**
   * Who holds the targets (`x`, `@123`, `class:Foo`, …).
   *
   * @throws ShowBackrefError NOTHING_SELECTED, AMBIGUOUS_TARGET, USAGE for a broken target.
   */
  backrefs(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /** What the targets hold. */
  refs(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /**
   * The shortest way from a root to each target, or `paths` different ones. A target that no way leads
   * to is part of the answer. Draws as many nodes as the ways have unless `maxNodes` is given.
   */
  chain(targets: string | readonly string[], options?: GraphOptions): GraphAnswer;
  /** All classes as Chrome DevTools lists them, the one that retains most first. */
  types(): readonly TypeStats[];
  /** How many objects are of a class; 0 for an unknown one. */
  count(name: string): number;
  /** How many objects there are by the name of their class, the engine's own included. */
  typestats(): Readonly<Record<string, number>>;
  /** Heap ids of the objects that `count` counts, ascending: `@123`, good as targets. */
  byType(name: string): readonly string[];
  /** What to keep of this heap for `growth` of a later one: about 8 bytes per object. */
  census(): Census;
  /** What changed since an earlier heap; by object id when both are of one process. */
  growth(earlier: Heap | Census): Growth;
  /** Texts that are there more than once, the most wasteful first. */
  duplicateStrings(): readonly DuplicateString[];
  /** Counts, sizes in bytes and roots of the whole heap. */
  info(): HeapInfo;
}

/** A heap that also tells what an answer leaves out. */
export interface LocatedHeap extends Heap {
  /** The scripts' full paths and URLs behind the locations of an answer, by node id. */
  placesIn(subgraph: Subgraph): ReadonlyMap<string, SourcePlace>;
}

/**
 * Opens a saved heap snapshot: plain, gzip or zstd.
 *
 * @throws ShowBackrefError SOURCE_* when it cannot be read, SNAPSHOT_* when it is not a snapshot.
 */
export function openHeap(path: string): Promise<LocatedHeap> {
  return withFile(path, (source) => loadHeap(source));
}

/** Opens a file for as long as some work takes. */
export async function withFile<T>(
  path: string,
  work: (source: OpenedSource) => Promise<T>,
): Promise<T> {
  const source = await openFile(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Who is told what goes on, and what the heap is for. */
export interface LoadOptions {
  /** Walks from object to object will be asked for: prepared for while it is read. Default: true. */
  readonly isWalked?: boolean;
  /** Retained sizes will be asked for, of this heap as it is: prepared for too. Default: false. */
  readonly retained?: boolean;
  /** A second thread that may be for this heap. */
  readonly ahead?: ThreadAhead | null;
  /** Bytes read so far. */
  readonly reading?: (bytes: number) => void;
  /** What is known of the heap's size, before memory is spent on it; may throw to refuse. */
  readonly size?: (size: HeapSize) => void;
  /** A stage begins. */
  readonly stage?: (words: string) => void;
}

/** Reads an opened source into a heap; does not close it. */
export async function loadHeap(
  source: OpenedSource,
  progress: LoadOptions = {},
): Promise<LocatedHeap> {
  return new LoadedHeap(await readFacts(source, progress), source, progress.stage);
}

/** Reads an opened source to its end. */
export async function readFacts(
  source: OpenedSource,
  { reading, stage, size, isWalked = true, retained = false, ahead = null }: LoadOptions = {},
): Promise<HeapFacts> {
  stage?.('Reading');
  const { name, file = null } = source;
  const threadFor = (bytes: number) => ahead?.take(bytes) ?? SecondThread.openFor(bytes);
  let second = file === null ? null : threadFor(file.size);
  const indexer = new HeapIndexer();
  const onEdges = (edges: KnownEdges) => {
    if (isWalked && second !== null) indexer.turnAround(edges, second);
  };
  const onSize = (known: HeapSize) => {
    size?.(known);
    // a compressed file: its size says nothing, and nobody can read it from its end
    if (isWalked && source.kind === 'snapshot') second ??= threadFor(leastBytes(known));
  };
  const options = { name, onSize, ...(reading !== undefined && { onProgress: reading }) };
  try {
    const tables =
      file === null
        ? await readSnapshot(source.bytes, options)
        : await readSnapshotFile(file, { ...options, second, onEdges });
    onEdges(tables);
    stage?.('Indexing');
    const facts = await indexer.finish(tables, retained);
    second?.retire();
    return facts;
  } catch (error) {
    await second?.close();
    throw error instanceof RangeError ? noRoom(name, error) : error;
  }
}

/** Columns are taken in whole: where there is no room for one, it is said before anything is filled. */
function noRoom(name: string, cause: RangeError): ShowBackrefError {
  return new ShowBackrefError(
    'OUT_OF_MEMORY',
    `${JSON.stringify(name)} has more nodes and edges than there is memory for; use a machine with more or capture a smaller heap`,
    { cause },
  );
}

export class LoadedHeap implements LocatedHeap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly producer: string;
  readonly #facts: HeapFacts;
  readonly #source: OpenedSource;
  #census: Census | null = null;
  readonly #stage: LoadOptions['stage'];
  #view: HeapView | null = null;

  constructor(facts: HeapFacts, source: OpenedSource, stage?: LoadOptions['stage']) {
    this.#stage = stage;
    this.#facts = facts;
    this.#source = source;
    const { nodeCount, edgeCount } = facts.graph.counts;
    this.nodeCount = nodeCount;
    this.edgeCount = edgeCount;
    this.producer = source.live?.producer ?? producerOf(facts);
  }

  backrefs(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#ask(collectBackrefs, targets, options);
  }

  refs(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#ask(collectRefs, targets, options);
  }

  chain(targets: string | readonly string[], options: GraphOptions = {}): GraphAnswer {
    return this.#ask(collectChain, targets, { maxNodes: Number.MAX_SAFE_INTEGER, ...options });
  }

  types(): readonly TypeStats[] {
    return computeTypeStats(this.#facts);
  }

  count(name: string): number {
    return countInstances(this.census(), name);
  }

  typestats(): Readonly<Record<string, number>> {
    return countByName(this.census());
  }

  byType(name: string): readonly string[] {
    const { graph } = this.#facts;
    const ids = findByName(this.#facts, name).map((node) => graph.idOf(node));
    return ids.sort((a, b) => a - b).map((id) => `@${id}`);
  }

  census(): Census {
    this.#census ??= takeCensus(this.#facts);
    return this.#census;
  }

  growth(earlier: Heap | Census): Growth {
    return compareCensuses('census' in earlier ? earlier.census() : earlier, this.census());
  }

  duplicateStrings(): readonly DuplicateString[] {
    return findDuplicateStrings(this.#facts);
  }

  info(): HeapInfo {
    return describeHeap(this.#facts);
  }

  placesIn(subgraph: Subgraph): ReadonlyMap<string, SourcePlace> {
    return collectPlaces(this.#viewed(), subgraph);
  }

  #viewed(): HeapView {
    const { frames = [] } = this.#source.live ?? {};
    this.#view ??= buildHeapView(this.#facts, new FrameIndex(toFrames(this.#facts.graph, frames)));
    return this.#view;
  }

  #ask(
    collect: typeof collectBackrefs,
    targets: string | readonly string[],
    { cut = [], together = false, ...options }: GraphOptions,
  ): GraphAnswer {
    const texts = typeof targets === 'string' ? [targets] : targets;
    this.#stage?.('Searching');
    const whole = this.#viewed();
    const question = { ...DEFAULT_COLLECT_OPTIONS, ...options };
    const questions = together ? [texts] : texts.map((text) => [text]);
    const chosen = this.#targets(whole, questions, question);
    this.#stage?.('Collecting');
    const { view, answer } =
      cut.length === 0 ? { view: whole, answer: null } : cutReferences(whole, cut);
    const source = { kind: this.#source.kind, producer: this.producer };
    const found = collect(view, chosen.drawn, question, source);
    const subgraph = answer === null ? found : { ...found, cut: answer };
    return { subgraph, notes: notesOn(subgraph, chosen.left) };
  }

  /** Matches of one class and one question are drawn as one node, unless `group` is off. */
  #targets(
    view: HeapView,
    questions: readonly (readonly string[])[],
    options: Partial<SelectOptions> & Pick<CollectOptions, 'group'>,
  ): { readonly drawn: readonly CollectTarget[]; readonly left: number } {
    const seen = new Set<NodeOrdinal>();
    const all = questions.flatMap((texts) => {
      const matches = this.#select(texts, options).filter((node) => !seen.has(node));
      for (const node of matches) seen.add(node);
      return options.group ? mergeTargets(view, matches) : matches.map((node) => [node]);
    });
    const left = all.slice(MOST_TARGETS).reduce((sum, nodes) => sum + nodes.length, 0);
    return { drawn: all.slice(0, MOST_TARGETS), left };
  }

  #select(texts: readonly string[], options: Partial<SelectOptions>): readonly NodeOrdinal[] {
    const evaluated = new Map(
      this.#source.live?.evaluated.map((answer) => [answer.expression, answer]),
    );
    const choice = { nth: null, largest: false, all: false, ...options };
    return selectTargets(this.#facts, texts.map(parseTarget), choice, evaluated);
  }
}
