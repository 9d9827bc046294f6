/** How the text differs from what V8 writes today. */
export interface LargeHeapStyle {
  /** Between the records of a section; V8 up to 12.4 writes a line break before each comma. */
  readonly separator?: ',' | '\n,' | ',\n';
  /** Replaces an edge, by its ordinal, with other text. */
  readonly edges?: Readonly<Record<number, string>>;
  /** The key between the edges and the strings. */
  readonly nextKey?: string;
  readonly strings?: readonly string[];
}

const EDGES_PER_NODE = 5;

/**
 * The text of a snapshot with `nodeCount` nodes in a ring with five references each, made quickly.
 */
export function largeHeapText(nodeCount: number, style: LargeHeapStyle = {}): string {
  const { separator = ',', nextKey = 'trace_function_infos', strings = ['x', 'y', 'z'] } = style;
  const nodes = Array.from({ length: nodeCount }, (_, n) => `3,${n % 3},${2 * n + 1},16,5,0,0`);
  const edges = Array.from({ length: EDGES_PER_NODE * nodeCount }, (_, e) => {
    const target = 7 * ((e * 7919) % nodeCount);
    return style.edges?.[e] ?? (e % 2 === 0 ? `1,${e % 1000},${target}` : `2,${e % 3},${target}`);
  });
  const meta = {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
    node_types: [['hidden', 'array', 'string', 'object']],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak']],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  const snapshot = { meta, node_count: nodes.length, edge_count: edges.length };
  return [
    `{"snapshot":${JSON.stringify(snapshot)}`,
    `"nodes":[${nodes.join(separator)}]`,
    `"edges":[${edges.join(separator)}]`,
    `"${nextKey}":[]`,
    `"locations":[7,1,2,3]`,
    `"strings":${JSON.stringify(strings)}}`,
  ].join(',\n');
}
