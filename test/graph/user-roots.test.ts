import { describe, expect, it } from 'vitest';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { findGlobals, findNativeContexts, findUserRoots } from '../../src/graph/user-roots.js';
import { type FixtureName, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';

function show(graph: HeapGraph, node: NodeOrdinal): string {
  return `${graph.typeNameOf(node)} ${graph.nameOf(node)} @${graph.idOf(node)}`;
}

describe('the layouts of engines', () => {
  it('Node to 24: a shortcut of the root to the global, which a context points to as well', () => {
    // root ──(shortcut)──> global @3 <──extension── NativeContext ──global_proxy_object──> proxy @7
    const heap = new HeapBuilder();
    const global = heap.global;
    const context = heap.node('hidden', 'system / NativeContext');
    const proxy = heap.node('object', 'global');
    heap.edge(context, 'internal', 'extension', global);
    heap.edge(context, 'internal', 'security_token', global);
    heap.edge(context, 'internal', 'global_proxy_object', proxy);
    const graph = heap.graph();
    expect(findUserRoots(graph)).toEqual([global]);
    expect(findGlobals(graph)).toEqual([
      { object: global, aliases: [global, proxy], sandbox: null, contexts: [context] },
    ]);
  });

  it('Node 26: a shortcut of the root to the context', () => {
    // root ──(shortcut)──> NativeContext ──global_object──> global (global*)
    const heap = new HeapBuilder();
    const context = heap.node('hidden', 'system / NativeContext');
    const global = heap.node('object', 'global (global*)');
    const proxy = heap.node('object', 'global (global)');
    heap.edge(heap.root, 'shortcut', '2', context);
    heap.edge(context, 'internal', 'global_object', global);
    heap.edge(context, 'internal', 'global_proxy_object', proxy);
    const graph = heap.graph();
    expect(findUserRoots(graph)).toEqual([context]);
    expect(findGlobals(graph)).toEqual([
      { object: global, aliases: [global, proxy], sandbox: null, contexts: [context] },
    ]);
  });

  it('Chromium: one context per realm, and no user root', () => {
    // (GC roots) → two contexts, the first with an origin in its name
    const heap = new HeapBuilder();
    const contexts = ['system / NativeContext / file://', 'system / NativeContext'].map((name) =>
      heap.node('native', name),
    );
    const windows = contexts.map((context) => {
      const window = heap.node('object', 'Window [JSGlobalObject] / file://');
      const proxy = heap.node('native', 'Window / file://');
      heap.edge(heap.gcRoots, 'element', context, context);
      heap.edge(context, 'internal', 'global_object', window);
      heap.edge(context, 'internal', 'global_proxy_object', proxy);
      return { object: window, aliases: [window, proxy], sandbox: null, contexts: [context] };
    });
    const graph = heap.graph();
    expect(findUserRoots(graph)).toEqual([]);
    expect(findNativeContexts(graph)).toEqual(contexts);
    expect(findGlobals(graph)).toEqual(windows);
  });

  it('two contexts of one global make one global with two proxies', () => {
    const heap = new HeapBuilder();
    const global = heap.node('object', 'global');
    const contexts: NodeOrdinal[] = [];
    const proxies = [0, 1].map(() => {
      const context = heap.node('hidden', 'system / NativeContext');
      contexts.push(context);
      const proxy = heap.node('object', 'global');
      heap.edge(context, 'internal', 'extension', global);
      heap.edge(context, 'internal', 'global_proxy_object', proxy);
      return proxy;
    });
    expect(findGlobals(heap.graph())).toEqual([
      { object: global, aliases: [global, ...proxies], sandbox: null, contexts },
    ]);
  });

  it('a shortcut to the proxy of a known global does not make a second global', () => {
    const heap = new HeapBuilder();
    const context = heap.node('hidden', 'system / NativeContext');
    const [object, proxy] = [heap.node('object', 'global'), heap.node('object', 'global')];
    heap.edge(heap.root, 'shortcut', '2', proxy);
    heap.edge(context, 'internal', 'extension', object);
    heap.edge(context, 'internal', 'global_proxy_object', proxy);
    expect(findGlobals(heap.graph())).toEqual([
      { object, aliases: [object, proxy], sandbox: null, contexts: [context] },
    ]);
  });

  it('Bun: a shortcut of the root without a name, and no context', () => {
    const heap = new HeapBuilder();
    heap.node('object shape', 'Structure');
    const global = heap.node('object', 'GlobalObject');
    heap.edge(heap.root, 'shortcut', '', global);
    const graph = heap.graph({ whitespace: 'bun' });
    expect(findGlobals(graph)).toEqual([
      { object: global, aliases: [global], sandbox: null, contexts: [] },
    ]);
  });

  it('a vm context of Node: the object passed to createContext is the global, too', () => {
    // NativeContext ──extension──> Object, ──embedder_data──> EmbedderDataArray ──32──> Object (box)
    const heap = new HeapBuilder();
    const context = heap.node('hidden', 'system / NativeContext');
    const [global, box] = [heap.node('object', 'Object'), heap.node('object', 'Object')];
    const data = heap.node('hidden', 'system / EmbedderDataArray');
    heap.edge(context, 'internal', 'extension', global);
    heap.edge(context, 'internal', 'embedder_data', data).edge(data, 'hidden', 32, box);
    expect(findGlobals(heap.graph())).toEqual([
      { object: global, aliases: [global, box], sandbox: box, contexts: [context] },
    ]);
  });

  it('a text that begins like a context’s name is not a context', () => {
    const heap = new HeapBuilder();
    heap.node('string', 'system / NativeContext');
    heap.node('object', 'system / NativeContext');
    expect(findNativeContexts(heap.graph())).toEqual([]);
  });

  it('an empty heap has no global', () => {
    expect(findGlobals(new HeapBuilder().graph())).toEqual([]);
  });
});

/** The user root and the global with its aliases in each real heap. */
const REAL: Readonly<Record<FixtureName, readonly [roots: string[], globals: string[][]]>> = {
  'node-12': [['object global @1287'], [['object global @1287', 'object global @1225']]],
  'node-18': [['object global @5713'], [['object global @5713', 'object global @1593']]],
  'node-20': [[], [['object global @41955', 'object global @1679']]],
  'node-22': [['object global /  @55555'], [['object global /  @55555', 'object global @49549']]],
  'node-24': [['object global @7067'], [['object global @7067', 'object global @7165']]],
  'node-26': [
    ['hidden system / NativeContext @7167'],
    [['object global (global*) @68637', 'object global (global) @7269']],
  ],
  'deno-2.9': [
    [],
    [['object Window [JSGlobalObject] @82585', 'object Window [JSGlobalProxy] @7757']],
  ],
  'chromium-127': [
    ['object Window / http://localhost:18766 @6401'],
    [['object Window / http://localhost:18766 @6401', 'native Window @13073']],
  ],
  'chromium-156': [
    [],
    [
      [
        'object Window [JSGlobalObject] / http://localhost:18765 @33425',
        'native Window / http://localhost:18765 @33423',
      ],
      // a second realm, of no page
      ['object Object [JSGlobalObject] @33465', 'object Object [JSGlobalProxy] @33463'],
    ],
  ],
  'bun-1.4': [['object GlobalObject @292'], [['object GlobalObject @292']]],
};

describe.each(Object.entries(REAL))('%s', async (name, [roots, globals]) => {
  const facts = await fixtureFacts(name as FixtureName);
  const { graph } = facts;

  it('has the user root and global that its engine writes', () => {
    expect(findUserRoots(graph).map((node) => show(graph, node))).toEqual(roots);
    expect(facts.globals.map(({ aliases }) => aliases.map((node) => show(graph, node)))).toEqual(
      globals,
    );
  });

  it('finds the global by each node that stands for it, and by no other', () => {
    for (const global of facts.globals) {
      for (const alias of global.aliases) expect(facts.globalOf(alias)).toBe(global);
    }
    expect(facts.globalOf(graph.root)).toBeNull();
  });
});
