import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { positionsOf } from '../graph/positions-of.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { HeapFacts } from './heap-facts.js';

/**
 * Finds out which program wrote the heap. The file does not say, so this looks at its content: the
 * version text that Node keeps in `process.version`, or objects that only one producer has.
 */
export function producerOf({ graph, globals }: HeapFacts): string {
  if (graph.isJavaScriptCore) return 'Bun (JavaScriptCore)';
  // before Node: Deno has a `process` with a Node version, too
  if (globals.some(({ object }) => property(graph, object, 'Deno') !== null)) return 'Deno';
  const version = findNodeVersion(graph);
  if (version !== null) return `Node.js ${version}`;
  const { strings } = graph.tables;
  if (strings.find('Node / Environment').length > 0) return 'Node.js';
  const isBrowser = globals.some(({ aliases }) =>
    aliases.some((node) => isEmbedderObject(graph, node)),
  );
  if (isBrowser || strings.findPrefix('blink::').length > 0) return 'Chromium';
  return isV8(graph) ? 'V8' : (otherProducer(graph) ?? 'V8 format, producer unknown');
}

/** True for V8, which names its own objects in this way: contexts, shapes, cells. */
function isV8({ tables: { strings } }: HeapGraph): boolean {
  return strings.findPrefix('system / ').length > 0 || strings.find('system').length > 0;
}

/** Marks of other programs that write the format, each one unique to its program. */
const MARKS: readonly (readonly [string, (graph: HeapGraph) => boolean])[] = [
  ['Hermes', (graph) => hasGroup(graph, '(RuntimeInstanceVars)')],
  ['Julia', ({ tables }) => tables.nodeTypeNames.some((name) => /^jl_\w+_t$/.test(name))],
  ['Luau', ({ tables }) => tables.strings.findPrefix('Luau thread (').length > 0],
  ['ArkTS', (graph) => rootReferences(graph).includes('-subroot-')],
];

function otherProducer(graph: HeapGraph): string | null {
  return MARKS.find(([, isMarked]) => isMarked(graph))?.[0] ?? null;
}

function hasGroup(graph: HeapGraph, name: string): boolean {
  const { nodeNames, strings } = graph.tables;
  const nodes = positionsOf(nodeNames, strings.find(name)) as NodeOrdinal[];
  return nodes.some((node) => graph.typeOf(node) === NodeType.synthetic);
}

function rootReferences(graph: HeapGraph): readonly string[] {
  const names: string[] = [];
  for (let edge = graph.firstEdge(graph.root); edge < graph.endEdge(graph.root); edge++) {
    names.push(graph.edgeNameOf(edge));
  }
  return names;
}

/**
 * The text of `process.version`. Searched by name: the global only has an accessor for `process`.
 */
function findNodeVersion(graph: HeapGraph): string | null {
  const { nodeNames, strings } = graph.tables;
  const names = new Set(strings.find('process'));
  for (let node = 0 as NodeOrdinal; node < graph.nodeCount; node++) {
    if (!names.has(nodeNames[node]) || graph.typeOf(node) !== NodeType.object) continue;
    const version = property(graph, node, 'version');
    const text = version === null ? '' : graph.nameOf(version);
    if (/^v\d+\.\d+\.\d+/.test(text)) return text;
  }
  return null;
}

/** True for a window or worker scope: an object of the browser that stands for the global. */
function isEmbedderObject(graph: HeapGraph, node: NodeOrdinal): boolean {
  return graph.typeOf(node) === NodeType.native;
}

/** A plain property that holds an object or a text. */
function property(graph: HeapGraph, object: NodeOrdinal, name: string): NodeOrdinal | null {
  for (let edge = graph.firstEdge(object); edge < graph.endEdge(object); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property || graph.edgeNameOf(edge) !== name) continue;
    const target = graph.targetOf(edge);
    const type = graph.typeOf(target);
    if (type === NodeType.object || type === NodeType.string) return target;
  }
  return null;
}
