/** How large a heap is, as far as it is known: its header tells the counts, its text comes last. */
export interface HeapSize {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes of all strings. */
  readonly textBytes: number;
}

/** Node.js with this program in it. */
const PROGRAM_BYTES = 70_000_000;

/** What a plain question costs: columns, the index of holders, and a search over the heap where it takes one. */
const NODE_BYTES = 32;
const EDGE_BYTES = 11;
/** Dominators and retained sizes on top: four numbers a node, a record of each join, links between them. */
const RETAINED_NODE_BYTES = 20;
const RETAINED_EDGE_BYTES = 3;
/** A string's own bytes come from `textBytes`; this is where it begins. */
const TEXT_SHARE = 1.15;

/** Bytes of memory an answer takes at its peak, about. */
export function memoryNeed(size: HeapSize, { retained }: { readonly retained: boolean }): number {
  const perNode = NODE_BYTES + (retained ? RETAINED_NODE_BYTES : 0);
  const perEdge = EDGE_BYTES + (retained ? RETAINED_EDGE_BYTES : 0);
  return (
    PROGRAM_BYTES +
    size.nodeCount * perNode +
    size.edgeCount * perEdge +
    size.textBytes * TEXT_SHARE
  );
}

/** Bytes of a record in a large heap's file are hardly ever fewer. */
const WRITTEN_NODE_BYTES = 20;
const WRITTEN_EDGE_BYTES = 14;

/** What the file of a large heap has at least. */
export function leastBytes({ nodeCount, edgeCount, textBytes }: HeapSize): number {
  return nodeCount * WRITTEN_NODE_BYTES + edgeCount * WRITTEN_EDGE_BYTES + textBytes;
}
