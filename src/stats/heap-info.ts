import { ARRAY_DATA } from '../engine/classes/class-names.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeMeaning } from '../engine/meaning.js';
import { globalsOfProgram, meaningOfRealm } from '../engine/realm-names.js';
import { computeShallowSizes } from '../graph/compute-shallow-sizes.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { findUserRoots } from '../graph/user-roots.js';
import type { Redactor } from '../redact/redactor.js';
import { pushAll } from '../util/many.js';

/** Nodes of one type as the file names it, and their bytes. */
export interface NodeTypeInfo {
  readonly type: string;
  readonly count: number;
  readonly size: number;
}

/** A node below the root, and the number of references that leave it. */
export interface RootInfo {
  readonly name: string;
  readonly references: number;
}

/**
 * The global object of a program's only realm, or of one of several: iframes and `vm` contexts have
 * their own.
 */
export interface RealmInfo {
  readonly id: number;
  readonly is: NodeMeaning;
  /** True if it keeps itself alive; the others are only kept alive by objects of other realms. */
  readonly isRoot: boolean;
}

/** Memory by purpose. */
export interface MemoryCategory {
  readonly name: string;
  readonly size: number;
}

/** The description of a snapshot, as plain data. */
export interface HeapInfo {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  /** In bytes. */
  readonly totalSize: number;
  /** Every byte in exactly one category, largest first. */
  readonly memory: readonly MemoryCategory[];
  /** Largest first. */
  readonly nodeTypes: readonly NodeTypeInfo[];
  /** In the order of the file; user roots (globals) before the engine's groups. */
  readonly roots: readonly RootInfo[];
  /** In the order of the file. */
  readonly realms: readonly RealmInfo[];
  /** The number of nodes with a place in a source file; 0 if the file has none. */
  readonly locationCount: number;
  /** The number of functions in the allocation traces of a recording; 0 without them. */
  readonly traceFunctionCount: number;
  /** Memory without a node, if the file contains it; part of `totalSize`. */
  readonly extraNativeBytes: number;
  /** Memory outside the heap that objects own, if the file contains it; part of their sizes. */
  readonly ownedNativeBytes: number;
  /** False if the file names no root; `roots` is empty then. */
  readonly hasRoot: boolean;
  /**
   * The number of objects that no other refers to: the roots of a file that names none; 0 in other
   * files.
   */
  readonly unheldCount: number;
  /** False if the header's counts are 0 although there are nodes. */
  readonly isCounted: boolean;
  /** True if the file says which DOM nodes are detached. */
  readonly hasDetachedness: boolean;
}

/** Describes a heap. @param redactor masks the names of realms. */
export function describeHeap(facts: HeapFacts, redactor: Redactor): HeapInfo {
  const { graph, realms } = facts;
  const nodeTypes = sumByType(graph);
  const { traceFunctionCount, extraNativeBytes, nativeSizes, isCounted } = graph.tables;
  const { hasRoot } = graph;
  return {
    ...graph.counts,
    stringCount: graph.tables.strings.count,
    totalSize: nodeTypes.reduce((sum, { size }) => sum + size, extraNativeBytes),
    memory: categorize(graph),
    nodeTypes,
    roots: hasRoot ? listRoots(graph) : [],
    realms: globalsOfProgram({ graph, facts }).map((global) => ({
      id: graph.idOf(global.object),
      is: meaningOfRealm({ graph, facts, redactor }, global.object),
      isRoot: realms.isRoot(global),
    })),
    locationCount: graph.tables.locations.nodes.length,
    traceFunctionCount,
    extraNativeBytes,
    ownedNativeBytes: [...(nativeSizes?.values() ?? [])].reduce((sum, size) => sum + size, 0),
    hasRoot,
    unheldCount: hasRoot ? 0 : graph.endEdge(graph.root) - graph.firstEdge(graph.root),
    isCounted,
    hasDetachedness: graph.tables.detachedness !== null,
  };
}

function sumByType(graph: HeapGraph): readonly NodeTypeInfo[] {
  const sums = graph.tables.nodeTypeNames.map((type) => ({ type, count: 0, size: 0 }));
  for (let n = 0 as NodeOrdinal; n < graph.counts.nodeCount; n++) {
    const sum = sums[graph.typeOf(n)];
    if (sum === undefined) continue;
    sum.count++;
    sum.size += graph.selfSizeOf(n);
  }
  return sums
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.size - a.size || b.count - a.count || (a.type < b.type ? -1 : 1));
}

