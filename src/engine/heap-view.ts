import { nearRootDistances } from '../graph/compute-distances.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { Redactor } from '../redact/redactor.js';
import type { FrameIndex } from './frames.js';
import type { HeapFacts } from './heap-facts.js';
import type { HeapView } from './view.js';

export type { HeapView } from './view.js';

import { NodeKinds } from './node-kinds.js';

export function buildHeapView(facts: HeapFacts, frames: FrameIndex): HeapView {
  const { graph } = facts;
  const kinds = new NodeKinds(facts);
  const held = new Set([...facts.globals.flatMap(({ aliases }) => aliases), ...frames.heldNodes]);
  const { contexts } = facts;
  const starts = {
    has: (node: NodeOrdinal) =>
      held.has(node) || kinds.isModuleRecord(node) || contexts.isProgramModule(node),
    all: () => [...held, ...contexts.programModules(), ...kinds.moduleRecords()],
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
