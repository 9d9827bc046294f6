import { describe, expect, it } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { NOT_THE_FORMAT } from '../../src/snapshot/value-reader.js';
import { type FileStyle, HeapBuilder, inChunks } from '../support/heap-builder.js';

/** root ──1──> Foo ──.a──> Bar, in records of 6, 3 and 4 numbers */
function smallHeap(): HeapBuilder {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  const bar = heap.node('object', 'Bar');
  heap.edge(heap.root, 'element', 1, foo).edge(foo, 'property', 'a', bar).location(foo, 1, 2, 3);
  return heap;
}

const NODES = '9,1,1,0,1,0,3,2,3,0,1,0,3,3,5,0,0,0';
const EDGES = '1,1,6,2,4,12';

async function errorOf(bytes: Uint8Array, chunkSize = 1 << 20): Promise<ShowBackrefError> {
  const error = await readSnapshot(inChunks(bytes, chunkSize), { name: 'a b.json' }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ShowBackrefError);
  return error as ShowBackrefError;
}

/**
 * The error for the small heap written in this style; without the beginning that all of them share.
 */
async function refusal(style: FileStyle, chunkSize?: number): Promise<string> {
  return messageOf(await errorOf(smallHeap().bytes(style), chunkSize));
}

function messageOf({ code, message }: ShowBackrefError): string {
  const shared = '"a b.json" is not a valid heap snapshot: ';
  expect([code, message.slice(0, shared.length)]).toEqual(['SNAPSHOT_INVALID', shared]);
  return message.slice(shared.length);
}

it.each(['done\n', '\n> ', '\0\0\0', 'Waiting for the debugger: [1]'])(
  'other text after a heap is skipped: %j',
  async (after) => {
    const bytes = Buffer.concat([smallHeap().bytes(), Buffer.from(after)]);
    for (const size of [1, 1000]) {
      expect((await readSnapshot(inChunks(bytes, size), { name: 'x' })).nodeCount).toBe(3);
    }
  },
);

it('a megabyte of it is too much', async () => {
  const bytes = Buffer.concat([smallHeap().bytes(), Buffer.alloc(2 << 20)]);
  expect(messageOf(await errorOf(bytes))).toContain(
    'there is more after the end; capture it again',
  );
});

it('the small heap of these tests is sound', async () => {
  const text = smallHeap().text();
  expect(text).toContain(`"nodes":[${NODES}]`);
  expect(text).toContain(`"edges":[${EDGES}]`);
  const { nodeCount } = await readSnapshot(inChunks(Buffer.from(text), 9), { name: 'x' });
  expect(nodeCount).toBe(3);
});

const GIVE = 'give a file written as .heapsnapshot or .heaptimeline';
const NO_BEGIN = `it does not begin like one ({"snapshot":…); ${GIVE}`;

describe('what is not a heap snapshot', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['text', 'Hello, world', NO_BEGIN],
    ['a web page', '<!DOCTYPE html><html></html>', NO_BEGIN],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\n', NO_BEGIN],
    ['a JSON array', '[1,2]', NO_BEGIN],
    ['an empty JSON object', '{}', NO_BEGIN],
    ['a CPU profile', '{"nodes":[{"id":1}],"startTime":1}', NO_BEGIN],
    ['zeros', new Uint8Array(100), NO_BEGIN],
    ['UTF-16 without a mark', Buffer.from(smallHeap().text(), 'utf16le'), NO_BEGIN],
  ])('%s is refused, whole and byte by byte', async (_, content, message) => {
    const bytes = Buffer.from(content);
    expect(messageOf(await errorOf(bytes))).toBe(message);
    expect(messageOf(await errorOf(bytes, 1))).toBe(message);
  });
});

