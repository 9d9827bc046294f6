import { nearRootDistances } from '../graph/compute-distances.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NearDistances } from '../graph/near-distances.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { Redactor } from '../redact/redactor.js';
import type { FrameIndex } from './frames.js';
import type { HeapFacts } from './heap-facts.js';
import { NodeKinds } from './node-kinds.js';

/** A heap as the collector looks at it: the graph, what a debugger added, and where the roots are. */
export interface HeapView {
  readonly graph: HeapGraph;
  readonly facts: HeapFacts;
  readonly frames: FrameIndex;
  readonly kinds: NodeKinds;
  /** Steps to the nearest root in a programmer's order (`computeRootDistances`). */
  readonly rootDistances: NearDistances;
  /** References were taken out of it: that an object has no holder is then no gap in the file. */
  readonly isCut?: true;
  /** Nodes that an answer shows, by their heap ids: who asks for them later need not search. */
  readonly shown: Map<number, NodeOrdinal>;
  /** Masks secrets in one answer; a text that is to be cut goes through it first. */
  readonly redactor: Redactor;
}

export function buildHeapView(facts: HeapFacts, frames: FrameIndex): HeapView {
  const { graph } = facts;
  const kinds = new NodeKinds(facts);
  const { contexts, modules, realms, namedRoots } = facts;
  const globals = realms.globals.filter((global) => realms.isRoot(global));
  const held = new Set([
    ...globals.flatMap(({ aliases }) => aliases),
    ...namedRoots.all(),
    ...frames.heldNodes,
  ]);
  const isModule = (scope: NodeOrdinal) => modules.isRootScope(scope);
  const isRecord = (record: NodeOrdinal) => modules.isRootRecord(record);
  const starts = {
    has: (node: NodeOrdinal) =>
      held.has(node) ||
      (kinds.isModuleRecord(node) && isRecord(node)) ||
      (contexts.isProgramModule(node) && isModule(node)),
    all: () => [
      ...held,
      ...contexts.programModules().filter(isModule),
      ...kinds.moduleRecords().filter(isRecord),
    ],
  };
  return {
    graph,
    facts,
    frames,
    kinds,
    rootDistances: nearRootDistances(graph, starts, () => facts.queue),
    shown: new Map(),
    redactor: new Redactor('secrets'),
  };
}
