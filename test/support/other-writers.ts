import { EDGE_TYPES, NODE_TYPES } from '../../src/snapshot/snapshot-tables.js';

/** A reference: its type, its name or index, the id of what it leads to. */
type Reference = readonly [type: string, name: string | number, to: number];

interface ForeignNode {
  readonly type: string;
  readonly name: string;
  readonly id: number;
  readonly size?: number;
  /** Memory outside the heap. */
  readonly native?: number;
  readonly to?: readonly Reference[];
}

/** How a program other than V8 writes the format; the graph is made up. */
interface ForeignFile {
  readonly nodes: readonly ForeignNode[];
  readonly nodeTypes?: readonly string[];
  readonly fields?: readonly string[];
  /** The first entries of the strings. */
  readonly strings?: readonly string[];
  /** Further parts of the header's meta. */
  readonly meta?: Readonly<Record<string, unknown>>;
  /** Changes the true numbers in the header. */
  readonly header?: (counts: Counts) => Readonly<Record<string, number>>;
  /** Empty sections, which V8 writes, too. */
  readonly emptySections?: readonly string[];
}

interface Counts {
  readonly nodes: number;
  readonly edges: number;
  readonly numbersOfNodes: number;
  readonly numbersOfEdges: number;
}

const SIX = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];
const V8_FIELDS = [...SIX, 'detachedness'];
const PLACE = ['object_index', 'script_id', 'line', 'column'];
const V8_SECTIONS = ['trace_function_infos', 'trace_tree', 'samples', 'locations'];
const LIKE_V8 = { meta: { location_fields: PLACE }, emptySections: V8_SECTIONS };

