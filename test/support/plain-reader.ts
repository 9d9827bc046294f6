import { scopeFieldsOf } from '../../src/snapshot/scope-table.js';
/** The content of a heap file in plain objects: the fast reader's tables are compared with it. */
export interface PlainHeap {
  readonly root: number;
  readonly nodes: readonly PlainNode[];
  readonly locations: readonly (readonly number[])[];
  readonly strings: readonly string[];
}

export interface PlainNode {
  readonly type: string;
  readonly name: string;
  readonly id: number;
  readonly size: number;
  readonly detachedness: number;
  readonly edges: readonly PlainEdge[];
}

export interface PlainEdge {
  readonly type: string;
  readonly name: string | number;
  readonly to: number;
}

type Row = Readonly<Record<string, number>>;
const INDEXED = new Set(['element', 'hidden']);

/**
 * Reads a snapshot in the slow and obvious way, with JSON.parse and objects; shares no code with
 * the real reader. It is equally tolerant in four ways: numbers may begin with zeros, strings may
 * contain raw control characters and unknown escapes, unknown sections may contain anything, a key
 * is taken as it is written.
 *
 * @throws Error with the reason if the file is not credible.
 */
export function readPlainly(bytes: Uint8Array): PlainHeap {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const sections = splitSections(text);
  if ([...sections.keys()][0] !== 'snapshot') throw new Error('snapshot is not first');
  const header = JSON.parse(sections.get('snapshot') ?? '');
  const { node_fields, edge_fields, location_fields } = header.meta;
  const nodeTypes = namesOf(header.meta.node_types[node_fields.indexOf('type')]);
  const edgeTypes = namesOf(header.meta.edge_types[edge_fields.indexOf('type')]);
  const needed = ['type', 'name', 'id', 'self_size', 'edge_count'];
  const nodes = rowsOf(numbersOf(sections, 'nodes'), node_fields, needed);
  const edges = rowsOf(numbersOf(sections, 'edges'), edge_fields, [
    'type',
    'name_or_index',
    'to_node',
  ]);
  const strings: unknown = JSON.parse(tolerant(sections.get('strings') ?? ''));
  if (!Array.isArray(strings) || !strings.every((s) => typeof s === 'string'))
    throw new Error('strings');
  // some writers do not count
  const isCounted = header.node_count !== 0 || header.edge_count !== 0;
  expectEqual(nodes.length, isCounted ? header.node_count : nodes.length || 1);
  expectEqual(edges.length, isCounted ? header.edge_count : edges.length);
  expectSound(nodes);
  expectScopes(header.meta, sections);
  const stride = node_fields.length;
  const nodeAt = (offset: number) => elementAt(nodes, offset / stride) && offset / stride;
  const textAt = (index: number) => elementAt(strings, index);
  const toEdge = (edge: Row): PlainEdge => {
    const type = edgeTypes[edge.type] ?? 'unknown';
    const isIndexed = INDEXED.has(type);
    const name = isIndexed ? expectIndex(edge.name_or_index) : textAt(edge.name_or_index);
    return { type, name, to: nodeAt(edge.to_node) };
  };
  const rest = [...edges];
  const plainNodes = nodes.map(
    (node): PlainNode => ({
      type: nodeTypes[node.type] ?? 'unknown',
      name: textAt(node.name),
      id: node.id,
      size: node.self_size + (node.native_size ?? 0),
      // the column has bytes; V8 writes 0, 1 or 2
      detachedness: Math.min(node.detachedness ?? 0, 255),
      edges: rest.splice(0, node.edge_count).map(toEdge),
    }),
  );
  expectEqual(
    nodes.reduce((sum, node) => sum + node.edge_count, 0),
    edges.length,
  );
  const places = placesOf(location_fields, sections).map(([node = -1, ...numbers]) =>
    [nodeAt(node), ...numbers].map(expectIndex),
  );
  return {
    root: nodeAt(header.root_index === undefined ? 0 : expectNumber(header.root_index)),
    nodes: plainNodes,
    locations: places.sort(([a = 0], [b = 0]) => a - b),
    strings,
  };
}

/** Sections of scopes whose fields are known are lists of whole rows; others may contain anything. */
function expectScopes(
  meta: Readonly<Record<string, unknown>>,
  sections: ReadonlyMap<string, string>,
): void {
  const fields = scopeFieldsOf(meta);
  if (fields === null) return;
  const strides = {
    ...{ scopes: fields.stride, scope_context_vars: fields.variableStride },
    scope_uses: fields.useStride,
  };
  for (const [section, stride] of Object.entries(strides)) {
    if (sections.has(section)) expectEqual(numbersOf(sections, section).length % stride, 0);
  }
}

