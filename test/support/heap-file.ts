import { EDGE_TYPES, NODE_TYPES } from '../../src/snapshot/snapshot-tables.js';
import type { BuiltEdge, HeapBuilder } from './heap-builder.js';

/** The ways a file can differ between engines without meaning anything else. */
export interface FileStyle {
  /** Names and order of a node's numbers; unknown ones are filled with 7. */
  readonly nodeFields?: readonly string[];
  readonly edgeFields?: readonly string[];
  /** null leaves out both the field list and the section, as Node 10 does. */
  readonly locationFields?: readonly string[] | null;
  /** The file's own numbering of types; further types in the heap are appended. */
  readonly nodeTypes?: readonly string[];
  readonly edgeTypes?: readonly string[];
  /**
   * `compact`: V8 from 13.6. `records`: V8 to 12.4, a line break before each record's comma. `bun`: as
   * Bun. `loose`: blanks, tabs and CRLF between all tokens, as after a reformatting tool.
   */
  readonly whitespace?: 'compact' | 'records' | 'bun' | 'loose';
  /** String 0: V8's `<dummy>` unless `bun` is chosen, which has the empty string. */
  readonly firstString?: string;
  /** Characters beyond ASCII: as \uXXXX, V8's way, unless `raw` is chosen, Bun's way. */
  readonly nonAscii?: 'escaped' | 'raw';
  /** Element indexes from 2^31 as negative numbers, as V8 13.6 to 15 print them. */
  readonly negativeIndexes?: boolean;
  readonly byteOrderMark?: boolean;
  /** Further keys of the `snapshot` object, or false counts, meta: spread over the right ones. */
  readonly snapshot?: Readonly<Record<string, unknown>>;
  /** Whole sections in JSON text: replaces the section of that name, else is added before `strings`. */
  readonly sections?: Readonly<Record<string, string>>;
}

export const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
export const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
export const LOCATION_FIELDS = ['object_index', 'script_id', 'line', 'column'];

/** The value of an unknown field; anything but 0 shows whether it is really skipped. */
const FILLER = 7;

export function writeHeapFile(heap: HeapBuilder, style: FileStyle): string {
  const file = new HeapFile(heap, style);
  return (style.byteOrderMark ? '\ufeff' : '') + file.toText();
}

class HeapFile {
  readonly #heap: HeapBuilder;
  readonly #style: FileStyle;
  readonly #nodeFields: readonly string[];
  readonly #edgeFields: readonly string[];
  readonly #locationFields: readonly string[] | null;
  readonly #nodeTypes: string[];
  readonly #edgeTypes: string[];
  readonly #strings: string[];
  readonly #stringIndexes = new Map<string, number>();

  constructor(heap: HeapBuilder, style: FileStyle) {
    this.#heap = heap;
    this.#style = style;
    this.#nodeFields = style.nodeFields ?? NODE_FIELDS;
    this.#edgeFields = style.edgeFields ?? EDGE_FIELDS;
    this.#locationFields =
      style.locationFields === undefined ? LOCATION_FIELDS : style.locationFields;
    this.#nodeTypes = [...(style.nodeTypes ?? NODE_TYPES)];
    this.#edgeTypes = [...(style.edgeTypes ?? EDGE_TYPES)];
    this.#strings = [style.firstString ?? (style.whitespace === 'bun' ? '' : '<dummy>')];
  }

