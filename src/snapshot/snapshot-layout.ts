import { type ScopeFields, scopeFieldsOf } from './scope-table.js';
import { EDGE_TYPES, NODE_TYPES } from './snapshot-tables.js';

/**
 * The position of each value in the file's flat arrays, taken from `snapshot.meta`; never assumed.
 */
export interface SnapshotLayout {
  /** Also 0 if the writer did not count. */
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly rootOffset: number;
  /** The header says which node is the root; otherwise it is the first one, if that is a root. */
  readonly namesRoot: boolean;
  readonly traceFunctionCount: number;
  readonly extraNativeBytes: number;
  readonly node: NodeFields;
  readonly edge: EdgeFields;
  readonly location: LocationFields | null;
  readonly scope: ScopeFields | null;
  /** File's type number -> our type number. */
  readonly nodeTypeMap: Uint8Array;
  readonly edgeTypeMap: Uint8Array;
  readonly nodeTypeNames: readonly string[];
  readonly edgeTypeNames: readonly string[];
}

export interface NodeFields {
  readonly stride: number;
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly selfSize: number;
  readonly edgeCount: number;
  /** -1 if the file has no such field. */
  readonly detachedness: number;
  /** Memory outside the heap that belongs to the object; -1 if the file has no such field. */
  readonly nativeSize: number;
}

export interface EdgeFields {
  readonly stride: number;
  readonly type: number;
  readonly nameOrIndex: number;
  readonly toNode: number;
}

export interface LocationFields {
  readonly stride: number;
  readonly object: number;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

type Json = { readonly [key: string]: unknown };

/**
 * Reads the `snapshot` section's JSON text into a layout.
 *
 * @throws Error with the reason in a few words; the caller adds file and byte. Source: V8
 *   `HeapSnapshotJSONSerializer::SerializeSnapshot`.
 */
export function parseSnapshotLayout(text: string): SnapshotLayout {
  const snapshot = asRecord(JSON.parse(text), 'snapshot');
  const meta = asRecord(snapshot.meta, 'snapshot.meta');
  const nodeFields = asNames(meta.node_fields, 'node_fields');
  const edgeFields = asNames(meta.edge_fields, 'edge_fields');
  const nodeTypeNames = enumOf(meta.node_types, nodeFields, 'node_types');
  const edgeTypeNames = enumOf(meta.edge_types, edgeFields, 'edge_types');
  const nodeTypes = canonicalTypes(nodeTypeNames, NODE_TYPES);
  const edgeTypes = canonicalTypes(edgeTypeNames, EDGE_TYPES);
  return {
    nodeCount: asCount(snapshot.node_count, 'node_count'),
    edgeCount: asCount(snapshot.edge_count, 'edge_count'),
    rootOffset: optionalCount(snapshot, 'root_index'),
    namesRoot: snapshot.root_index !== undefined,
    traceFunctionCount: optionalCount(snapshot, 'trace_function_count'),
    extraNativeBytes: optionalCount(snapshot, 'extra_native_bytes'),
    node: nodeFieldsOf(nodeFields),
    edge: edgeFieldsOf(edgeFields),
    location: locationFieldsOf(meta.location_fields),
    scope: scopeFieldsOf(meta),
    nodeTypeMap: nodeTypes.map,
    edgeTypeMap: edgeTypes.map,
    nodeTypeNames: nodeTypes.names,
    edgeTypeNames: edgeTypes.names,
  };
}

function nodeFieldsOf(fields: readonly string[]): NodeFields {
  return {
    stride: fields.length,
    type: indexOfField(fields, 'type', 'node_fields'),
    name: indexOfField(fields, 'name', 'node_fields'),
    id: indexOfField(fields, 'id', 'node_fields'),
    selfSize: indexOfField(fields, 'self_size', 'node_fields'),
    edgeCount: indexOfField(fields, 'edge_count', 'node_fields'),
    detachedness: fields.indexOf('detachedness'),
    nativeSize: fields.indexOf('native_size'),
  };
}

function edgeFieldsOf(fields: readonly string[]): EdgeFields {
  return {
    stride: fields.length,
    type: indexOfField(fields, 'type', 'edge_fields'),
    nameOrIndex: indexOfField(fields, 'name_or_index', 'edge_fields'),
    toNode: indexOfField(fields, 'to_node', 'edge_fields'),
  };
}

function locationFieldsOf(value: unknown): LocationFields | null {
  // an empty list means that there are none
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  const fields = asNames(value, 'location_fields');
  return {
    stride: fields.length,
    object: indexOfField(fields, 'object_index', 'location_fields'),
    scriptId: indexOfField(fields, 'script_id', 'location_fields'),
    line: indexOfField(fields, 'line', 'location_fields'),
    column: indexOfField(fields, 'column', 'location_fields'),
  };
}

/**
 * The enum is at the index of the field `type`; the rest of `*_types` is unreliable (V8 writes too
 * many).
 */
function enumOf(types: unknown, fields: readonly string[], section: string): readonly string[] {
  if (!Array.isArray(types)) throw new Error(`${section} is missing from its meta`);
  return asNames(types[fields.indexOf('type')], section);
}

function canonicalTypes(
  declared: readonly string[],
  known: readonly string[],
): { map: Uint8Array; names: readonly string[] } {
  const names = [...known];
  const map = new Uint8Array(256);
  for (let number = 0; number < 256; number++) {
    const name = declared[number] ?? `unknown(${number})`;
    const index = names.indexOf(name);
    // a file that leaves out known types runs out of numbers: its last ones share a name
    map[number] = Math.min(index >= 0 ? index : names.push(name) - 1, 255);
  }
  return { map, names };
}

function indexOfField(fields: readonly string[], name: string, section: string): number {
  const index = fields.indexOf(name);
  if (index < 0) throw new Error(`${section} has no "${name}"`);
  return index;
}

function asRecord(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not an object`);
  }
  return value as Json;
}

function asNames(value: unknown, what: string): readonly string[] {
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.some((name) => typeof name !== 'string')
  ) {
    throw new Error(`${what} is not a list of names`);
  }
  if (value.length > 200) throw new Error(`${what} has ${value.length} entries`);
  return value;
}

function optionalCount(snapshot: Json, name: string): number {
  return snapshot[name] === undefined ? 0 : asCount(snapshot[name], name);
}

function asCount(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new Error(`${what} is not a count`);
  return value as number;
}
