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
