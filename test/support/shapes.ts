/**
 * Writes a heap edge by edge; edges of one node must follow each other, the order of nodes is free.
 */
export interface ShapeHeap {
  /** Returns the number of the node. */
  readonly node: (type: ShapeNodeType, name: string, size?: number) => number;
  readonly edge: (from: number, type: ShapeEdgeType, name: string | number, to: number) => void;
  /** The global object; everything it holds is alive. */
  readonly global: number;
}

/** A heap whose shape grows with `n`; the class of the requested objects is `Item`. */
export type Shape = (heap: ShapeHeap, n: number) => void;

const NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
] as const;
const EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;

export type ShapeNodeType = (typeof NODE_TYPES)[number];
export type ShapeEdgeType = (typeof EDGE_TYPES)[number];

const NODE_SIZE = 7;

function line(heap: ShapeHeap, n: number, isDouble: boolean): readonly number[] {
  const items = Array.from({ length: n }, () => heap.node('object', 'Item', 32));
  heap.edge(heap.global, 'property', 'head', items[0] as number);
  for (let i = 1; i < n; i++) {
    const [before, item] = [items[i - 1] as number, items[i] as number];
    heap.edge(before, 'property', 'next', item);
    if (isDouble) heap.edge(item, 'property', 'previous', before);
  }
  return items;
}

