import { collectBackrefs } from './collect/collect-backrefs.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from './collect/collect-options.js';
import { FrameIndex } from './collect/frames.js';
import { buildHeapView, type HeapView } from './collect/heap-view.js';
import { collectPlaces } from './collect/places.js';
import type { Subgraph } from './collect/subgraph.js';
import { HeapFacts } from './graph/heap-facts.js';
import { HeapGraph } from './graph/heap-graph.js';
import type { NodeOrdinal } from './graph/ordinals.js';
import { producerOf } from './graph/producer.js';
import type { SourcePlace } from './graph/scripts.js';
import { toFrames } from './live-frames.js';
import { parseTarget } from './select/parse-target.js';
import { type SelectOptions, selectTargets } from './select/select-targets.js';
import { readSnapshot, readSnapshotFile } from './snapshot/read-snapshot.js';
import { openFile } from './source/file-source.js';
import type { OpenedSource } from './source/opened-source.js';
import type { HeapSize } from './util/memory-need.js';

/** More targets than this make no picture; the others are counted in a note. */
const MOST_TARGETS = 20;

export interface BackrefsOptions extends Partial<CollectOptions>, Partial<SelectOptions> {}

export interface BackrefsAnswer {
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
  backrefs(targets: string | readonly string[], options?: BackrefsOptions): BackrefsAnswer;
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
export async function openHeap(path: string): Promise<Heap> {
  const source = await openFile(path);
  try {
    return await loadHeap(source);
  } finally {
    await source.close();
  }
}

/** Who is told what goes on. */
export interface LoadProgress {
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
  { reading, stage, size }: LoadProgress = {},
): Promise<LocatedHeap> {
  stage?.('Reading');
  const options = {
    name: source.name,
    ...(reading !== undefined && { onProgress: reading }),
    ...(size !== undefined && { onSize: size }),
  };
  const tables =
    source.file == null
      ? await readSnapshot(source.bytes, options)
      : await readSnapshotFile(source.file, options);
  stage?.('Indexing');
  return new LoadedHeap(new HeapFacts(new HeapGraph(tables)), source, stage);
}

class LoadedHeap implements LocatedHeap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly producer: string;
  readonly #facts: HeapFacts;
  readonly #source: OpenedSource;
  readonly #stage: LoadProgress['stage'];
  #view: HeapView | null = null;

  constructor(facts: HeapFacts, source: OpenedSource, stage: LoadProgress['stage']) {
    this.#stage = stage;
    this.#facts = facts;
    this.#source = source;
    this.nodeCount = facts.graph.nodeCount;
    this.edgeCount = facts.graph.edgeCount;
    this.producer = source.live?.producer ?? producerOf(facts);
  }

  backrefs(targets: string | readonly string[], options: BackrefsOptions = {}): BackrefsAnswer {
    const texts = typeof targets === 'string' ? [targets] : targets;
    this.#stage?.('Searching');
    const selected = this.#select(texts, options);
    this.#stage?.('Collecting');
    const nodes = selected.slice(0, MOST_TARGETS);
    const collect = { ...DEFAULT_COLLECT_OPTIONS, ...options };
    const { kind } = this.#source;
    const subgraph = collectBackrefs(this.#viewed(), nodes, collect, {
      kind,
      producer: this.producer,
    });
    return { subgraph, notes: notesOn(subgraph, selected.length) };
  }

  placesIn(subgraph: Subgraph): ReadonlyMap<string, SourcePlace> {
    return collectPlaces(this.#viewed(), subgraph);
  }

  #viewed(): HeapView {
    const { frames = [] } = this.#source.live ?? {};
    this.#view ??= buildHeapView(this.#facts, new FrameIndex(toFrames(this.#facts.graph, frames)));
    return this.#view;
  }

  #select(texts: readonly string[], options: Partial<SelectOptions>): readonly NodeOrdinal[] {
    const evaluated = new Map(
      this.#source.live?.evaluated.map((answer) => [answer.expression, answer]),
    );
    const choice = { nth: null, largest: false, all: false, ...options };
    return selectTargets(this.#facts, texts.map(parseTarget), choice, evaluated);
  }
}

function notesOn(subgraph: Subgraph, matches: number): readonly string[] {
  const notes: string[] = [];
  if (matches > subgraph.targets.length) {
    notes.push(
      `${subgraph.targets.length} of ${matches} matching objects are drawn; choose with --nth or --largest.`,
    );
  }
  const unheld = subgraph.nodes.filter(
    ({ id, role }) => role === 'target' && !subgraph.edges.some(({ to }) => to === id),
  );
  for (const { label, preview } of unheld) {
    if (preview.endsWith('no holder recorded'))
      notes.push(`No holder of ${label} is recorded in this heap.`);
  }
  return notes;
}
