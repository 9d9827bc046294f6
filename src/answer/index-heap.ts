import { type FactsAhead, HeapFacts } from '../engine/heap-facts.js';
import { dominatorsTask } from '../graph/compute-dominators.js';
import {
  addExceptions,
  classesTask,
  classifyBlocks,
  classifyEdges,
} from '../graph/edge-classes.js';
import { EdgeRules } from '../graph/edge-rules.js';
import { HeapGraph } from '../graph/heap-graph.js';
import { withRoot } from '../graph/made-root.js';
import type { RetainerColumns, RetainersTask } from '../graph/retainers.js';
import type { KnownEdges } from '../snapshot/read-snapshot.js';
import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import type { Answer, SecondThread } from '../util/second-thread.js';

/**
 * Makes a large heap ready for a walk, in two threads. The second one builds the index of incoming
 * edges while the first still reads the strings; if needed, it also computes dominators, which
 * takes long.
 */
export class HeapIndexer {
  #thread: SecondThread | null = null;
  #retainers: Answer<RetainerColumns> | null = null;

  /** Lets a second thread take part. To be called once, as soon as all edges are known. */
  turnAround({ nodeCount, edgeTargets }: KnownEdges, thread: SecondThread): void {
    if (this.#thread !== null) return;
    this.#thread = thread;
    const task: RetainersTask = { kind: 'retainers', nodeCount, edgeTargets };
    this.#retainers = thread.start<RetainerColumns>(task);
  }

  /**
   * Completes the index. With `retained`, dominators will be needed: both threads classify the
   * edges now.
   */
  async finish(read: SnapshotTables, { retained = false } = {}): Promise<HeapFacts> {
    const tables = withRoot(read);
    const rules = EdgeRules.of(tables);
    const edgeClasses = retained ? await this.#classify(rules) : null;
    // the edges of an added root are missing in them
    const turned = tables === read ? this.#retainers : null;
    const retainers = turned === null ? null : () => turned.wait();
    const graph = new HeapGraph(tables, { rules, edgeClasses, retainers });
    return new HeapFacts(graph, retained ? this.#ahead(graph) : {});
  }

  /** Facts that the second thread computes while the first one goes on. */
  #ahead(graph: HeapGraph): FactsAhead {
    if (this.#thread === null) return {};
    const task = dominatorsTask(graph);
    return task === null ? {} : { dominators: this.#thread.start(task) };
  }

  /** Classifies edges; the second thread takes part as soon as its other work is done. */
  async #classify(rules: EdgeRules): Promise<Uint8Array> {
    const task = classesTask(rules);
    const helped = this.#thread?.start<true>(task) ?? null;
    classifyBlocks(task);
    // the second thread failed: which edges it finished is unknown
    if (helped !== null && (await helped.arrives()) === null) return classifyEdges(rules);
    return addExceptions(task);
  }
}
