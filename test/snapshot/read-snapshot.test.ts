import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import {
  EDGE_TYPES,
  LARGE_SIZE,
  NODE_TYPES,
  type SnapshotTables,
} from '../../src/snapshot/snapshot-tables.js';
import { type FileStyle, HeapBuilder, inChunks } from '../support/heap-builder.js';

/** The text that is replaced by bytes no UTF-8 text has. */
const BROKEN = 'BROKEN';

/** Strings that would confuse a reader that looks for brackets, quotes or section names. */
const TRAPS = [
  '"nodes":[1,2,3]',
  '],"edges":[',
  'ends with a backslash \\',
  'quote " and \\" both',
  'line\nbreak\ttab\r\b\f',
  '\u0001 control',
  'é ü \u0801 \u8001',
  '\ud83d\ude00 astral',
  '\u2028 separator',
  '{"snapshot":{}}',
  `invalid ${BROKEN}!`,
  '',
];

/**
 * root ──1──> Big ──[4294967294]──> strings …
 *  └─(shortcut)──> wasm ──weak──> Big        a self edge, unknown types, one large size
 */
function trapHeap(): HeapBuilder {
  const heap = new HeapBuilder();
  const big = heap.node('object', 'Big', { size: 5_368_709_120, id: 2_124_345_568 });
  const wasm = heap.node('wasm object', 'wasm', { size: 0xffff_fffe, detachedness: 2 });
  const odd = heap.node(99, 'no such type', { size: 0xffff_ffff, detachedness: 1 });
  heap.edge(heap.root, 'element', 1, big).edge(heap.root, 'shortcut', '2', wasm);
  heap.edge(wasm, 'weak', '0', big).edge(odd, 77, 'no such type', odd);
  heap.edge(odd, 'hidden', 3, wasm).edge(odd, 'future', 'later', wasm);
  TRAPS.forEach((text, i) => {
    heap.edge(big, 'element', 4_294_967_294 - i, heap.node('string', text));
  });
  heap.location(odd, 12, 0, 0).location(big, 7, 3, 1_000_000);
  return heap;
}

const UNKNOWN_SECTIONS = {
  samples: '[12,3,15,7]',
  trace_tree: '[1,0,8,520,[2,10,0,0,[3,9,0,0,[]]]]',
  future: '{"a":["]}",{"b\\"":[]}],"c":-1.5e-7,"d":null}',
  scalar: '-1.5e3',
  word: ' true ',
  text: '"strings\\":["',
};

function trapFile(style: FileStyle): Uint8Array {
  const bytes = Buffer.from(trapHeap().bytes({ sections: UNKNOWN_SECTIONS, ...style }));
  const at = bytes.indexOf(BROKEN);
  // a lone continuation byte, a cut sequence, a byte that never occurs
  bytes.set([0x80, 0xe2, 0x82, 0x41, 0xff, 0x41], at);
  return bytes;
}

/** The content of tables, in a form in which two of them can be compared. */
function plain(tables: SnapshotTables) {
  const { strings, ...columns } = tables;
  return { ...columns, strings: Array.from({ length: strings.count }, (_, i) => strings.get(i)) };
}

async function read(bytes: Uint8Array, chunkSize = bytes.length): Promise<SnapshotTables> {
  return readSnapshot(inChunks(bytes, chunkSize), { name: 'traps' });
}

const PLAIN = plain(await read(trapFile({})));

describe('a heap full of traps', () => {
  it('gives each number to its column', () => {
    expect(PLAIN.nodeCount).toBe(4 + TRAPS.length);
    expect(PLAIN.edgeCount).toBe(6 + TRAPS.length);
    expect(PLAIN.rootOrdinal).toBe(0);
    expect([...PLAIN.nodeIds.slice(0, 5)]).toEqual([1, 2_124_345_568, 5, 7, 9]);
    expect([...PLAIN.selfSizes.slice(0, 5)]).toEqual([
      ...[0, LARGE_SIZE, LARGE_SIZE, LARGE_SIZE, 0],
    ]);
    expect(PLAIN.largeSelfSizes).toEqual(
      new Map([
        [1, 5_368_709_120],
        [2, 0xffff_fffe],
        [3, 0xffff_ffff],
      ]),
    );
    expect([...(PLAIN.detachedness ?? []).slice(0, 5)]).toEqual([0, 0, 2, 1, 0]);
    expect([...PLAIN.firstEdge.slice(0, 6)]).toEqual([0, 2, 14, 15, 18, 18]);
    expect(PLAIN.firstEdge).toHaveLength(PLAIN.nodeCount + 1);
    expect([...PLAIN.edgeTargets]).toEqual([
      ...[1, 2],
      ...TRAPS.map((_, i) => 4 + i),
      ...[1, 3, 2, 2],
    ]);
  });

  it('keeps names of types the format does not have yet', () => {
    const typeOf = (node: number) => PLAIN.nodeTypeNames[PLAIN.nodeTypes[node] ?? -1];
    expect([0, 1, 2, 3, 4].map(typeOf)).toEqual([
      'synthetic',
      'object',
      'wasm object',
      'unknown(99)',
      'string',
    ]);
    const edgeTypeOf = (edge: number) => PLAIN.edgeTypeNames[PLAIN.edgeTypes[edge] ?? -1];
    expect([0, 1, 2, 14, 15, 16, 17].map(edgeTypeOf)).toEqual([
      'element',
      'shortcut',
      'element',
      'weak',
      'unknown(77)',
      'hidden',
      'future',
    ]);
  });

  it('decodes each string as the engine meant it', () => {
    const names = TRAPS.map((_, i) => PLAIN.strings[PLAIN.nodeNames[4 + i] ?? -1]);
    expect(names).toEqual(
      TRAPS.map((text) => text.replace(BROKEN, '\ufffd\ufffd\u0041\ufffd\u0041')),
    );
  });

  it('takes element indexes up to 4294967294, also when printed as negative numbers', async () => {
    expect(PLAIN.edgeNames[2]).toBe(4_294_967_294);
    const bytes = trapFile({ negativeIndexes: true });
    expect(Buffer.from(bytes).includes(',-2,')).toBe(true);
    expect(plain(await read(bytes))).toEqual(PLAIN);
  });

  it('sorts locations by node and keeps lines and columns with their node', async () => {
    const { locations } = plain(await read(trapFile({})));
    locations.sort();
    const { nodes, scriptIds, lines, columns } = locations;
    expect([nodes, scriptIds, lines, columns].map((column) => [...column])).toEqual([
      [1, 3],
      [7, 12],
      [3, 0],
      [1_000_000, 0],
    ]);
  });
});

