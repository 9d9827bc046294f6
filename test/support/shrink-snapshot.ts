/** The sections of a snapshot; a value that is a string is written unchanged. */
export type SnapshotModel = Record<string, unknown> & {
  snapshot: Record<string, unknown> & { meta: Record<string, unknown> };
  nodes: (number | string)[];
  edges: (number | string)[];
  locations?: (number | string)[];
  strings: unknown[];
};

/** Edges of these types have no name. */
const INDEXED = ['element', 'hidden'];

/** The relations between the parts of a snapshot. */
export interface Records {
  readonly nodes: readonly (readonly number[])[];
  readonly edgesOf: (node: number) => readonly (readonly number[])[];
  readonly targetOf: (edge: readonly number[]) => number;
  readonly typeOf: (node: number) => string;
  /** Null for a node that is not an object. */
  readonly classOf: (node: number) => string | null;
  /** Null for an edge with an index. */
  readonly edgeNameOf: (edge: readonly number[]) => string | null;
}

/**
 * A small heap in the form of a large file: the same header, fields, types and sections, with the
 * nodes nearest to the root and the edges between them.
 */
export function shrinkSnapshot(text: string, nodeLimit: number): SnapshotModel {
  const whole = JSON.parse(text) as SnapshotModel;
  const { edgesOf, targetOf } = recordsOf(whole);
  return partOf(
    whole,
    nearest(nodeLimit, (node) => edgesOf(node).map(targetOf)),
  );
}

export function recordsOf(whole: SnapshotModel): Records {
  const { node_fields, edge_fields } = whole.snapshot.meta as Record<string, string[]>;
  const nodes = records(whole.nodes as number[], node_fields.length);
  const edges = records(whole.edges as number[], edge_fields.length);
  const edgeCount = node_fields.indexOf('edge_count');
  const toNode = edge_fields.indexOf('to_node');
  const starts = [0];
  for (const node of nodes) starts.push((starts.at(-1) ?? 0) + (node[edgeCount] ?? 0));
  const { node_types, edge_types } = whole.snapshot.meta as Record<string, [string[]]>;
  const [type, name] = [node_fields.indexOf('type'), node_fields.indexOf('name')];
  const [edgeType, label] = [edge_fields.indexOf('type'), edge_fields.indexOf('name_or_index')];
  const string = (index: number | undefined) => String(whole.strings[index ?? 0]);
  const typeOf = (node: number) => node_types[0][nodes[node]?.[type] ?? 0] ?? '';
  return {
    nodes,
    typeOf,
    classOf: (node) => (typeOf(node) === 'object' ? string(nodes[node]?.[name]) : null),
    edgeNameOf: (edge) =>
      INDEXED.includes(edge_types[0][edge[edgeType] ?? 0] ?? '') ? null : string(edge[label]),
    edgesOf: (node) => edges.slice(starts[node], starts[node + 1]),
    targetOf: (edge) => (edge[toNode] ?? 0) / node_fields.length,
  };
}

/** Some nodes, the root first, and the edges between them. */
export function partOf(whole: SnapshotModel, kept: readonly number[]): SnapshotModel {
  const { node_fields, edge_fields, location_fields } = whole.snapshot.meta as Record<
    string,
    string[]
  >;
  const { nodes, edgesOf, targetOf } = recordsOf(whole);
  const [edgeCount, name, toNode, label, type] = [
    node_fields.indexOf('edge_count'),
    node_fields.indexOf('name'),
    edge_fields.indexOf('to_node'),
    edge_fields.indexOf('name_or_index'),
    edge_fields.indexOf('type'),
  ] as const;
  const places = new Map(kept.map((node, place) => [node, place]));
  const strings = new Map<number, number>();
  const string = (index: number) => {
    if (!strings.has(index)) strings.set(index, strings.size);
    return strings.get(index) ?? 0;
  };
  const indexed = INDEXED.map((word) =>
    ((whole.snapshot.meta.edge_types as string[][])[type] as string[]).indexOf(word),
  );
  const fewEdges = kept.map((node) => edgesOf(node).filter((edge) => places.has(targetOf(edge))));
  const locations = records((whole.locations ?? []) as number[], location_fields?.length ?? 4);
  const newNodes = kept.map((node, place) =>
    (nodes[node] as number[]).map((value, field) => {
      if (field === edgeCount) return fewEdges[place]?.length ?? 0;
      return field === name ? string(value) : value;
    }),
  );
  const newEdges = fewEdges.flat().map((edge) =>
    edge.map((value, field) => {
      if (field === toNode) return (places.get(targetOf(edge)) ?? 0) * node_fields.length;
      return field === label && !indexed.includes(edge[type] ?? 0) ? string(value) : value;
    }),
  );
  const newLocations = locations.flatMap(([object = 0, ...place]) => {
    const node = places.get(object / node_fields.length);
    return node === undefined ? [] : [[node * node_fields.length, ...place]];
  });
  return {
    ...whole,
    snapshot: { ...whole.snapshot, node_count: kept.length, edge_count: newEdges.length },
    nodes: newNodes.flat(),
    edges: newEdges.flat(),
    ...(whole.locations !== undefined && { locations: newLocations.flat() }),
    ...(whole.samples !== undefined && { samples: [] }),
    ...(whole.trace_function_infos !== undefined && { trace_function_infos: [], trace_tree: [] }),
    strings: [...strings.keys()].map((index) => whole.strings[index]),
  };
}

/** From the root, breadth first. */
function nearest(limit: number, targetsOf: (node: number) => readonly number[]): readonly number[] {
  const found = new Set([0]);
  for (const node of found) {
    // a few of each, so that it is not all one array of builtins
    for (const target of targetsOf(node).slice(0, 12)) if (found.size < limit) found.add(target);
  }
  return [...found];
}

function records(numbers: readonly number[], length: number): number[][] {
  return Array.from({ length: numbers.length / length }, (_, i) =>
    numbers.slice(i * length, (i + 1) * length),
  );
}

export function toSnapshotText(
  model: SnapshotModel,
  style: { readonly comma?: string; readonly colon?: string; readonly record?: string } = {},
): string {
  const { comma = ',', colon = ':' } = style;
  const body = Object.entries(model).map(([key, value]) => {
    const isNumbers = key === 'nodes' || key === 'edges' || key === 'locations';
    const json =
      typeof value === 'string'
        ? value
        : isNumbers && Array.isArray(value)
          ? `[${joined(value, fieldsOf(model, key), comma, style.record ?? comma)}]`
          : JSON.stringify(value);
    // a key may occur twice: the part after a space does not belong to it
    return `"${key.replace(/ .*/, '')}"${colon}${json}`;
  });
  return `{${body.join(`${comma}\n`)}}`;
}

/** Joins numbers as engines do: with another separator between records than between numbers. */
function joined(values: readonly unknown[], fields: number, comma: string, record: string): string {
  const between = (i: number) => (i === 0 ? '' : i % fields === 0 ? record : comma);
  return values.map((value, i) => `${between(i)}${value}`).join('');
}

/** The number of fields of a record according to the header, which may be damaged. */
function fieldsOf({ snapshot }: SnapshotModel, section: string): number {
  const { meta } = (snapshot ?? {}) as { meta?: Record<string, unknown> };
  const fields = meta?.[`${section.slice(0, -1)}_fields`];
  return Array.isArray(fields) ? fields.length : 1;
}
