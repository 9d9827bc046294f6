import { prefault } from '../util/prefault.js';
import { EdgeClass } from './edge-class.js';
import type { HeapGraph } from './heap-graph.js';
import { EdgeType } from './types.js';
import { isDocumentTrees } from './user-roots.js';

/** The data from which dominators are computed: columns, which another thread can see, too. */
export interface EssentialGraph {
  readonly nodeCount: number;
  readonly root: number;
  readonly firstEdge: Uint32Array;
  readonly edgeTargets: Uint32Array;
  readonly edgeClasses: Uint8Array;
  /** Edges of the root that lead to nodes that the file calls user roots. */
  readonly userEdges: readonly number[];
}

/** Source for the definition of a user root: DevTools `markPageOwnedNodes`. */
export function essentialGraph(graph: HeapGraph): EssentialGraph {
  const { nodeCount, root, edgeClasses } = graph;
  const { firstEdge, edgeTargets, edgeTypes } = graph.tables;
  const userEdges: number[] = [];
  for (let edge = graph.firstEdge(root); edge < graph.endEdge(root); edge++) {
    const isUser =
      edgeTypes[edge] === EdgeType.shortcut || isDocumentTrees(graph, graph.targetOf(edge));
    if (isUser && edgeClasses[edge] !== 0) userEdges.push(edge);
  }
  return { nodeCount, root, firstEdge, edgeTargets, edgeClasses, userEdges };
}

/** Flags of a node, in `HolderCounts.flags`. */
export const HolderFlag = {
  /** At least one essential edge leads to the node. */
  HELD: 1,
  /** More than one does: paths meet here. */
  JOIN: 2,
} as const;

/** The number of essential edges by which nodes are held. */
export interface HolderCounts {
  /** `HolderFlag`s by node ordinal. */
  readonly flags: Uint8Array;
  readonly joins: number;
  /** The number of essential edges beyond the first of each node. */
  readonly furtherEdges: number;
}

export function countHolders(graph: EssentialGraph): HolderCounts {
  const { nodeCount, edgeTargets, edgeClasses } = graph;
  const flags = prefault(new Uint8Array(nodeCount));
  let essential = 0;
  for (let edge = 0; edge < edgeClasses.length; edge++) {
    if ((edgeClasses[edge] & EdgeClass.ESSENTIAL) === 0) continue;
    const target = edgeTargets[edge];
    // 0, then HELD, then HELD and JOIN, then unchanged
    flags[target] = ((flags[target] << 1) | 1) & 3;
    essential++;
  }
  let held = 0;
  let joins = 0;
  for (let node = 0; node < nodeCount; node++) {
    held += flags[node] & 1;
    joins += flags[node] >> 1;
  }
  return { flags, joins, furtherEdges: essential - held };
}
