import type { HeapGraph } from '../graph/heap-graph.js';
import type { NearDistances } from '../graph/near-distances.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { Redactor } from '../redact/redactor.js';
import type { FrameIndex } from './frames.js';
import type { HeapFacts } from './heap-facts.js';
import type { KindsOfNodes } from './node-kind.js';

/** A heap as the collector looks at it: the graph, what a debugger added, and where the roots are. */
export interface HeapView {
  readonly graph: HeapGraph;
  readonly facts: HeapFacts;
  readonly frames: FrameIndex;
  readonly kinds: KindsOfNodes;
  /** Steps to the nearest root in a programmer's order (`computeRootDistances`). */
  readonly rootDistances: NearDistances;
  /** References were taken out of it: that an object has no holder is then no gap in the file. */
  readonly isCut?: true;
  /** Nodes that an answer shows, by their heap ids: who asks for them later need not search. */
  readonly shown: Map<number, NodeOrdinal>;
  /** Masks secrets in one answer; a text that is to be cut goes through it first. */
  readonly redactor: Redactor;
}