describe('a header that makes no sense', () => {
  const header = (json: string) => `{"snapshot":${json},"nodes":[],"edges":[],"strings":[]}`;
  const fields = { node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'] };
  const types = { node_types: [['object']], edge_types: [['property']] };
  const meta = { ...fields, ...types, edge_fields: ['type', 'name_or_index', 'to_node'] };
  const counts = { node_count: 0, edge_count: 0 };

  it.each<[string, unknown, string]>([
    ['no meta', {}, 'snapshot.meta is not an object'],
    ['a list for meta', { meta: [] }, 'snapshot.meta is not an object'],
    ['a list for the header', [], 'snapshot is not an object'],
    ['no fields', { meta: {} }, 'node_fields is not a list of names'],
    [
      'a missing field',
      { meta: { ...meta, node_fields: ['type', 'name', 'id', 'self_size'] }, ...counts },
      'node_fields has no "edge_count"',
    ],
    [
      'no edge target',
      { meta: { ...meta, edge_fields: ['type', 'name_or_index'] }, ...counts },
      'edge_fields has no "to_node"',
    ],
    ['no types', { meta: { ...meta, node_types: 7 }, ...counts }, 'node_types is missing'],
    [
      'types without names',
      { meta: { ...meta, edge_types: [[1]] }, ...counts },
      'edge_types is not a list of names',
    ],
    [
      'a thousand types',
      { meta: { ...meta, node_types: [Array(1000).fill('x')] }, ...counts },
      'node_types has 1000 entries',
    ],
    ['no count', { meta }, 'node_count is not a count'],
    ['a negative count', { meta, node_count: 0, edge_count: -1 }, 'edge_count is not a count'],
    ['half a node', { meta, node_count: 0.5, edge_count: 0 }, 'node_count is not a count'],
    ['a text as count', { meta, node_count: '3', edge_count: 0 }, 'node_count is not a count'],
    ['a negative root', { meta, ...counts, root_index: -6 }, 'root_index is not a count'],
  ])('%s', async (_, snapshot, message) => {
    const json = JSON.stringify(snapshot);
    const at = `{"snapshot":${json}`.length;
    const error = messageOf(await errorOf(Buffer.from(header(json))));
    expect(error).toContain(`in section "snapshot" at byte ${at}: ${message}`);
    expect(error.endsWith(`; ${NOT_THE_FORMAT}`)).toBe(true);
  });

  it('JSON that is broken', async () => {
    const error = messageOf(await errorOf(Buffer.from('{"snapshot":{"meta":tru},"nodes":[]}')));
    expect(error).toMatch(/^in section "snapshot" at byte 24: .*JSON.*; copy it again, and/);
  });

  it('a header without end does not fill the memory', async () => {
    const endless = Buffer.from(`{"snapshot":{"meta":"${'x'.repeat(2 << 20)}`);
    expect(messageOf(await errorOf(endless, 65_536))).toBe(
      'in section "snapshot" at byte 1048576: the value is larger than 1048576 bytes; capture it again',
    );
  });
});

describe('numbers that contradict each other', () => {
  it.each<[string, FileStyle, string]>([
    ['too many nodes announced', { snapshot: { node_count: 4 } }, 'it announces 4 nodes and has 3'],
    ['too many edges announced', { snapshot: { edge_count: 3 } }, 'it announces 3 edges and has 2'],
    [
      'more edges counted by the nodes than there are',
      { sections: { nodes: `[${NODES.replace('5,0,0,0', '5,0,1,0')}]` } },
      'it announces 2 edges by the nodes’ own counts and has 3',
    ],
    ['no nodes', { snapshot: { node_count: 0 }, sections: { nodes: '[]' } }, 'it has no nodes'],
    [
      'no nodes and no edges',
      { snapshot: { node_count: 0, edge_count: 0 }, sections: { nodes: '[]', edges: '[]' } },
      'it has no nodes',
    ],
    ['an edge after the last node', edges('1,1,18,2,4,12'), 'edge 0 does not point to a node'],
    ['an edge into the middle of a node', edges('1,1,6,2,4,13'), 'edge 1 does not point to a node'],
    ['an edge before the first node', edges('1,1,-6,2,4,12'), 'edge 0 does not point to a node'],
    ['an edge beyond 32 bits', edges('1,1,6,2,4,25769803788'), 'edge 1 does not point to a node'],
    ['a node with no such name', nodes(NODES.replace('3,3,5', '3,9,5')), 'string 9 is used'],
    ['an edge with no such name', edges('1,1,6,2,5,12'), 'string 5 is used but there are only 5'],
    ['a negative name of a node', nodes(NODES.replace('3,3,5', '3,-3,5')), 'node 2 has a negative'],
    ['a negative count of edges', nodes(`${NODES.slice(0, -5)}0,-1,0`), 'it announces 2 edges by'],
    [
      'a negative size',
      nodes(NODES.replace('5,0,0,0', '5,-8,0,0')),
      'node 2 has a negative number',
    ],
    ['a negative type', nodes(NODES.replace('3,3,5', '-3,3,5')), 'node 2 has a negative number'],
    ['a negative name of an edge', edges('1,1,6,2,-4,12'), 'edge 1 has a negative number'],
    ['an index of 33 bits', edges('1,4294967299,6,2,4,12'), 'the index of edge 0 has over 32 bits'],
    ['an index below 32 bits', edges('1,-2147483649,6,2,4,12'), 'the index of edge 0 has over'],
    ['a location of no node', locations('18,1,2,3'), 'location 0 does not belong to a node'],
    [
      'a location in the middle of a node',
      locations('7,1,2,3'),
      'location 0 does not belong to a node',
    ],
    [
      'a location of 33 bits',
      locations('6,1,4294967298,3'),
      'location 0 does not belong to a node',
    ],
    ['an id twice', nodes(NODES.replace('3,3,5', '3,3,3')), 'the id @3 is used twice'],
    [
      'a large id twice',
      nodes('9,1,1,0,1,0,3,2,4000000000,0,1,0,3,3,4000000000,0,0,0'),
      'the id @4000000000 is used twice',
    ],
    [
      'an id of 47 bits twice',
      nodes('9,1,1,0,1,0,3,2,139888630474944,0,1,0,3,3,139888630474944,0,0,0'),
      'the id @139888630474944 is used twice',
    ],
    [
      'an edge too few where nobody counted',
      { snapshot: { node_count: 0, edge_count: 0 }, sections: { edges: '[1,1,6]' } },
      'it announces 2 edges and has 1',
    ],
    ['a root after the last node', { snapshot: { root_index: 18 } }, 'its root is not a node'],
    ['a root in the middle of a node', { snapshot: { root_index: 7 } }, 'its root is not a node'],
  ])('%s', async (_, style, message) => {
    const error = await refusal(style);
    expect(error).toContain(message);
    expect(error.endsWith(`; ${NOT_THE_FORMAT}`)).toBe(true);
    expect(await refusal(style, 1)).toBe(error);
  });

  it.each([
    ['nodes', { snapshot: { node_count: 2 } }, 'there are more nodes than the 2 it announced'],
    ['edges', { snapshot: { edge_count: 1 } }, 'there are more edges than the 1 it announced'],
  ])('stops at the first of the %s beyond the header’s count', async (section, style, message) => {
    const at = smallHeap()
      .text(style)
      .indexOf(']', smallHeap().text(style).indexOf(`"${section}"`));
    expect(await refusal(style)).toBe(
      `in section "${section}" at byte ${at}: ${message}; ${NOT_THE_FORMAT}`,
    );
  });
});

function nodes(numbers: string): FileStyle {
  return { sections: { nodes: `[${numbers}]` } };
}

function edges(numbers: string): FileStyle {
  return { sections: { edges: `[${numbers}]` } };
}

function locations(numbers: string): FileStyle {
  return { sections: { locations: `[${numbers}]` } };
}

/** Found by test/reliability. */
describe('damage that would shift all later numbers', () => {
  it.each([
    ['nodes', `[,${NODES}]`],
    ['nodes', `[${NODES},]`],
    ['nodes', `[${NODES.replace('3,2,3', '3,,3')}]`],
    ['nodes', `[${NODES.replace('3,2,3', '3 2,3')}]`],
    ['edges', `[${EDGES.replace('6,2', '6,,')}]`],
    ['edges', `[${EDGES.replace('6,2', '6\n2')}]`],
    ['edges', `[${EDGES.replace('6,2', '6, ,2')}]`],
    ['strings', '["a",,"b"]'],
    ['strings', '["a""b"]'],
    ['strings', '["a",]'],
    ['strings', '[,"a"]'],
  ])('a comma too many or too few in %s: %s', async (section, json) => {
    for (const size of [1, 7, 1000]) {
      const error = await refusal({ sections: { [section]: json } }, size);
      expect(error).toContain(`in section "${section}" at byte `);
      expect(error).toMatch(/(unexpected|expected a) /);
    }
  });

  it('a byte beyond ASCII in the place of a type, among many records', async () => {
    const heap = smallHeap();
    for (let i = 0; i < 100; i++) heap.edge(heap.root, 'element', i, heap.root);
    const bytes = Buffer.from(heap.bytes());
    const at = bytes.indexOf('1,5,0', bytes.indexOf('"edges"'));
    bytes[at] = 0xe2;
    expect(messageOf(await errorOf(bytes))).toContain(`at byte ${at}: unexpected byte 0xe2`);
  });

  it('a type number of 33 bits is unknown', async () => {
    const bytes = smallHeap().bytes(edges('4294967298,1,6,2,4,12'));
    const tables = await readSnapshot(inChunks(bytes, 100), { name: 'x' });
    expect(tables.edgeTypeNames[tables.edgeTypes[0] ?? 0]).toMatch(/^unknown/);
  });
});

describe('the beginning and the names of sections', () => {
  it.each([
    ['half a byte order mark', '\xef\xbb'],
    ['the end of one', '\xbb\xbf'],
    ['two of them', '\xef\xbb\xbf\xef\xbb\xbf'],
  ])('%s', async (_, mark) => {
    const bytes = Buffer.concat([Buffer.from(mark, 'latin1'), smallHeap().bytes()]);
    for (const size of [1, 2, 3, 1000])
      expect(messageOf(await errorOf(bytes, size))).toBe(NO_BEGIN);
  });

  it('one mark, however it is cut', async () => {
    const bytes = smallHeap().bytes({ byteOrderMark: true });
    for (const size of [1, 2, 3, 1000]) {
      expect((await readSnapshot(inChunks(bytes, size), { name: 'x' })).nodeCount).toBe(3);
    }
  });

  it('a name with line breaks and without end stays on one short line', async () => {
    const text = smallHeap()
      .text()
      .replace('"nodes"', `"no\n${'x'.repeat(200)}"`);
    const message = messageOf(await errorOf(Buffer.from(text.slice(0, -1).replace(':', ':,'))));
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(200);
  });
});

describe('unexpected sections', () => {
  it.each<[string, string, string, string | RegExp]>([
    ['a float', 'nodes', `[${NODES}.5]`, 'unexpected "."'],
    ['an exponent', 'nodes', `[${NODES}e3]`, 'unexpected "e"'],
    ['a string', 'nodes', `["a",${NODES}]`, 'unexpected """'],
    ['null', 'edges', `[null,${EDGES}]`, 'unexpected "n"'],
    ['a nested array', 'edges', `[[${EDGES}]]`, 'unexpected "["'],
    ['a byte beyond ASCII', 'nodes', '[é]', 'unexpected byte 0xc3'],
    [
      'two numbers without a comma',
      'nodes',
      `[1-2,${NODES}]`,
      /unexpected "-"|"1-2" is not an integer/,
    ],
    ['a minus alone', 'nodes', '[-,1]', '"-" is not an integer this format can hold'],
    ['two minuses', 'nodes', '[--1,1]', /"--?1?" is not an integer/],
    [
      'a number of 40 digits',
      'nodes',
      `[1,${'1234567890'.repeat(4)}]`,
      '"123456789012345678901234…" is not an integer this format can hold',
    ],
    [
      'a number beyond 2^53',
      'edges',
      '[9007199254740993]',
      '"9007199254740993" is not an integer this format can hold',
    ],
    ['a record cut short', 'nodes', `[${NODES},3]`, 'the last record is incomplete'],
    ['an edge cut short', 'edges', '[1,1,6,2,4]', 'the last record is incomplete'],
    ['a location cut short', 'locations', '[6,1,2]', 'the last record is incomplete'],
    ['an object instead of an array', 'edges', '{}', 'expected "["'],
    ['a number instead of an array', 'strings', '7', 'expected "["'],
    ['a number among the strings', 'strings', '["a",7]', 'expected a string'],
  ])('%s', async (_, section, json, message) => {
    const style = { sections: { [section]: json } };
    for (const size of [1, 7, 1000]) {
      const error = await refusal(style, size);
      const where = /^in section "(\w+)" at byte (\d+): /.exec(error) ?? [];
      expect(where[1]).toBe(section);
      const start = smallHeap().text(style).indexOf(`"${section}":`) + section.length + 3;
      expect(Number(where[2])).toBeGreaterThanOrEqual(start);
      expect(Number(where[2])).toBeLessThanOrEqual(start + json.length);
      expect(error).toMatch(message);
    }
  });

  it.each(['snapshot', 'nodes', 'edges', 'locations', 'strings'])(
    'the section %s twice',
    async (section) => {
      const text = smallHeap().text();
      const start = text.indexOf(`"${section}":`);
      const value = JSON.stringify(JSON.parse(text)[section]);
      const again = `${text.slice(0, -1)},"${section}":${value}}`;
      expect(start).toBeGreaterThan(0);
      expect(messageOf(await errorOf(Buffer.from(again)))).toBe(
        `in section "${section}" at byte ${text.length + section.length + 3}: ` +
          `the section appears twice; ${NOT_THE_FORMAT}`,
      );
    },
  );

  it.each(['nodes', 'edges', 'strings'])('no section %s', async (section) => {
    const { [section]: _, ...rest } = JSON.parse(smallHeap().text());
    expect(messageOf(await errorOf(Buffer.from(JSON.stringify(rest))))).toBe(
      `it has no "${section}" section; ${NOT_THE_FORMAT}`,
    );
  });

  it.each([
    [
      'no comma between sections',
      '"nodes":[] "edges":[]}',
      'after section "nodes"',
      'it is not JSON',
    ],
    ['no colon', '"nodes"[]}', 'in section "nodes"', 'it is not JSON'],
    ['a key without quotes', 'nodes:[]}', 'after section "snapshot"', 'it is not JSON'],
    ['a key without end', `"${'k'.repeat(300)}`, 'after section "snapshot"', 'a section name has'],
    ['more after the end', '"nodes":[]}}', 'after section "nodes"', 'there is more after the end'],
  ])('%s', async (_, rest, where, message) => {
    const head = smallHeap().text();
    const text = head.slice(0, head.indexOf('"nodes"')) + rest;
    const error = messageOf(await errorOf(Buffer.from(text)));
    expect(error).toMatch(/^(in|after) section "\w+" at byte \d+: [^:;]+; capture it again$/);
    expect(error).toContain(where);
    expect(error).toContain(message);
  });
});

describe('other failures', () => {
  it('are passed on as they are', async () => {
    const failure = new Error('disk on fire');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"snapshot"');
      throw failure;
    }
    await expect(readSnapshot(broken(), { name: 'x' })).rejects.toBe(failure);
  });

  it('keeps what failed first as the cause', async () => {
    const error = await errorOf(Buffer.from('[]'));
    expect(error.cause).toBeInstanceOf(Error);
  });
});