/** Common shapes of data, each with one parameter. */
export const SHAPES = {
  list: (heap, n) => void line(heap, n, false),
  'doubly linked list': (heap, n) => void line(heap, n, true),
  ring: (heap, n) => {
    const items = line(heap, n, false);
    heap.edge(items.at(-1) as number, 'property', 'next', items[0] as number);
  },
  ladder: (heap, n) => {
    const half = Math.ceil(n / 2);
    const [left, right] = [line(heap, half, false), line(heap, half, false)];
    for (let i = 0; i < half; i++) {
      heap.edge(left[i] as number, 'property', 'rung', right[i] as number);
      heap.edge(right[i] as number, 'property', 'rung', left[i] as number);
    }
  },
  tree: (heap, n) => {
    const items = Array.from({ length: n }, () => heap.node('object', 'Item', 32));
    heap.edge(heap.global, 'property', 'tree', items[0] as number);
    for (let i = 1; i < n; i++) {
      const parent = items[(i - 1) >> 1] as number;
      heap.edge(parent, 'property', i % 2 === 0 ? 'right' : 'left', items[i] as number);
      heap.edge(items[i] as number, 'property', 'parent', parent);
    }
  },
  star: (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) {
      heap.edge(store, 'element', i, heap.node('object', 'Item', 32));
    }
  },
  'star of names': (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) {
      heap.edge(store, 'property', `key${i}`, heap.node('object', 'Item', 32));
    }
  },
  'star inwards': (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    const item = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) {
      const holder = heap.node('object', 'Holder', 32);
      heap.edge(store, 'element', i, holder);
      heap.edge(holder, 'property', 'item', item);
    }
  },
  'star inwards of classes': (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    const item = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) {
      const holder = heap.node('object', `Holder${i}`, 32);
      heap.edge(store, 'element', i, holder);
      heap.edge(holder, 'property', 'item', item);
    }
  },
  'many references': (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    const item = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) heap.edge(store, 'element', i, item);
  },
  'many names': (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    const item = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) heap.edge(store, 'property', `key${i}`, item);
  },
  bipartite: (heap, n) => {
    const side = Math.ceil(Math.sqrt(n));
    const store = heap.node('object', 'Store', 32);
    heap.edge(heap.global, 'property', 'store', store);
    const items = Array.from({ length: side }, () => heap.node('object', 'Item', 32));
    for (let i = 0; i < side; i++) {
      const holder = heap.node('object', 'Holder', 32);
      heap.edge(store, 'element', i, holder);
      for (const [k, item] of items.entries()) heap.edge(holder, 'element', k, item);
    }
  },
  map: (heap, n) => {
    const [map, table] = [heap.node('object', 'Map', 32), heap.node('array', '', 16 + 24 * n)];
    heap.edge(heap.global, 'property', 'map', map);
    heap.edge(map, 'internal', 'table', table);
    for (let i = 0; i < n; i++) {
      const key = heap.node('string', `key${i}`, 24);
      const item = heap.node('object', 'Item', 32);
      heap.edge(table, 'internal', `${2 + 3 * i}`, key);
      heap.edge(table, 'internal', `${3 + 3 * i}`, item);
    }
  },
  closures: (heap, n) => {
    const first = heap.node('object', 'system / Context', 32);
    heap.edge(heap.global, 'property', 'first', first);
    let scope = first;
    for (let i = 1; i < n; i++) {
      const inner = heap.node('object', 'system / Context', 32);
      const closure = heap.node('closure', 'inner', 32);
      heap.edge(scope, 'context', 'inner', closure);
      heap.edge(closure, 'internal', 'context', inner);
      heap.edge(inner, 'internal', 'previous', scope);
      scope = inner;
    }
    heap.edge(scope, 'context', 'item', heap.node('object', 'Item', 32));
  },
  scopes: (heap, n) => {
    const item = heap.node('object', 'Item', 32);
    const closure = heap.node('closure', 'inner', 32);
    heap.edge(heap.global, 'property', 'inner', closure);
    let scope = heap.node('object', 'system / Context', 32);
    heap.edge(closure, 'internal', 'context', scope);
    for (let i = 1; i < n; i++) {
      const outer = heap.node('object', 'system / Context', 32);
      heap.edge(scope, 'internal', 'previous', outer);
      scope = outer;
    }
    heap.edge(scope, 'context', 'item', item);
  },
  prototypes: (heap, n) => {
    let object = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'first', object);
    for (let i = 1; i < n; i++) {
      const parent = heap.node('object', 'Item', 32);
      heap.edge(object, 'property', '__proto__', parent);
      object = parent;
    }
  },
  'nested arrays': (heap, n) => {
    let array = heap.node('object', 'Array', 16);
    heap.edge(heap.global, 'property', 'first', array);
    for (let i = 1; i < n; i++) {
      const [store, inner] = [heap.node('array', '', 24), heap.node('object', 'Array', 16)];
      heap.edge(array, 'internal', 'elements', store);
      heap.edge(array, 'element', 0, inner);
      heap.edge(store, 'internal', '0', inner);
      array = inner;
    }
    heap.edge(array, 'property', 'item', heap.node('object', 'Item', 32));
  },
  'joined strings': (heap, n) => {
    let text = heap.node('concatenated string', '(concatenated string)', 32);
    heap.edge(heap.global, 'property', 'text', text);
    for (let i = 1; i < n; i++) {
      const inner = heap.node('concatenated string', '(concatenated string)', 32);
      heap.edge(text, 'internal', 'first', inner);
      heap.edge(text, 'internal', 'second', heap.node('string', `part ${i}`, 32));
      text = inner;
    }
    heap.edge(text, 'internal', 'first', heap.node('string', 'end', 32));
  },
  promises: (heap, n) => {
    let promise = heap.node('object', 'Promise', 32);
    heap.edge(heap.global, 'property', 'first', promise);
    for (let i = 1; i < n; i++) {
      const [reaction, next] = [
        heap.node('object', 'system / PromiseReaction', 40),
        heap.node('object', 'Promise', 32),
      ];
      heap.edge(promise, 'internal', 'reactions_or_result', reaction);
      heap.edge(reaction, 'internal', 'promise_or_capability', next);
      promise = next;
    }
    heap.edge(promise, 'property', 'item', heap.node('object', 'Item', 32));
  },
  'ways that part and meet': (heap, n) => {
    let item = heap.node('object', 'Item', 32);
    heap.edge(heap.global, 'property', 'first', item);
    for (let i = 1; i < n; i += 3) {
      const [left, right, next] = [
        heap.node('object', 'Item', 32),
        heap.node('object', 'Item', 32),
        heap.node('object', 'Item', 32),
      ];
      heap.edge(item, 'property', 'left', left);
      heap.edge(item, 'property', 'right', right);
      heap.edge(left, 'property', 'next', next);
      heap.edge(right, 'property', 'next', next);
      item = next;
    }
  },
  classes: (heap, n) => {
    const store = heap.node('object', 'Store', 32);
    heap.edge(heap.global, 'property', 'store', store);
    for (let i = 0; i < n; i++) {
      heap.edge(store, 'element', i, heap.node('object', `Item${i}`, 32));
    }
  },
} satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** The file of a heap with that shape. */
export function shapeText(name: ShapeName, n: number): Buffer {
  const nodes: number[][] = [];
  const edges: number[][] = [];
  const strings: string[] = ['<dummy>'];
  const indexes = new Map<string, number>();
  const indexOf = (text: string): number => {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, strings.push(text) - 1);
    return strings.length - 1;
  };
  const node: ShapeHeap['node'] = (type, text, size = 0) => {
    nodes.push([NODE_TYPES.indexOf(type), indexOf(text), 2 * nodes.length + 1, size, 0, 0, 0]);
    return nodes.length - 1;
  };
  const edge: ShapeHeap['edge'] = (from, type, text, to) => {
    const value = typeof text === 'number' ? text : indexOf(text);
    edges.push([from, EDGE_TYPES.indexOf(type), value, NODE_SIZE * to]);
    const owner = nodes[from] as number[];
    owner[4] = (owner[4] as number) + 1;
  };
  const root = node('synthetic', '');
  const global = node('object', 'global');
  const roots = node('synthetic', '(GC roots)');
  edge(root, 'shortcut', '1', global);
  edge(root, 'element', 1, roots);
  SHAPES[name]({ node, edge, global }, n);
  edges.sort((a, b) => (a[0] as number) - (b[0] as number));
  const meta = {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
    node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number', 'number'],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  const header = { meta, node_count: nodes.length, edge_count: edges.length };
  return Buffer.concat([
    Buffer.from(`{"snapshot":${JSON.stringify(header)},\n"nodes":[`),
    joined(nodes, (row) => row.join(',')),
    Buffer.from('],\n"edges":['),
    joined(edges, ([, type, text, to]) => `${type},${text},${to}`),
    Buffer.from('],\n"locations":[],\n"strings":['),
    joined(strings, (text) => JSON.stringify(text)),
    Buffer.from(']}'),
  ]);
}

/** In pieces, because a single string cannot hold a heap of hundreds of megabytes. */
function joined<T>(rows: readonly T[], toText: (row: T) => string): Buffer {
  const pieces: Buffer[] = [];
  for (let start = 0; start < rows.length; start += 100_000) {
    const text = rows
      .slice(start, start + 100_000)
      .map(toText)
      .join(',');
    pieces.push(Buffer.from(start === 0 ? text : `,${text}`));
  }
  return Buffer.concat(pieces);
}