/** By the name of the program that writes in this way. */
const FILES = {
  /** The header's counts are 0, and there are no fields of locations. */
  'hermes-2019': {
    fields: SIX,
    meta: { location_fields: [], sample_fields: [], trace_node_fields: [] },
    header: () => ({ node_count: 0, edge_count: 0 }),
    emptySections: V8_SECTIONS,
    nodes: [
      { type: 'synthetic', name: '(GC Roots)', id: 1, to: [['element', 1, 2]] },
      {
        type: 'synthetic',
        name: '(RuntimeInstanceVars)',
        id: 2,
        to: [['internal', 'global_', 10]],
      },
      { type: 'object', name: 'GlobalObject', id: 10, size: 64, to: [['property', 'store', 11]] },
      { type: 'object', name: 'JSArray', id: 11, size: 48, to: [['element', 0, 12]] },
      { type: 'object', name: 'Session', id: 12, size: 32 },
    ],
  },
  /** The first string is empty, as Bun's is. */
  'hermes-today': {
    ...LIKE_V8,
    nodes: [
      { type: 'synthetic', name: '', id: 0, to: [['element', 1, 1]] },
      {
        type: 'synthetic',
        name: '(GC roots)',
        id: 1,
        to: [
          ['element', 1, 5],
          ['element', 2, 7],
        ],
      },
      { type: 'synthetic', name: '(Registers)', id: 5 },
      { type: 'synthetic', name: '(RuntimeInstanceVars)', id: 7, to: [['internal', 'global', 21]] },
      { type: 'object', name: 'Object', id: 21, size: 64, to: [['property', 'onData', 23]] },
      { type: 'closure', name: 'onData', id: 23, size: 48, to: [['internal', 'environment', 25]] },
      { type: 'object', name: 'Environment', id: 25, size: 40, to: [['internal', '0', 27]] },
      { type: 'object', name: 'Session', id: 27, size: 32 },
    ],
  },
  /** Ids are addresses; kinds of nodes are Julia's own. */
  julia: {
    ...LIKE_V8,
    nodeTypes: ['synthetic', 'jl_task_t', 'jl_module_t', 'jl_array_t', 'object', 'String'],
    nodes: [
      { type: 'synthetic', name: 'GC roots', id: 0, to: [['internal', 'main_module', 4660449800]] },
      {
        type: 'jl_module_t',
        name: 'Main',
        id: 4660449800,
        size: 480,
        to: [['property', 'cache', 4660449808]],
      },
      {
        type: 'jl_array_t',
        name: 'Array{Any, 1}',
        id: 4660449808,
        size: 8024,
        to: [['element', 1, 4660449816]],
      },
      { type: 'object', name: 'Session', id: 4660449816, size: 48 },
    ],
  },
  /** The first node is the registry, an object with a size. */
  luau: {
    ...LIKE_V8,
    nodes: [
      {
        type: 'object',
        name: 'Registry (0x7f3a5c2010a0)',
        id: 0x7f3a5c2010a0,
        size: 64,
        to: [['property', '(key value)', 0x7f3a5c201000]],
      },
      {
        type: 'native',
        name: 'Luau thread (0x7f3a5c201000) (main thread)',
        id: 0x7f3a5c201000,
        size: 152,
        to: [['context', 'env', 0x7f3a5c20a8c0]],
      },
      {
        type: 'object',
        name: 'Luau table (0x7f3a5c20a8c0)',
        id: 0x7f3a5c20a8c0,
        size: 64,
        to: [['property', 'players', 0x7f3a5c20c040]],
      },
      { type: 'object', name: 'Luau table (0x7f3a5c20c040)', id: 0x7f3a5c20c040, size: 9000 },
    ],
  },
  /** The root has shortcuts called `-subroot-`, and objects memory outside the heap. */
  arkts: {
    fields: [...V8_FIELDS, 'native_size'],
    strings: ['<dummy>', '', 'GC roots'],
    ...LIKE_V8,
    nodes: [
      {
        type: 'synthetic',
        name: 'SyntheticRoot',
        id: 1,
        to: [
          ['shortcut', '-subroot-', 3],
          ['shortcut', '-subroot-', 11],
        ],
      },
      { type: 'object', name: 'GlobalEnv', id: 3, size: 2000, to: [['property', 'page', 9]] },
      { type: 'object', name: 'Index', id: 9, size: 64, to: [['property', 'onClick', 11]] },
      { type: 'closure', name: 'onClick', id: 11, size: 96, to: [['property', 'LexicalEnv', 13]] },
      { type: 'array', name: 'LexicalEnv[4]', id: 13, size: 56, to: [['element', 1, 15]] },
      { type: 'object', name: 'PixelMap', id: 15, size: 64, native: 4_000_000 },
    ],
  },
  /** No node is a root. */
  'quickjs-host': {
    nodes: [
      { type: 'object', name: 'Object', id: 1, size: 40, to: [['property', 'items', 2]] },
      { type: 'array', name: 'Array', id: 2, size: 100 },
      {
        type: 'object',
        name: 'Context',
        id: 4,
        size: 80,
        to: [
          ['property', 'global', 1],
          ['property', 'render', 6],
        ],
      },
      { type: 'object', name: 'Session', id: 5, size: 60 },
      { type: 'closure', name: 'render', id: 6, size: 32, to: [['context', 'session', 5]] },
    ],
  },
  /** The root has a shortcut to each object that a program can name, called like the root. */
  'aot-compiler': {
    ...LIKE_V8,
    strings: ['(GC roots)'],
    nodes: [
      {
        type: 'synthetic',
        name: '(GC roots)',
        id: 1,
        to: [
          ['shortcut', '(GC roots)', 5],
          ['shortcut', '(GC roots)', 9],
        ],
      },
      { type: 'array', name: 'Array', id: 5, size: 24, to: [['element', 0, 7]] },
      { type: 'object', name: 'Session', id: 7, size: 48 },
      { type: 'object', name: 'Map', id: 9, size: 40, to: [['property', 'user1', 7]] },
    ],
  },
  /** Only what the format requires. */
  bare: {
    fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
    nodes: [
      { type: 'synthetic', name: '', id: 1, to: [['element', 0, 3]] },
      { type: 'synthetic', name: '(Handles)', id: 3, to: [['element', 0, 7]] },
      { type: 'object', name: 'Session', id: 7, size: 100 },
    ],
  },
  /** The header counts numbers instead of nodes. */
  'tv-engine': {
    header: ({ numbersOfNodes, numbersOfEdges }) => ({
      node_count: numbersOfNodes,
      edge_count: numbersOfEdges,
    }),
    nodes: [
      { type: 'hidden', name: 'Root', id: 1, size: 80, to: [['property', 'session', 3]] },
      { type: 'object', name: 'session', id: 3, size: 40 },
    ],
  },
  /** V8 ten years ago. */
  'v8-2014': {
    fields: SIX,
    strings: ['<dummy>'],
    nodes: [
      {
        type: 'synthetic',
        name: '',
        id: 1,
        to: [['shortcut', '1', 41]],
      },
      { type: 'object', name: 'Object / ', id: 41, size: 24, to: [['property', 'serve', 45]] },
      { type: 'closure', name: 'serve', id: 45, size: 72, to: [['internal', 'context', 43]] },
      {
        type: 'hidden',
        name: 'system / Context',
        id: 43,
        size: 64,
        to: [['context', 'session', 47]],
      },
      { type: 'object', name: 'Session', id: 47, size: 48 },
    ],
  },
  /** The header says which node is the root. */
  'root-index': {
    ...LIKE_V8,
    header: ({ nodes, edges }) => ({
      node_count: nodes,
      edge_count: edges,
      root_index: V8_FIELDS.length,
    }),
    nodes: [
      { type: 'object', name: 'Session', id: 7, size: 100 },
      { type: 'synthetic', name: '', id: 1, to: [['element', 1, 5]] },
      { type: 'synthetic', name: '(Global handles)', id: 5, to: [['element', 0, 7]] },
    ],
  },
} satisfies Record<string, ForeignFile>;

