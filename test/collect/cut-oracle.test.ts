import { describe, expect, it } from 'vitest';
import { cutReferences } from '../../src/collect/collect-cut.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseCut } from '../../src/question/cut-rule.js';
import { caseCount, seeds } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureBytes, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { keepsTarget, type RawEdge, type RawHeap, readRawHeap } from '../support/raw-heap.js';
import { reached, realmsOf, slowFreed } from '../support/slow-reach.js';
import { type Random, seededRandom } from './seeded-random.js';

const FILE = '/srv/app/m';

/**
 * Ten objects, modules of both kinds, with or without a loader that has them, and `vm` contexts,
 * connected at random.
 */
function randomProgram(random: Random) {
  const heap = new HeapBuilder();
  const handles = heap.rootGroup('(Global handles)');
  const native = heap.node('hidden', 'system / NativeContext');
  heap.edge(native, 'internal', 'extension', heap.global);
  heap.edge(handles, 'internal', '1', native);
  const objects = Array.from({ length: 10 }, (_, i) =>
    heap.node('object', `N${i}`, { size: 8 + i }),
  );
  const pick = () => objects[random(objects.length)] as NodeOrdinal;
  const owners = [heap.global, ...objects];
  const ends = [...objects];
  const [loader, cache] = [heap.closure('Module'), heap.node('object', 'Object')];
  heap.edge(heap.global, 'property', 'Module', loader).edge(loader, 'property', '_cache', cache);
  owners.push(cache, loader);
  for (let i = random(4); i > 0; i--) {
    const module = heap.node('object', 'Module', { size: 100 });
    const scope = heap.context({ x: pick(), module }, native);
    const f = heap.closure('f', { context: scope, file: `${FILE}${i}.js`, size: 32 });
    heap.edge(module, 'property', 'filename', heap.node('string', `${FILE}${i}.js`));
    heap.edge(pick(), 'property', `f${i}`, f).edge(pick(), 'property', `module${i}`, module);
    if (random(2) === 0) heap.edge(cache, 'property', `${FILE}${i}.js`, module);
    ends.push(module);
    owners.push(module);
  }
  for (let i = random(3); i > 0; i--) {
    const record = heap.node('hidden', 'system / SourceTextModule');
    const wrap = heap.node('object', 'ModuleWrap', { size: 50 });
    const scope = heap.context({ x: pick() }, native);
    heap.edge(scope, 'internal', 'extension', record).edge(record, 'hidden', 4, scope);
    heap.edge(wrap, 'hidden', 0, record);
    heap.closure('g', { context: scope, file: `${FILE}${i}.mjs` });
    heap.edge(random(2) === 0 ? handles : pick(), 'internal', `w${i}`, wrap);
  }
  for (let i = random(3); i > 0; i--) {
    const context = heap.node('hidden', 'system / NativeContext', { size: 200 });
    const [global, box] = [heap.node('object', 'Object'), heap.node('object', 'Object')];
    const data = heap.node('hidden', 'system / EmbedderDataArray');
    heap
      .edge(context, 'internal', 'extension', global)
      .edge(context, 'internal', 'embedder_data', data);
    heap.edge(data, 'hidden', 32, box).edge(box, 'internal', 'native_context', context);
    heap.edge(handles, random(3) === 0 ? 'internal' : 'weak', `c${i}`, context);
    heap.edge(global, 'property', 'plugin', pick()).edge(pick(), 'property', 'box', box);
    ends.push(global);
  }
  const end = () => ends[random(ends.length)] as NodeOrdinal;
  for (let i = 0; i < 12; i++) {
    const owner = owners[random(owners.length)] as NodeOrdinal;
    heap.edge(owner, random(8) === 0 ? 'weak' : 'property', `p${i}`, end());
  }
  return heap;
}

/**
 * All references that a cut between two objects removes: also those to other names of a realm, and
 * the identical slots of the holder's own stores.
 */
function alike(heap: RawHeap, { from, to }: RawEdge): ReadonlySet<RawEdge> {
  const realm = realmsOf(heap).find(({ aliases }) => aliases.includes(to));
  const targets = realm?.aliases ?? [to];
  const stores = from.out
    .filter(({ type, name }) => type === 'internal' && /^(properties|elements)$/.test(name))
    .map((edge) => edge.to);
  // a global object has a cell for each property
  const cells = stores
    .flatMap(({ out }) => out.map((edge) => edge.to))
    .filter(({ name }) => name === 'system / PropertyCell');
  const edges = [from, ...stores, ...cells].flatMap(({ out }) => out);
  return new Set(edges.filter((edge) => targets.includes(edge.to)));
}

/** The result of the slow search for a cut, and that of `--cut`. */
function both(heap: RawHeap, view: Parameters<typeof cutReferences>[0], edge: RawEdge) {
  const to = realmsOf(heap).find(({ aliases }) => aliases.includes(edge.to))?.aliases[0] ?? edge.to;
  const text = `@${edge.from.id}->@${to.id}`;
  const { answer } = cutReferences(view, [parseCut(text)]);
  return {
    expected: { text, ...slowFreed(heap, alike(heap, edge)) },
    found: { text, ...answer.freed },
  };
}

describe('--cut frees what a slow search no longer reaches', () => {
  it.each(seeds(400))('in a program of modules and realms, number %i', (seed) => {
    const random = seededRandom(seed);
    const built = randomProgram(random);
    const heap = readRawHeap(built.bytes());
    const view = buildHeapView(built.facts(), new FrameIndex([]));
    // an unreachable object is not drawn as a holder
    const alive = reached(heap, new Set());
    const isWritten = ({ type, from, to }: RawEdge) =>
      type === 'property' &&
      alive.has(from) &&
      from !== to &&
      /^(N\d|Module|global|Object)$/.test(from.name);
    const edges = heap.nodes.flatMap(({ out }) => out.filter(isWritten));
    for (let i = 0; i < 4; i++) {
      const { expected, found } = both(heap, view, edges[random(edges.length)] as RawEdge);
      expect(found).toEqual(expected);
    }
  });

  it.each(FIXTURE_NAMES)('in the heap of %s', async (name) => {
    const heap = readRawHeap(fixtureBytes(name));
    const view = buildHeapView(await fixtureFacts(name), new FrameIndex([]));
    const alive = reached(heap, new Set());
    const isWritten = (edge: RawEdge) =>
      alive.has(edge.from) &&
      edge.type === 'property' &&
      edge.name !== '__proto__' &&
      edge.from.type === 'object' &&
      edge.to.type === 'object' &&
      keepsTarget(heap, edge);
    const edges = heap.nodes.flatMap(({ out }) => out.filter(isWritten));
    const random = seededRandom(edges.length);
    const answers = Array.from({ length: caseCount(20) }, () =>
      both(heap, view, edges[random(edges.length)] as RawEdge),
    );
    expect(answers.map(({ found }) => found)).toEqual(answers.map(({ expected }) => expected));
  });
});
