import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';
import { positionsOf } from './positions-of.js';
import { EdgeType, NodeType } from './types.js';

/**
 * True for the group that older versions of Chrome have under the root for the pages' documents.
 */
export function isDocumentTrees(graph: HeapGraph, node: NodeOrdinal): boolean {
  if (graph.typeOf(node) !== NodeType.synthetic) return false;
  return graph.nameOf(node) === '(Document DOM trees)';
}

/**
 * The nodes from which DevTools starts to count: the root's children that are not synthetic groups,
 * and the documents of older versions of Chrome. V8 up to 13.6 puts the global object there, 14.6
 * the native context, 15.0 nothing.
 */
export function findUserRoots(graph: HeapGraph): readonly NodeOrdinal[] {
  const found = new Set<NodeOrdinal>();
  for (let e = graph.firstEdge(graph.root); e < graph.endEdge(graph.root); e++) {
    const node = graph.targetOf(e);
    if (graph.typeOf(node) !== NodeType.synthetic || isDocumentTrees(graph, node)) found.add(node);
  }
  return [...found];
}

/**
 * The global of one realm: the object that has the properties, and the proxies that stand for it.
 */
export interface GlobalObject {
  readonly object: NodeOrdinal;
  /** All nodes that are this global to a programmer, including `object`. */
  readonly aliases: readonly NodeOrdinal[];
  /** The one of them that a program passed to `vm.createContext`; null for other realms. */
  readonly sandbox: NodeOrdinal | null;
  /** The native contexts whose global it is. */
  readonly contexts: readonly NodeOrdinal[];
}

/**
 * Finds the global objects of all realms in every version of V8, and the corresponding nodes of
 * Bun's files.
 *
 * The object passed to `vm.createContext` has the properties of its realm's global object, and is
 * an alias, too.
 */
export function findGlobals(graph: HeapGraph): readonly GlobalObject[] {
  const globals = new Map<NodeOrdinal, FoundGlobal>();
  for (const context of findNativeContexts(graph)) {
    const fields = internalFields(graph, context);
    // the field is called `extension` before V8 14.6
    const object = fields.get('global_object') ?? fields.get('extension');
    if (object === undefined || graph.typeOf(object) !== NodeType.object) continue;
    const known = globals.get(object) ?? newGlobal(object);
    const proxy = fields.get('global_proxy_object');
    if (proxy !== undefined) known.aliases.add(proxy);
    const sandbox = sandboxOf(graph, object, fields);
    if (sandbox !== null) known.aliases.add(sandbox);
    known.sandbox ??= sandbox;
    known.contexts.push(context);
    globals.set(object, known);
  }
  for (const object of shortcutGlobals(graph)) {
    const isKnown = [...globals.values()].some(({ aliases }) => aliases.has(object));
    if (!isKnown) globals.set(object, newGlobal(object));
  }
  return [...globals].map(([object, { aliases, ...parts }]) => {
    return { object, aliases: [...aliases], ...parts };
  });
}

interface FoundGlobal {
  readonly aliases: Set<NodeOrdinal>;
  readonly contexts: NodeOrdinal[];
  sandbox: NodeOrdinal | null;
}

function newGlobal(object: NodeOrdinal): FoundGlobal {
  return { aliases: new Set([object]), contexts: [], sandbox: null };
}

/**
 * The object of a `vm` context, which Node.js keeps as the only object that a context has for its
 * embedder.
 */
function sandboxOf(
  graph: HeapGraph,
  global: NodeOrdinal,
  fields: ReadonlyMap<string, NodeOrdinal>,
): NodeOrdinal | null {
  const data = fields.get('embedder_data');
  if (data === undefined || graph.nameOf(global).startsWith('Window')) return null;
  const objects = new Set<NodeOrdinal>();
  for (let e = graph.firstEdge(data); e < graph.endEdge(data); e++) {
    const held = graph.targetOf(e);
    const isField = graph.edgeTypeOf(e) === EdgeType.hidden;
    if (isField && graph.typeOf(held) === NodeType.object) objects.add(held);
  }
  const [sandbox, other] = objects;
  return sandbox === undefined || other !== undefined ? null : sandbox;
}

export function findNativeContexts(graph: HeapGraph): readonly NodeOrdinal[] {
  const { nodeNames, nodeTypes, strings } = graph.tables;
  const named = positionsOf(nodeNames, strings.findPrefix('system / NativeContext'));
  return (named as NodeOrdinal[]).filter((node) => {
    return nodeTypes[node] === NodeType.hidden || nodeTypes[node] === NodeType.native;
  });
}

/** A node's fields by name: its `internal` edges. */
function internalFields(graph: HeapGraph, node: NodeOrdinal): Map<string, NodeOrdinal> {
  const fields = new Map<string, NodeOrdinal>();
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.internal) continue;
    fields.set(graph.edgeNameOf(edge), graph.targetOf(edge));
  }
  return fields;
}

function shortcutGlobals(graph: HeapGraph): readonly NodeOrdinal[] {
  const found: NodeOrdinal[] = [];
  for (let edge = graph.firstEdge(graph.root); edge < graph.endEdge(graph.root); edge++) {
    const node = graph.targetOf(edge);
    const isObject = graph.typeOf(node) === NodeType.object;
    if (isObject && isWayToGlobal(graph, edge)) found.push(node);
  }
  return found;
}

/**
 * True for the root's shortcuts to globals: V8 numbers them, Bun gives them no name; other writers
 * use such edges differently.
 */
function isWayToGlobal(graph: HeapGraph, edge: EdgeOrdinal): boolean {
  return graph.edgeTypeOf(edge) === EdgeType.shortcut && /^\d*$/.test(graph.edgeNameOf(edge));
}

/**
 * Finds ordinary objects that are roots: those that no other refers to, if the file names no root
 * or its root has a shortcut to them that does not stand for a global.
 */
export function findTopObjects(graph: HeapGraph): ReadonlySet<NodeOrdinal> {
  const found = new Set<NodeOrdinal>();
  for (let edge = graph.firstEdge(graph.root); edge < graph.endEdge(graph.root); edge++) {
    const node = graph.targetOf(edge);
    const isWay = graph.edgeTypeOf(edge) === EdgeType.shortcut && !isWayToGlobal(graph, edge);
    const isTop = graph.hasRoot ? isWay && isHeldByRootAlone(graph, node) : true;
    if (isTop && graph.typeOf(node) !== NodeType.synthetic) found.add(node);
  }
  return found;
}

function isHeldByRootAlone(graph: HeapGraph, node: NodeOrdinal): boolean {
  return graph.retainersOf(node).every((edge) => {
    const owner = graph.ownerOf(edge);
    return owner === graph.root || owner === node;
  });
}
