/** A reference as in the file. */
export interface RawEdge {
  readonly type: string;
  readonly name: string;
  readonly from: RawNode;
  readonly to: RawNode;
}

/** An object as in the file, with the references from and to it. */
export interface RawNode {
  readonly type: string;
  readonly name: string;
  readonly id: number;
  readonly size: number;
  readonly out: RawEdge[];
  readonly into: RawEdge[];
}

export interface RawHeap {
  readonly root: RawNode;
  readonly nodes: readonly RawNode[];
  readonly byId: ReadonlyMap<number, RawNode>;
}

/** Reads a snapshot with JSON.parse into plain objects; shares no code with the real reader. */
export function readRawHeap(bytes: Uint8Array): RawHeap {
  const file = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const { node_fields, edge_fields, node_types, edge_types } = file.snapshot.meta;
  const strings: readonly string[] = file.strings;
  const stride: number = node_fields.length;
  const at = (row: number, field: string) => file.nodes[row * stride + node_fields.indexOf(field)];
  const nodes = Array.from({ length: file.nodes.length / stride }, (_, row): RawNode => {
    const [type, size] = [node_types[0][at(row, 'type')], at(row, 'self_size')];
    return { type, name: strings[at(row, 'name')]!, id: at(row, 'id'), size, out: [], into: [] };
  });
  let next = 0;
  for (const [row, from] of nodes.entries()) {
    for (let count: number = at(row, 'edge_count'); count > 0; count--) {
      const get = (field: string) => file.edges[next + edge_fields.indexOf(field)];
      const type: string = edge_types[0][get('type')];
      const isNumbered = type === 'element' || type === 'hidden';
      const name = isNumbered ? String(get('name_or_index')) : strings[get('name_or_index')]!;
      const edge: RawEdge = { type, name, from, to: nodes[get('to_node') / stride]! };
      from.out.push(edge);
      edge.to.into.push(edge);
      next += edge_fields.length;
    }
  }
  const root = nodes[(file.snapshot.root_index ?? 0) / stride]!;
  return { root, nodes, byId: new Map(nodes.map((node) => [node.id, node])) };
}

/** The target of the first edge of that type and name. */
export function rawTarget(node: RawNode, type: string, name: string): RawNode | null {
  return node.out.find((edge) => edge.type === type && edge.name === name)?.to ?? null;
}

const STRING_TABLES = ['(Internalized strings)', '(External strings)'];
const WAITING = ['Generator', 'Promise', 'system / WeakFixedArray'];

/** True if a reference keeps its target alive; half of a WeakMap entry counts as one that does. */
export function keepsTarget(heap: RawHeap, edge: RawEdge): boolean {
  const { type, from, to } = edge;
  if (type === 'weak' || from === to) return false;
  if (type === 'shortcut') return from === heap.root;
  if (from.type === 'synthetic' && STRING_TABLES.includes(from.name)) return false;
  if (from.type === 'synthetic' && from.name === '(Debugger)' && type === 'internal') return false;
  if (from.type === 'object' && from.name === 'Promise') return !isDebuggersNote(edge);
  const isWeakRef = from.type === 'object' && from.name === 'WeakRef';
  // Bun writes it as any other
  if (isWeakRef && type === 'internal') return !from.out.some(({ name }) => name === '');
  return !isCopyOfNote(edge);
}

/**
 * True for V8's notes on what awaits a promise, made for a debugger under symbols without a name.
 */
function isDebuggersNote({ type, name, from, to }: RawEdge): boolean {
  if (type !== 'property' || name !== '<symbol>') return false;
  const properties = from.out.filter((edge) => edge.type === 'property');
  const isOther = (edge: RawEdge) => edge.name !== '<symbol>' && edge.name !== '__proto__';
  return !properties.some(isOther) && WAITING.includes(to.name);
}

function isCopyOfNote({ from: store, to }: RawEdge): boolean {
  return store.into.some(({ name, from }) => {
    if (name !== 'properties' || from.name !== 'Promise') return false;
    return from.out.some((edge) => edge.to === to && isDebuggersNote(edge));
  });
}
