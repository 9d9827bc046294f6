import { internalField } from '../engine/code/scripts.js';
import { STRING_LIMIT, textOfString } from '../engine/string-text.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { isSecretContainer } from '../redact/secret-containers.js';
import { isSecretName } from '../redact/secret-names.js';

/**
 * Texts that are secrets because of the name of a property or variable that holds them, or of a
 * list, Map or Set they are in. Makes one pass over all references, so that no index of holders is
 * needed.
 */
export function findSecretStrings(graph: HeapGraph): ReadonlySet<string> {
  const found = new Set<string>();
  const containers = new Set<NodeOrdinal>();
  const names = new Map<number, { readonly isSecret: boolean; readonly isContainer: boolean }>();
  const { edgeTypes, edgeNames, edgeTargets } = graph.tables;
  for (let e = 0; e < graph.edgeCount; e++) {
    const type = edgeTypes[e];
    if (type !== EdgeType.property && type !== EdgeType.context) continue;
    const index = edgeNames[e] as number;
    const known = names.get(index) ?? kindOfName(graph.edgeNameOf(e as EdgeOrdinal));
    names.set(index, known);
    const target = edgeTargets[e] as NodeOrdinal;
    if (known.isSecret && isString(graph, target)) addText(found, graph, target);
    else if (known.isContainer && !isString(graph, target)) containers.add(target);
  }
  for (const container of containers) addMembers(found, graph, container);
  return found;
}

function kindOfName(name: string) {
  const isContainer = (['element', 'member'] as const).some((place) =>
    isSecretContainer(name, place),
  );
  return { isSecret: isSecretName(name), isContainer };
}

function addMembers(found: Set<string>, graph: HeapGraph, container: NodeOrdinal): void {
  const table = internalField(graph, container, 'table');
  const list = table ?? container;
  const wanted = table === null ? EdgeType.element : EdgeType.internal;
  for (let e = graph.firstEdge(list); e < graph.endEdge(list); e++) {
    const edge = e as EdgeOrdinal;
    const target = graph.targetOf(edge);
    if (graph.edgeTypeOf(edge) === wanted && isString(graph, target)) {
      addText(found, graph, target);
    }
  }
}

/** Adds a text; for a concatenation, the part that the file contains. */
function addText(found: Set<string>, graph: HeapGraph, node: NodeOrdinal): void {
  const known = textOfString(graph, node);
  if (known !== null) found.add(known.text.slice(0, STRING_LIMIT));
}

function isString(graph: HeapGraph, node: NodeOrdinal): boolean {
  const type = graph.typeOf(node);
  return type === NodeType.string || type === NodeType['concatenated string'];
}
