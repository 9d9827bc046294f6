import type { HeapGraph } from '../graph/heap-graph.js';
import type { NearDistances } from '../graph/near-distances.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { Redactor } from '../redact/redactor.js';
import type { FrameIndex } from './frames.js';
import type { HeapFacts } from './heap-facts.js';
import type { KindsOfNodes } from './node-kind.js';

/** A heap as the collector sees it: the graph, what a debugger added, and where the roots are. */
export interface HeapView {
  readonly graph: HeapGraph;
  readonly facts: HeapFacts;
  readonly frames: FrameIndex;
  readonly kinds: KindsOfNodes;
  /** Steps to the nearest root in a programmer's order (`computeRootDistances`). */
  readonly rootDistances: NearDistances;
  /** References were removed: so if an object has no holder, the file is not incomplete. */
  readonly isCut?: true;
  /** Nodes that an answer shows, by their heap ids, so that they need not be searched later. */
  readonly shown: Map<number, NodeOrdinal>;
  /** Masks secrets in one answer; a text must pass through it before it is cut. */
  readonly redactor: Redactor;
}