/** Ways to write the same heap; each must give the same tables as the plain one. */
const STYLES: Readonly<Record<string, FileStyle>> = {
  'one line per section (V8 from 13.6)': {},
  'a line break per record (V8 to 12.4)': { whitespace: 'records' },
  'blanks, tabs and CRLF everywhere': { whitespace: 'loose' },
  'Bun’s way': { whitespace: 'bun', firstString: '<dummy>' },
  'raw UTF-8': { nonAscii: 'raw' },
  'a byte order mark': { byteOrderMark: true },
  'negative indexes': { negativeIndexes: true },
  'five location fields': {
    locationFields: ['object_index', 'script_object_index', 'script_id', 'line', 'column'],
  },
  'an allocation trace id': {
    nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  },
  'fields in another order, and new ones': {
    nodeFields: [
      'new',
      'detachedness',
      'edge_count',
      'self_size',
      'id',
      'name',
      'newer',
      'type',
      'newest',
    ],
    edgeFields: ['to_node', 'new', 'name_or_index', 'type'],
    locationFields: ['column', 'new', 'line', 'script_id', 'object_index'],
  },
  'other numbers for the types': {
    nodeTypes: [...NODE_TYPES].reverse(),
    edgeTypes: [...EDGE_TYPES].reverse(),
  },
};

describe.each(Object.entries(STYLES))('%s', (_, style) => {
  it.each([1, 7, 100, 1_000_000])('reads the same in chunks of %i bytes', async (size) => {
    expect(comparable(plain(await read(trapFile(style), size)))).toEqual(comparable(PLAIN));
  });
});

/** The names after the known ones depend on the file's numbering, so they are compared by name. */
function comparable(tables: ReturnType<typeof plain>) {
  const { nodeTypeNames, edgeTypeNames, nodeTypes, edgeTypes, ...rest } = tables;
  return {
    ...rest,
    nodeTypes: Array.from(nodeTypes, (type) => nodeTypeNames[type]),
    edgeTypes: Array.from(edgeTypes, (type) => edgeTypeNames[type]),
  };
}

describe('what a file may leave out or add', () => {
  it('reads files without detachedness and locations, as Node 10 wrote them', async () => {
    const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];
    const tables = await read(trapFile({ nodeFields, locationFields: null }));
    expect(tables.detachedness).toBeNull();
    expect(tables.locations.nodes).toHaveLength(0);
    expect(tables.nodeIds).toEqual(PLAIN.nodeIds);
  });

  it('takes the root from root_index, which is an offset', async () => {
    const { rootOrdinal } = await read(trapFile({ snapshot: { root_index: 3 * 6 } }));
    expect(rootOrdinal).toBe(3);
  });

  it('reads sections in another order', async () => {
    const file = JSON.parse(trapHeap().text());
    const { snapshot, strings, locations, nodes, edges } = file;
    const shuffled = JSON.stringify({ snapshot, strings, locations, edges, nodes });
    const tables = await read(Buffer.from(shuffled), 100);
    expect(tables.edgeTargets).toEqual(PLAIN.edgeTargets);
    expect(tables.nodeNames).toEqual(PLAIN.nodeNames);
  });

  it('reads the format’s smallest file', async () => {
    const tables = await read(new HeapBuilder().bytes());
    expect([tables.nodeCount, tables.edgeCount]).toEqual([1, 0]);
    expect([...tables.firstEdge]).toEqual([0, 0]);
  });

  it('reports after each chunk how many bytes were read', async () => {
    const seen: number[] = [];
    const bytes = new HeapBuilder().bytes();
    const onProgress = (count: number) => seen.push(count);
    await readSnapshot(inChunks(bytes, 500), { name: 'x', onProgress });
    expect(seen).toEqual([500, bytes.length]);
  });

  it('keeps records apart that fill more than one batch', async () => {
    const heap = new HeapBuilder();
    for (let i = 1; i <= 10_000; i++) heap.edge(heap.root, 'element', i, heap.node('object', 'N'));
    const expected = Array.from({ length: 10_000 }, (_, i) => i + 1);
    for (const size of [1000, 65_536]) {
      const tables = await read(heap.bytes(), size);
      expect([...tables.edgeNames]).toEqual(expected);
      expect([...tables.edgeTargets]).toEqual(expected);
      expect([...tables.nodeIds]).toEqual([1, ...expected.map((i) => 2 * i + 1)]);
    }
  });
});