const OUTSIDE = 'outside the heap';
const STRINGS = [NodeType.string, NodeType['concatenated string'], NodeType['sliced string']];

/**
 * The categories of DevTools, with the rest by name: memory outside V8's heap, code, strings,
 * arrays with their elements, the engine's own objects, everything else.
 *
 * Source: DevTools `JSHeapSnapshot.calculateStatistics`.
 */
function categorize(graph: HeapGraph): readonly MemoryCategory[] {
  const { extraNativeBytes, nativeSizes } = graph.tables;
  const sizes = new Map<string, number>();
  const add = (category: string, size: number) => {
    sizes.set(category, (sizes.get(category) ?? 0) + size);
  };
  add(OUTSIDE, extraNativeBytes);
  const arrayData = namesIn(graph, [...ARRAY_DATA]);
  const arrays = namesIn(graph, ['Array']);
  const elements = findElements(graph, arrays);
  const categoryOf = (node: NodeOrdinal): string => {
    const type = graph.typeOf(node);
    const name = graph.tables.nodeNames[node] as number;
    if (type === NodeType.hidden) return 'engine';
    if (type === NodeType.native) {
      return arrayData.has(name) ? 'typed arrays and Buffers' : OUTSIDE;
    }
    if (type === NodeType.code) return 'code';
    if (type !== undefined && STRINGS.includes(type)) return 'strings';
    if (type === NodeType.object && arrays.has(name)) return 'arrays';
    return elements.has(node) ? 'arrays' : 'other objects';
  };
  computeShallowSizes(graph).forEach((size, node) => {
    if (size === 0) return;
    const outside = Math.min(size, nativeSizes?.get(node) ?? 0);
    add(OUTSIDE, outside);
    add(categoryOf(node as NodeOrdinal), size - outside);
  });
  return [...sizes]
    .map(([name, size]) => ({ name, size }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
}

/** The element stores that only one array holds. */
function findElements(graph: HeapGraph, arrays: ReadonlySet<number>): ReadonlySet<NodeOrdinal> {
  const found = new Set<NodeOrdinal>();
  const fields = namesIn(graph, ['elements']);
  for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
    if (graph.typeOf(n) !== NodeType.object) continue;
    if (!arrays.has(graph.tables.nodeNames[n] as number)) continue;
    for (let edge = graph.firstEdge(n); edge < graph.endEdge(n); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.internal) continue;
      if (!fields.has(graph.tables.edgeNames[edge] as number)) continue;
      const store = graph.targetOf(edge);
      if (graph.retainersOf(store).length === 1) found.add(store);
    }
  }
  return found;
}

function namesIn(graph: HeapGraph, texts: readonly string[]): ReadonlySet<number> {
  return new Set(texts.flatMap((text) => graph.tables.strings.find(text)));
}

/** The root's own references, with the groups in `(GC roots)` instead of that node. */
function listRoots(graph: HeapGraph): readonly RootInfo[] {
  const user = new Set(findUserRoots(graph));
  const roots: RootInfo[] = [...user].map((node) => toRoot(graph, node));
  for (const node of targetsOf(graph, graph.root)) {
    if (user.has(node)) continue;
    const isAll = graph.nameOf(node) === '(GC roots)';
    const listed = isAll ? targetsOf(graph, node) : [node];
    pushAll(
      roots,
      listed.map((group) => toRoot(graph, group)),
    );
  }
  return roots.filter(({ references }) => references > 0);
}

function toRoot(graph: HeapGraph, node: NodeOrdinal): RootInfo {
  return { name: graph.nameOf(node), references: graph.endEdge(node) - graph.firstEdge(node) };
}

function targetsOf(graph: HeapGraph, node: NodeOrdinal): readonly NodeOrdinal[] {
  const targets = new Set<NodeOrdinal>();
  for (let e = graph.firstEdge(node); e < graph.endEdge(node); e++) {
    targets.add(graph.targetOf(e));
  }
  return [...targets];
}
