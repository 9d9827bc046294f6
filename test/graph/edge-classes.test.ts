import { describe, expect, it } from 'vitest';
import { EdgeClass } from '../../src/graph/edge-class.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { FIXTURE_NAMES, type FixtureName, fixtureFacts } from '../support/fixtures.js';
import { type EdgeType, HeapBuilder, nodeNamed } from '../support/heap-builder.js';

/** The class bits by name, in the order of `EdgeClass`; whether dominators count it has its own tests. */
function words(bits: number | undefined): string {
  const shown = (bits ?? 0) & ~EdgeClass.ESSENTIAL;
  const names = Object.entries(EdgeClass).filter(([, bit]) => (shown & bit) !== 0);
  return names.map(([name]) => name.toLowerCase()).join(' ');
}

/** The class of the only edge between two nodes of these types and names. */
function classOf(
  owner: readonly [type: string, name: string],
  edge: readonly [type: EdgeType, name: string | number],
  style = {},
): string {
  const heap = new HeapBuilder();
  const from = heap.node(...owner);
  heap.edge(from, ...edge, heap.node('object', 'Target'));
  // marks of a file written by Bun, in addition to its style
  heap.node('object shape', 'Structure');
  return words(heap.graph(style).edgeClasses[0]);
}

const OBJECT = ['object', 'Foo'] as const;
const PAIR = 'part of key (Key @1) -> value (Value @2) pair in WeakMap (table @3)';

describe('the meaning of an edge', () => {
  it.each<readonly [EdgeType, string | number, string]>([
    ['context', 'x', 'retaining counted'],
    ['element', 7, 'retaining counted'],
    ['property', 'a', 'retaining counted'],
    ['internal', 'elements', 'retaining counted'],
    ['hidden', 3, 'retaining counted'],
    ['weak', 'target', ''],
    ['shortcut', 'bound_this', 'counted'],
    ['a type of the future', 'x', 'retaining counted'],
  ])('of type %s', (type, name, expected) => {
    expect(classOf(OBJECT, [type, name])).toBe(expected);
  });

  it('a shortcut of the root retains', () => {
    const heap = new HeapBuilder();
    expect(heap.global).toBe(1);
    expect(words(heap.graph().edgeClasses[0])).toBe('retaining counted');
  });

  it('an object that points to itself does not hold itself', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(foo, 'property', 'self', foo);
    expect(words(heap.graph().edgeClasses[0])).toBe('counted');
  });

  it.each([
    ['(Internalized strings)', 'counted'],
    ['(External strings)', 'counted'],
    ['(Strong roots)', 'retaining counted'],
    ['(GC roots)', 'retaining counted'],
  ])('from %s', (name, expected) => {
    expect(classOf(['synthetic', name], ['internal', '12'])).toBe(expected);
    expect(classOf(['synthetic', name], ['element', 12])).toBe(expected);
  });

  it('a node that only has the name of a string table is not one', () => {
    expect(classOf(['object', '(Internalized strings)'], ['internal', '1'])).toBe(
      'retaining counted',
    );
  });
});

describe('handles of the debugger’s console', () => {
  it.each([
    ['48 / DevTools console', 'retaining console counted'],
    ['48 / DevTools console / x', 'retaining counted'],
    ['48', 'retaining counted'],
    ['DevTools console', 'retaining counted'],
  ])('%s', (name, expected) => {
    expect(classOf(['synthetic', '(Global handles)'], ['internal', name])).toBe(expected);
  });

  it('a property of that name is an ordinary one', () => {
    expect(classOf(OBJECT, ['property', '48 / DevTools console'])).toBe('retaining counted');
    expect(classOf(OBJECT, ['internal', '48 / DevTools console'])).toBe('retaining counted');
  });
});

describe('entries of a WeakMap', () => {
  it('both halves are recognised, and which one leaves the table', () => {
    expect(classOf(OBJECT, ['internal', `4 / ${PAIR}`])).toBe('retaining ephemeron counted');
    expect(classOf(['array', ''], ['internal', `3 / ${PAIR}`])).toBe(
      'retaining ephemeron counted table_half',
    );
  });

  it('the key’s half of old V8 is an ordinary edge, for there is no other half', () => {
    expect(classOf(OBJECT, ['internal', '3 / key Key in WeakMap'])).toBe('retaining counted');
  });

  it('a property of such a name is an ordinary one', () => {
    expect(classOf(OBJECT, ['property', `4 / ${PAIR}`])).toBe('retaining counted');
  });

  it.each<[FixtureName, number]>([
    ['node-12', 0],
    ['node-18', 2],
    ['node-20', 2],
    ['node-22', 2],
    ['node-24', 2],
    ['node-26', 2],
    ['deno-2.9', 2],
    ['chromium-127', 2],
    ['bun-1.4', 0],
  ])('the value in the WeakMap of %s has %i halves', async (name, count) => {
    const { graph } = await fixtureFacts(name);
    const value = nodeNamed(graph, 'ValueClass', 'object');
    const halves = [...graph.retainersOf(value)]
      .filter((e) => ((graph.edgeClasses[e] ?? 0) & EdgeClass.EPHEMERON) !== 0)
      .map((e) => graph.typeNameOf(graph.ownerOf(e as EdgeOrdinal)));
    expect(halves.sort()).toEqual(count === 0 ? [] : ['array', 'object']);
  });
});

