/** The known size of a heap: its header has the counts, its text comes last. */
export interface HeapSize {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** The number of bytes of all strings. */
  readonly textBytes: number;
}

/** The memory of Node.js with this program in it. */
const PROGRAM_BYTES = 70_000_000;

/**
 * The cost of a plain question: columns, the index of holders, and a search over the heap if
 * needed.
 */
const NODE_BYTES = 32;
const EDGE_BYTES = 11;
/**
 * The additional cost of dominators and retained sizes: four numbers per node, a record of each
 * join, links between them.
 */
const RETAINED_NODE_BYTES = 20;
const RETAINED_EDGE_BYTES = 3;
/** The cost of a string besides its bytes, which are in `textBytes`: its position. */
const TEXT_SHARE = 1.15;

/** The approximate number of bytes of memory that an answer takes at its peak. */
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

/** The least number of bytes of a record in a large heap's file; hardly any is shorter. */
const WRITTEN_NODE_BYTES = 20;
const WRITTEN_EDGE_BYTES = 14;

/** The least number of bytes in the file of a large heap. */
export function leastBytes({ nodeCount, edgeCount, textBytes }: HeapSize): number {
  return nodeCount * WRITTEN_NODE_BYTES + edgeCount * WRITTEN_EDGE_BYTES + textBytes;
}