function expectSound(nodes: readonly Row[]): void {
  for (const node of nodes) if (Object.values(node).some((n) => n < 0)) throw new Error('negative');
  const ids = nodes.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new Error('ids');
}

function expectNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error('no number');
  return value;
}

function elementAt<T>(list: readonly T[], index: number): T {
  if (!Number.isInteger(index) || index < 0 || index >= list.length) throw new Error(`no ${index}`);
  return list[index] as T;
}

function placesOf(fields: readonly string[] | undefined, sections: ReadonlyMap<string, string>) {
  if (fields === undefined || (Array.isArray(fields) && fields.length === 0)) return [];
  const needed = ['object_index', 'script_id', 'line', 'column'];
  const numbers = sections.has('locations') ? numbersOf(sections, 'locations') : [];
  return rowsOf(numbers, fields, needed).map((row) => needed.map((field) => row[field] ?? 0));
}

function expectEqual(found: number, announced: unknown): void {
  if (found !== announced) throw new Error(`${found} of ${announced}`);
}

/** Checks the index of an edge: a number of 32 bits, printed with or without a sign. */
function expectIndex(value: number): number {
  if (value < -(2 ** 31) || value >= 2 ** 32) throw new Error(`${value} is beyond 32 bits`);
  return value >>> 0;
}

function namesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > 200) throw new Error('types');
  if (!value.every((name) => typeof name === 'string')) throw new Error('types');
  return value;
}

function numbersOf(sections: ReadonlyMap<string, string>, key: string): readonly number[] {
  const json = (sections.get(key) ?? '').replace(/(?<=[[,\s-])0+(?=\d)/g, '');
  const numbers: unknown = JSON.parse(json);
  if (!Array.isArray(numbers) || !numbers.every((n) => Number.isSafeInteger(n)))
    throw new Error(key);
  // minus zero is zero
  return numbers.map((n) => n + 0);
}

function rowsOf(
  numbers: readonly number[],
  fields: readonly string[],
  needed: readonly string[],
): Row[] {
  if (!Array.isArray(fields) || fields.length > 200) throw new Error('fields');
  if (needed.some((field) => !fields.includes(field))) throw new Error('a field is missing');
  if (numbers.length % fields.length !== 0) throw new Error('a record is cut');
  return Array.from({ length: numbers.length / fields.length }, (_, row) => {
    const values = numbers.slice(row * fields.length, (row + 1) * fields.length);
    // of two fields with the same name the first counts
    return Object.fromEntries(fields.map((field, i) => [field, values[i] ?? 0] as const).reverse());
  });
}

/** The text of each section by its key, in the order of the file. */
function splitSections(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let at = afterSpace(text, 0);
  if (text[at++] !== '{') throw new Error('no object');
  for (;;) {
    at = afterSpace(text, at);
    const keyEnd = text.indexOf('"', at + 1);
    if (text[at] !== '"' || keyEnd < 0) throw new Error('no key');
    const key = text.slice(at + 1, keyEnd);
    at = afterSpace(text, keyEnd + 1);
    if (text[at++] !== ':' || sections.has(key)) throw new Error(`key ${key}`);
    at = afterSpace(text, at);
    const end = endOfValue(text, at);
    sections.set(key, text.slice(at, end));
    at = afterSpace(text, end);
    if (text[at] === '}') break;
    if (text[at++] !== ',') throw new Error('no comma');
  }
  // other text may follow, but no more JSON
  if (/[{}[\]",:]/.test(text[afterSpace(text, at + 1)] ?? ''))
    throw new Error('more after the end');
  return sections;
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const c = text[at] ?? '';
    if (c === '"') {
      const length = /"(?:[^"\\]|\\.)*"/sy;
      length.lastIndex = at;
      if (!length.test(text)) break;
      at = length.lastIndex;
      if (depth === 0) return at;
      continue;
    }
    if (depth === 0 && at > from && /[\s,]/.test(c)) return at;
    if (/[\]}]/.test(c)) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (/[[{]/.test(c)) depth++;
    at++;
  }
  throw new Error('a value has no end');
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \n\r\t'.includes(text[at] ?? '')) at++;
  return at;
}

/**
 * JSON whose strings contain what the real reader tolerates: control characters, unknown escapes.
 */
function tolerant(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/gs, (string) =>
    string.replace(/\\u[\da-fA-F]{4}|\\["\\/bfnrt]|\\|[^ -\uffff]/g, (found) => {
      if (found === '\\') return '\\\\';
      return found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }),
  );
}