describe('the engine’s bookkeeping', () => {
  it.each<[string, string]>([
    ['code', 'anything'],
    ['object shape', 'anything'],
    ['hidden', 'system / Map'],
    ['native', 'system / Map'],
    ['hidden', 'system / Map (HeapNumber)'],
    ['native', 'system / ScopeInfo'],
    ['hidden', 'system / FeedbackCell'],
    ['array', '(map descriptors)'],
    ['hidden', 'system / Oddball'],
  ])('%s "%s" is', (type, name) => {
    expect(classOf([type, name], ['internal', 'x'])).toBe('retaining engine counted');
  });

  it.each<[string, string]>([
    ['object', 'system / Context'],
    ['hidden', 'system / PropertyCell'],
    ['native', 'system / NativeContext'],
    ['array', '(object elements)'],
    ['object', 'system / Map'],
    ['native', '<div>'],
    ['synthetic', 'system / Map'],
  ])('%s "%s" is not', (type, name) => {
    expect(classOf([type, name], ['internal', 'x'])).toBe('retaining counted');
  });

  it('is recognised by the edges that a node owns', () => {
    const heap = new HeapBuilder();
    const shape = heap.node('object shape', 'system / Map');
    const foo = heap.node('object', 'Foo');
    const bare = heap.node('object shape', 'system / Map');
    heap.edge(shape, 'weak', 'transition', foo).edge(shape, 'internal', 'prototype', foo);
    heap.edge(foo, 'internal', 'map', shape);
    const graph = heap.graph();
    expect([shape, foo, bare].map((node) => graph.isEngineOwned(node))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a WeakRef', () => {
  it('of Bun’s does not hold, though its edge looks strong', () => {
    const weakRef = ['object', 'WeakRef'] as const;
    expect(classOf(weakRef, ['internal', ''], { whitespace: 'bun' })).toBe('counted');
    expect(classOf(OBJECT, ['internal', ''], { whitespace: 'bun' })).toBe('retaining counted');
    expect(classOf(weakRef, ['property', 'mine'], { whitespace: 'bun' })).toBe('retaining counted');
  });

  it('of V8’s does, except for its edges of type weak', () => {
    expect(classOf(['object', 'WeakRef'], ['property', 'mine'])).toBe('retaining counted');
    expect(classOf(['object', 'WeakRef'], ['weak', 'target'])).toBe('');
  });

  it.each(['node-18', 'node-26', 'deno-2.9', 'chromium-127'] as const)(
    'in %s does not hold its target',
    async (name) => {
      const { graph } = await fixtureFacts(name);
      const target = nodeNamed(graph, 'WeakTarget', 'object');
      const holders = [...graph.retainersOf(target)].filter((e) =>
        graph.isRetaining(e as EdgeOrdinal),
      );
      const names = holders.map((e) => graph.nameOf(graph.ownerOf(e as EdgeOrdinal)));
      expect(names).not.toContain('WeakRef');
      const all = [...graph.retainersOf(target)].map((e) => graph.ownerOf(e as EdgeOrdinal));
      expect(all.map((owner) => graph.nameOf(owner))).toContain('WeakRef');
    },
  );
});

describe('what counts for dominators', () => {
  const isEssential = (bits: number | undefined) => ((bits ?? 0) & EdgeClass.ESSENTIAL) !== 0;

  it.each<readonly [EdgeType, string | number, boolean]>([
    ['property', 'a', true],
    ['hidden', 3, true],
    ['weak', 'target', false],
    ['shortcut', 'bound_this', false],
    ['internal', `4 / ${PAIR}`, true],
  ])('of type %s, "%s": %s', (type, name, expected) => {
    const heap = new HeapBuilder();
    const from = heap.node(...OBJECT);
    heap.edge(from, type, name, heap.node('object', 'Target'));
    expect(isEssential(heap.graph().edgeClasses[0])).toBe(expected);
  });

  it('handles of a console, interned strings, and shortcuts of the root, but no edge to oneself', () => {
    const heap = new HeapBuilder();
    expect(heap.global).toBe(1);
    const foo = heap.node(...OBJECT);
    const handles = heap.node('synthetic', '(Global handles)');
    const strings = heap.node('synthetic', '(Internalized strings)');
    heap.edge(foo, 'property', 'self', foo);
    heap.edge(handles, 'internal', '48 / DevTools console', foo);
    heap.edge(strings, 'internal', '1', foo);
    const classes = [...heap.graph().edgeClasses];
    expect(classes.map(isEssential)).toEqual([true, false, true, true]);
  });

  it('the key’s half of a WeakMap entry, not the table’s', () => {
    const heap = new HeapBuilder();
    const [table, value] = [heap.node('array', ''), heap.node(...OBJECT)];
    heap.edge(table, 'internal', `3 / ${PAIR}`, value);
    expect(isEssential(heap.graph().edgeClasses[0])).toBe(false);
  });
});

describe('in every real heap', () => {
  it.each(FIXTURE_NAMES)('%s has classes that follow from type and owner', async (name) => {
    const { graph } = await fixtureFacts(name);
    const wrong: string[] = [];
    for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
      for (let e = graph.firstEdge(n); e < graph.endEdge(n); e++) {
        const type = graph.edgeTypeNameOf(e as EdgeOrdinal);
        const isRetaining = graph.isRetaining(e as EdgeOrdinal);
        const isSelf = graph.targetOf(e as EdgeOrdinal) === n;
        const mayHold = type !== 'weak' && !isSelf && (type !== 'shortcut' || n === graph.root);
        if (isRetaining && !mayHold) wrong.push(`${e} retains`);
        if (type === 'weak' && graph.edgeClasses[e] !== 0) wrong.push(`${e} is weak`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
