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
 * Makes a large heap ready for a walk in two threads. The second one turns the edges around while
 * the first still reads the strings, and finds dominators, which take long, where they are wanted.
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

  /** With `retained` dominators will be asked for: what every edge means is found out now, by both. */
  async finish(read: SnapshotTables, { retained = false } = {}): Promise<HeapFacts> {
    const tables = withRoot(read);
    const rules = EdgeRules.of(tables);
    const edgeClasses = retained ? await this.#classify(rules) : null;
    // those of a root that was added are not among them
    const turned = tables === read ? this.#retainers : null;
    const retainers = turned === null ? null : () => turned.wait();
    const graph = new HeapGraph(tables, { rules, edgeClasses, retainers });
    return new HeapFacts(graph, retained ? this.#ahead(graph) : {});
  }

  /** What the second thread finds out while the first one goes on. */
  #ahead(graph: HeapGraph): FactsAhead {
    if (this.#thread === null) return {};
    const task = dominatorsTask(graph);
    return task === null ? {} : { dominators: this.#thread.start(task) };
  }

  /** The second thread takes part as soon as its other work is done. */
  async #classify(rules: EdgeRules): Promise<Uint8Array> {
    const task = classesTask(rules);
    const helped = this.#thread?.start<true>(task) ?? null;
    classifyBlocks(task);
    // what it took and did not finish, nobody knows
    if (helped !== null && (await helped.arrives()) === null) return classifyEdges(rules);
    return addExceptions(task);
  }
}
