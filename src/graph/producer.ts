import type { HeapFacts } from './heap-facts.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';
import { EdgeType, NodeType } from './types.js';

/**
 * Which program wrote the heap. The file does not say, so this looks at what is in it: the version
 * text that Node keeps in `process.version`, or objects only one producer has.
 */
export function producerOf({ graph, globals }: HeapFacts): string {
  if (graph.isJavaScriptCore) return 'Bun (JavaScriptCore)';
  for (const { object } of globals) {
    const process = property(graph, object, 'process');
    const version = process === null ? null : property(graph, process, 'version');
    const text = version === null ? '' : graph.nameOf(version);
    if (/^v\d+\.\d+\.\d+/.test(text) && property(graph, object, 'Deno') === null)
      return `Node.js ${text}`;
    if (property(graph, object, 'Deno') !== null) return 'Deno';
  }
  const { strings } = graph.tables;
  if (strings.find('Node / Environment').length > 0) return 'Node.js';
  return strings.findPrefix('blink::').length > 0 ? 'Chromium' : 'V8';
}

/** A plain property that holds an object or a text. */
function property(graph: HeapGraph, object: NodeOrdinal, name: string): NodeOrdinal | null {
  for (let e = graph.firstEdge(object); e < graph.endEdge(object); e++) {
    const edge = e as EdgeOrdinal;
    if (graph.edgeTypeOf(edge) !== EdgeType.property || graph.edgeNameOf(edge) !== name) continue;
    const target = graph.targetOf(edge);
    const type = graph.typeOf(target);
    if (type === NodeType.object || type === NodeType.string) return target;
  }
  return null;
}
