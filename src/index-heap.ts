import type { Levels } from './graph/breadth-first.js';
import { distancesTask } from './graph/compute-distances.js';
import { addExceptions, classesTask, classifyBlocks, classifyEdges } from './graph/edge-classes.js';
import { type EdgeColumns, edgeRulesOf } from './graph/edge-rules.js';
import { HeapFacts } from './graph/heap-facts.js';
import { HeapGraph } from './graph/heap-graph.js';
import type { RetainerColumns, RetainersTask } from './graph/retainers.js';
import type { KnownEdges } from './snapshot/read-snapshot.js';
import type { SnapshotTables } from './snapshot/snapshot-tables.js';
import type { Answer, SecondThread } from './util/second-thread.js';

/**
 * Makes a large heap ready for a walk in two threads. The second one turns the edges around while
 * the first still reads the strings and searches from the roots, then counts DevTools' distances,
 * which are asked for last.
 */
export class HeapIndexer {
  #thread: SecondThread | null = null;
  #retainers: Answer<RetainerColumns> | null = null;

  /** To be called as soon as all edges are known, for a second thread to take part; once is enough. */
  turnAround({ nodeCount, edgeTargets }: KnownEdges, thread: SecondThread): void {
    if (this.#thread !== null) return;
    this.#thread = thread;
    const task: RetainersTask = { kind: 'retainers', nodeCount, edgeTargets };
    this.#retainers = thread.start<RetainerColumns>(task);
  }

  /** @param isAboutAll every edge will be asked for: what they mean is found out now, in two threads. */
  async finish(tables: SnapshotTables, isAboutAll = false): Promise<HeapFacts> {
    const rules = edgeRulesOf(tables);
    const edgeClasses = isAboutAll ? await this.#classify(rules) : null;
    const turned = this.#retainers;
    const retainers = turned === null ? null : () => turned.wait();
    const graph = new HeapGraph(tables, { rules, edgeClasses, retainers });
    const task = this.#thread === null ? null : distancesTask(graph);
    const searched = task === null ? null : (this.#thread?.start<Levels>(task) ?? null);
    return new HeapFacts(graph, searched);
  }

  /** The second thread takes part as soon as its other work is done. */
  async #classify(rules: EdgeColumns): Promise<Uint8Array> {
    const task = classesTask(rules);
    const helped = this.#thread?.start<true>(task) ?? null;
    classifyBlocks(task);
    // what it took and did not finish, nobody knows
    if (helped !== null && (await helped.arrives()) === null) return classifyEdges(rules);
    return addExceptions(task);
  }
}
