import { collectBackrefs } from './collect/collect-backrefs.js';
import { type CollectOptions, DEFAULT_COLLECT_OPTIONS } from './collect/collect-options.js';
import { type Frame, FrameIndex } from './collect/frames.js';
import { buildHeapView, type HeapView } from './collect/heap-view.js';
import { collectPlaces } from './collect/places.js';
import type { Subgraph } from './collect/subgraph.js';
import { HeapFacts } from './graph/heap-facts.js';
import { HeapGraph } from './graph/heap-graph.js';
import type { NodeOrdinal } from './graph/ordinals.js';
import { producerOf } from './graph/producer.js';
import type { SourcePlace } from './graph/scripts.js';
import { parseTarget } from './select/parse-target.js';
import { type SelectOptions, selectTargets } from './select/select-targets.js';
import { readSnapshot } from './snapshot/read-snapshot.js';
import { openFile } from './source/file-source.js';
import type { LiveFrame, OpenedSource } from './source/opened-source.js';

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

/** Reads an opened source into a heap; does not close it. */
export async function loadHeap(
  source: OpenedSource,
  onProgress?: (bytes: number) => void,
): Promise<LocatedHeap> {
  const tables = await readSnapshot(source.bytes, {
    name: source.name,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return new LoadedHeap(new HeapFacts(new HeapGraph(tables)), source);
}

class LoadedHeap implements LocatedHeap {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly producer: string;
  readonly #facts: HeapFacts;
  readonly #source: OpenedSource;
  #view: HeapView | null = null;

  constructor(facts: HeapFacts, source: OpenedSource) {
    this.#facts = facts;
    this.#source = source;
    this.nodeCount = facts.graph.nodeCount;
    this.edgeCount = facts.graph.edgeCount;
    this.producer = source.live?.producer ?? producerOf(facts);
  }

  backrefs(targets: string | readonly string[], options: BackrefsOptions = {}): BackrefsAnswer {
    const texts = typeof targets === 'string' ? [targets] : targets;
    const selected = this.#select(texts, options);
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
    this.#view ??= buildHeapView(this.#facts, new FrameIndex(this.#frames()));
    return this.#view;
  }

  #select(texts: readonly string[], options: Partial<SelectOptions>): readonly NodeOrdinal[] {
    const evaluated = new Map(
      this.#source.live?.evaluated.map((answer) => [answer.expression, answer]),
    );
    const choice = { nth: null, largest: false, all: false, ...options };
    return selectTargets(this.#facts, texts.map(parseTarget), choice, evaluated);
  }

  #frames(): readonly Frame[] {
    return (this.#source.live?.frames ?? []).map((frame) => ({
      ...frame,
      file: frame.url,
      locals: this.#localsOf(frame),
    }));
  }

  #localsOf({ locals }: LiveFrame): Frame['locals'] {
    return locals.flatMap(({ name, nodeId }) => {
      const node = this.#facts.graph.withId(nodeId);
      return node === null ? [] : [{ name, node }];
    });
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
