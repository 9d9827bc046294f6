import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readHeap } from '../../src/answer/load-heap.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { openHeap } from '../../src/program/open-heap.js';
import { parsePattern } from '../../src/question/pattern.js';
import type { LiveFacts, OpenedSource } from '../../src/source/opened-source.js';
import { HeapBuilder, inChunks } from '../support/heap-builder.js';

function fixturePath(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

function source(heap: HeapBuilder, live: LiveFacts | null = null): OpenedSource {
  const kind = live === null ? 'snapshot' : 'script';
  const bytes = inChunks(heap.bytes(), 100);
  return { kind, name: 'tiny', bytes, live, close: async () => undefined };
}

const load = async (opened: OpenedSource) => (await readHeap(opened, PLAIN_WORK)).heap;

/** global ──.list──> Array ──[0] … [24]──> 25 Foos */
function foos(): HeapBuilder {
  const heap = new HeapBuilder();
  const list = heap.node('object', 'Array');
  heap.edge(heap.global, 'property', 'list', list);
  for (let i = 0; i < 25; i++) heap.edge(list, 'element', i, heap.node('object', 'Foo'));
  return heap;
}

describe('a heap from a file', () => {
  it('answers any number of questions', async () => {
    const heap = await openHeap(fixturePath('node-20/internals.heapsnapshot.gz'));
    expect([heap.nodeCount, heap.edgeCount]).toEqual([41_140, 185_022]);
    const { subgraph, notes } = heap.backrefs('reference1.target');
    expect(notes).toEqual([]);
    expect(subgraph.nodes.map(({ name, role }) => [name, role])).toEqual([
      ['SharedTarget', 'target'],
      ['Object', 'holder'],
      ['Object', 'holder'],
      ['Object', 'holder'],
      ['globalThis', 'root'],
    ]);
    expect(subgraph.source).toEqual({
      kind: 'snapshot',
      producer: heap.producer,
      nodeCount: 41_140,
      edgeCount: 185_022,
    });
    expect(heap.backrefs(['class:OnlyInMap', 'class:OnlyInSet']).subgraph.targets).toHaveLength(2);
    expect(heap.backrefs('reference1.target')).toEqual({ subgraph, notes });
  });

  it('passes errors of the file and of the target on', async () => {
    await expect(openHeap(fixturePath('nowhere.heapsnapshot'))).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    });
    const heap = await load(source(foos()));
    expect(() => heap.backrefs('@999')).toThrow('Nothing in the heap matches "@999"');
    expect(() => heap.backrefs('Foo')).toThrow('"Foo" matches 25 objects');
    expect(() => heap.backrefs('')).toThrow('target is empty');
  });
});

describe('notes beside the picture', () => {
  it('say how many matches are left out', async () => {
    const heap = await load(source(foos()));
    const { subgraph, notes } = heap.backrefs('class:Foo', { group: false });
    expect(subgraph.targets).toHaveLength(20);
    expect(notes).toEqual(['20 of 25 matching objects are drawn; choose with nth or largest.']);
    expect(heap.backrefs('Foo', { all: true, group: false }).notes).toHaveLength(1);
    expect(heap.backrefs('class:Foo', { nth: 25 }).notes).toEqual([]);
  });

  it('say that nothing holds a target', async () => {
    const builder = new HeapBuilder();
    builder.node('object', 'Foo');
    const heap = await load(source(builder));
    expect(heap.backrefs('class:Foo').notes).toEqual([
      'No holder of Foo @3 is recorded in this heap.',
    ]);
  });
});

describe('options', () => {
  it('are the defaults where they are not given', async () => {
    const heap = await load(source(foos()));
    const { subgraph } = heap.backrefs('class:Foo', { nth: 1 });
    expect(subgraph.edges.map(({ label }) => label)).toEqual(['[0]', '.list']);
    expect(subgraph.nodes.map(({ retainedSize }) => retainedSize)).toEqual([null, null, null]);
  });

  it('reach the walk', async () => {
    const heap = await load(source(foos()));
    const hide = [parsePattern('list')];
    const { subgraph } = heap.backrefs('class:Foo', { nth: 1, retained: true, hide });
    expect(subgraph.nodes.map(({ label, retainedSize }) => [label, retainedSize])).toEqual([
      ['Foo @7', 0],
      ['Array @3', 0],
      ['1 hidden by hide: 1 globalThis', null],
    ]);
  });
});

describe('a heap of a live program', () => {
  const live = (facts: Partial<LiveFacts>): LiveFacts => ({
    producer: 'Node.js v1.2.3',
    frames: [],
    evaluated: [],
    ...facts,
  });

  it('names locals of the paused frames, and the given producer', async () => {
    const builder = foos();
    const frames = [
      {
        functionName: 'main',
        isTopLevel: false,
        scriptId: 1,
        url: 'file:///srv/app.js',
        line: 7,
        column: 3,
        locals: [
          { name: 'list', nodeId: 3 },
          { name: 'gone', nodeId: 1_000_001 },
        ],
      },
    ];
    const heap = await load(source(builder, live({ frames })));
    const { subgraph } = heap.backrefs('list');
    expect(subgraph.source).toMatchObject({ kind: 'script', producer: 'Node.js v1.2.3' });
    expect(subgraph.nodes.map(({ label }) => label)).toEqual([
      'Array @3',
      'main() app.js:7',
      'globalThis',
    ]);
    expect(subgraph.edges.map(({ label }) => label)).toEqual(['local list in main()', '.list']);
  });

  it('takes the program’s own answer to an expression', async () => {
    const evaluated = [{ expression: 'last()', kind: 'object', nodeId: 53 }] as const;
    const heap = await load(source(foos(), live({ evaluated })));
    expect(heap.backrefs('last()').subgraph.targets).toEqual(['@53']);
  });

  it('reports its progress in bytes', async () => {
    const builder = foos();
    const seen: number[] = [];
    const reading = (bytes: number) => seen.push(bytes);
    const progress = { ...PLAIN_WORK.progress, reading };
    await readHeap(source(builder), { ...PLAIN_WORK, progress });
    expect(seen.at(-1)).toBe(builder.bytes().length);
    expect(seen).toHaveLength(Math.ceil(builder.bytes().length / 100));
  });
});

describe('the numbers of a heap', () => {
  it('are those of its classes', async () => {
    const heap = await openHeap(fixturePath('node-26/scenarios.heapsnapshot.gz'));
    const types = heap.types();
    expect(types[0]?.retainedSize).toBeGreaterThan(types.at(-1)?.retainedSize ?? 0);
    expect(heap.count('OnlyInMap')).toBe(1);
    expect(heap.count('Function')).toBe(types.find(({ name }) => name === 'Function')?.count);
    expect(heap.count('NoSuchClass')).toBe(0);
    expect(heap.duplicateStrings()[0]?.wasted).toBeGreaterThan(0);
    expect(heap.info()).toMatchObject({ nodeCount: heap.nodeCount, edgeCount: heap.edgeCount });
  });

  it('are compared with the kept data of an earlier heap', async () => {
    const earlier = await openHeap(fixturePath('node-24/scenarios.heapsnapshot.gz'));
    const later = await openHeap(fixturePath('node-26/scenarios.heapsnapshot.gz'));
    const { byId, types } = later.growth(earlier.census());
    expect(byId).toBe(false);
    const functions = types.find(({ name }) => name === 'Function');
    expect(functions?.delta).toBe(later.count('Function') - earlier.count('Function'));
    expect(later.growth(later.census())).toEqual({ byId: true, types: [] });
  });
});
