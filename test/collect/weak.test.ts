import { describe, expect, it } from 'vitest';
import type { Heap } from '../../src/answer/heap.js';
import { fixtureFile } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { heapOf } from '../support/heap-of.js';
import { pictureLines } from './picture-lines.js';

/** The fields of a WeakCell and a WeakRef as a version of V8 writes them. */
interface Writing {
  readonly cell: string;
  readonly target: readonly ['weak' | 'hidden', string | number];
  readonly token: readonly ['weak' | 'hidden', string | number];
  readonly holdings: number;
  readonly ofWeakRef: readonly ['weak' | 'hidden', string | number];
}

const LATER: Writing = {
  cell: 'system / WeakCell',
  target: ['weak', 'target'],
  token: ['weak', 'unregister_token'],
  holdings: 1,
  ofWeakRef: ['weak', 'target'],
};
const NUMBERED = { target: ['hidden', 1], token: ['hidden', 2], holdings: 3 } as const;
const VERSIONS: readonly (readonly [string, Writing])[] = [
  ['14', { ...NUMBERED, cell: 'system', ofWeakRef: ['hidden', 0] }],
  ['16', { ...NUMBERED, cell: 'system / WeakCell', ofWeakRef: ['hidden', 2] }],
  ['18 to 26', LATER],
];

/** globalThis ──.registry──> FinalizationRegistry ──> cell ──> Target, Token, Record;   .ref ──> WeakRef ──> Target */
function registryHeap({ cell: name, target, token, holdings, ofWeakRef }: Writing): HeapBuilder {
  const heap = new HeapBuilder();
  const [registry, ref] = [
    heap.node('object', 'FinalizationRegistry'),
    heap.node('object', 'WeakRef'),
  ];
  const cell = heap.node('hidden', name);
  heap.edge(heap.global, 'property', 'registry', registry);
  heap.edge(heap.global, 'property', 'ref', ref);
  heap.edge(registry, 'hidden', 5, cell).edge(cell, 'hidden', 0, registry);
  const watched = heap.node('object', 'Target');
  heap.edge(cell, ...target, watched).edge(ref, ...ofWeakRef, watched);
  heap.edge(cell, ...token, heap.node('object', 'Token'));
  heap.edge(cell, 'hidden', holdings, heap.node('object', 'Record'));
  return heap;
}

function holders(heap: Heap, target: string): readonly string[] {
  const { subgraph } = heap.backrefs(target, { weak: true, depth: 1 });
  return pictureLines(subgraph).filter((line) => line.endsWith(target.replace('class:', ' ')));
}

describe.each(VERSIONS)('with --weak, as Node.js %s writes it', (_, writing) => {
  it('a FinalizationRegistry has its target and token weakly, and only the held value strongly', async () => {
    const heap = await heapOf(registryHeap(writing).bytes());
    expect(holders(heap, 'class:Target')).toEqual([
      'FinalizationRegistry ~weak target~> Target',
      'WeakRef ~weak target~> Target',
    ]);
    expect(holders(heap, 'class:Token')).toEqual([
      'FinalizationRegistry ~weak unregister token~> Token',
    ]);
    expect(holders(heap, 'class:Record')).toEqual(['FinalizationRegistry -held value-> Record']);
  });

  it('refs shows the same from the other end', async () => {
    const heap = await heapOf(registryHeap(writing).bytes());
    const { subgraph } = heap.refs('class:FinalizationRegistry', { weak: true, depth: 1 });
    expect(pictureLines(subgraph)).toEqual([
      'FinalizationRegistry -held value-> Record',
      'FinalizationRegistry ~weak target~> Target',
      'FinalizationRegistry ~weak unregister token~> Token',
    ]);
  });

  it('an object that only a WeakRef refers to is only held weakly', async () => {
    const heap = await heapOf(registryHeap(writing).bytes());
    const { subgraph } = heap.backrefs('class:Target');
    expect(subgraph.nodes[0]?.state).toBe('only-weak');
  });
});

it.each([
  ['node-18/scenarios', 'WeakTarget'],
  ['node-20/catalogue', 'RegistryTarget'],
  ['node-24/scenarios', 'WeakTarget'],
  ['node-24/catalogue', 'RegistryTarget'],
  ['node-26/scenarios', 'WeakTarget'],
  ['node-26/catalogue', 'RegistryTarget'],
])('in the heap %s a FinalizationRegistry has its weak target', async (file, target) => {
  const heap = await heapOf(fixtureFile(`${file}.heapsnapshot.gz`));
  expect(holders(heap, `class:${target}`)).toContain(
    `FinalizationRegistry ~weak target~> ${target}`,
  );
});