  toText(): string {
    const { sections = {}, whitespace = 'compact' } = this.#style;
    const nodes = this.#section(this.#nodeRecords());
    const edges = this.#section(this.#edgeRecords());
    const locations = this.#section(this.#locationRecords());
    const all = new Map<string, string>();
    // last, because writing the records completes the lists of types
    all.set('snapshot', this.#header());
    all.set('nodes', nodes);
    all.set('edges', edges);
    for (const name of ['trace_function_infos', 'trace_tree', 'samples']) all.set(name, '[]');
    if (this.#locationFields !== null) all.set('locations', locations);
    for (const [name, json] of Object.entries(sections)) all.set(name, json);
    if (sections.strings === undefined) all.set('strings', this.#stringSection());
    const between = { compact: ',\n', records: ',\n', bun: ',\n', loose: ' ,\r\n\t' }[whitespace];
    const colon = whitespace === 'bun' || whitespace === 'loose' ? ': ' : ':';
    const body = [...all].map(([name, json]) => `"${name}"${colon}${json}`).join(between);
    if (whitespace === 'loose') return ` \r\n{ ${body}\r\n} \r\n`;
    return whitespace === 'bun' ? `{${body}\n}\n` : `{${body}}`;
  }

  #header(): string {
    const meta = {
      node_fields: this.#nodeFields,
      node_types: this.#nodeFields.map((field) => (field === 'type' ? this.#nodeTypes : 'number')),
      edge_fields: this.#edgeFields,
      edge_types: this.#edgeFields.map((field) => (field === 'type' ? this.#edgeTypes : 'number')),
      ...(this.#locationFields === null ? {} : { location_fields: this.#locationFields }),
    };
    const header = {
      meta,
      node_count: this.#heap.nodes.length,
      edge_count: this.#heap.edges.flat().length,
      trace_function_count: 0,
      ...this.#style.snapshot,
    };
    if (this.#style.whitespace !== 'loose') return JSON.stringify(header);
    return JSON.stringify(header, null, 2).replaceAll('\n', '\r\n');
  }

  #nodeRecords(): number[][] {
    return this.#heap.nodes.map((node, ordinal) => {
      const values: Record<string, number> = {
        type: numberOf(this.#nodeTypes, node.type),
        name: this.#string(node.name),
        id: node.id,
        self_size: node.size,
        edge_count: this.#heap.edges[ordinal]?.length ?? 0,
        trace_node_id: 0,
        detachedness: node.detachedness,
      };
      return this.#nodeFields.map((field) => values[field] ?? FILLER);
    });
  }

  #edgeRecords(): number[][] {
    return this.#heap.edges.flat().map((edge) => {
      const values: Record<string, number> = {
        type: numberOf(this.#edgeTypes, edge.type),
        name_or_index: this.#nameOrIndex(edge),
        to_node: edge.to * this.#nodeFields.length,
      };
      return this.#edgeFields.map((field) => values[field] ?? FILLER);
    });
  }

  #locationRecords(): number[][] {
    return this.#heap.locations.map(({ node, scriptId, line, column }) => {
      const object_index = node * this.#nodeFields.length;
      const values: Record<string, number> = { object_index, script_id: scriptId, line, column };
      return (this.#locationFields ?? []).map((field) => values[field] ?? FILLER);
    });
  }

  #nameOrIndex({ name }: BuiltEdge): number {
    if (typeof name === 'string') return this.#string(name);
    return this.#style.negativeIndexes && name >= 2 ** 31 ? name - 2 ** 32 : name;
  }

  #string(text: string): number {
    // string 0 is not in the index: V8's placeholder is never a real name, and Bun repeats the empty one
    const index = this.#stringIndexes.get(text) ?? this.#strings.push(text) - 1;
    this.#stringIndexes.set(text, index);
    return index;
  }

  #section(records: readonly (readonly number[])[]): string {
    if (this.#style.whitespace === 'loose') {
      return `[ ${records.map((record) => record.join(' ,\t')).join(' ,\r\n ')} ]`;
    }
    const end = this.#style.whitespace === 'records' ? '\n' : '';
    return `[${records.map((record) => record.join(',') + end).join(',')}]`;
  }

  #stringSection(): string {
    const { nonAscii, whitespace = 'compact' } = this.#style;
    const quoted = this.#strings.map((text) =>
      nonAscii === 'raw' ? JSON.stringify(text) : toAscii(JSON.stringify(text)),
    );
    const comma = { compact: ',', records: ',\n', bun: ',', loose: ' ,\r\n' }[whitespace];
    return `[${quoted.join(comma)}]`;
  }
}

/** The number of a type; a name that is missing in the list is added to it. */
function numberOf(names: string[], type: string | number): number {
  if (typeof type === 'number') return type;
  const known = names.indexOf(type);
  return known >= 0 ? known : names.push(type) - 1;
}

function toAscii(json: string): string {
  return json.replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