export type OtherWriter = keyof typeof FILES;

export const OTHER_WRITERS = Object.keys(FILES) as readonly OtherWriter[];

/** A small heap as that program writes it. */
export function heapBy(writer: OtherWriter): Buffer {
  return Buffer.from(writeFile(FILES[writer]));
}

function writeFile(file: ForeignFile): string {
  const { nodes, nodeTypes = NODE_TYPES, fields = V8_FIELDS, meta = {} } = file;
  const strings = [...(file.strings ?? [])];
  const textAt = (text: string) => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  const positions = new Map(nodes.map(({ id }, at) => [id, at * fields.length]));
  const rows = nodes.flatMap((node) => {
    const values: Record<string, number> = {
      type: nodeTypes.indexOf(node.type),
      name: textAt(node.name),
      id: node.id,
      self_size: node.size ?? 0,
      edge_count: node.to?.length ?? 0,
      native_size: node.native ?? 0,
    };
    return fields.map((field) => values[field] ?? 0);
  });
  const edges = nodes.flatMap(({ to = [] }) =>
    to.flatMap(([type, name, id]) => [
      EDGE_TYPES.indexOf(type as (typeof EDGE_TYPES)[number]),
      typeof name === 'number' ? name : textAt(name),
      positions.get(id) ?? -1,
    ]),
  );
  const counts = { nodes: nodes.length, edges: edges.length / 3 };
  const header = file.header?.({
    ...counts,
    numbersOfNodes: rows.length,
    numbersOfEdges: edges.length,
  }) ?? { node_count: counts.nodes, edge_count: counts.edges };
  const fieldTypes = {
    node_fields: fields,
    node_types: [nodeTypes, ...fields.slice(1).map(() => 'number')],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
  };
  const empty = Object.fromEntries((file.emptySections ?? []).map((name) => [name, []]));
  return JSON.stringify({
    snapshot: { meta: { ...fieldTypes, ...meta }, ...header },
    nodes: rows,
    edges,
    ...empty,
    strings,
  });
}
