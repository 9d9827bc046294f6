import { describe, expect, it } from 'vitest';
import { Scripts } from '../../src/engine/code/scripts.js';
import { FIXTURES, fixtureFacts, V8_SCENARIOS } from '../support/fixtures.js';
import { edgeFrom, HeapBuilder, nodeNamed } from '../support/heap-builder.js';

/** Where functions and classes of programs/scenarios.js are defined, as line:column. */
const DEFINED: readonly (readonly [name: string, place: string])[] = [
  ['myFunction', '57:22'],
  ['inner', '80:92'],
  ['usesNothing', '84:132'],
  ['onEvent', '90:95'],
];

describe.each(V8_SCENARIOS)('%s', async (fixture) => {
  const { graph, scripts } = await fixtureFacts(fixture);

  it.each(DEFINED)('knows where the function %s is written: %s', (name, where) => {
    const place = scripts.placeOf(nodeNamed(graph, name, 'closure'));
    expect(place?.file).toMatch(/^(\/|\w+:\/\/).*\/scenarios\.js$/);
    expect(`${place?.line}:${place?.column}`).toBe(where);
  });

  it('knows where the class of an instance is written', () => {
    // an instance has a script number only; the name comes from a function of that script
    const place = scripts.placeOf(nodeNamed(graph, 'XPair', 'object'));
    expect(place?.file).toMatch(/\/scenarios\.js$/);
    expect(place?.line).toBe(13);
  });

  it('names functions by their shared function info', () => {
    const shared = scripts.sharedOf(nodeNamed(graph, 'usesNothing', 'closure'));
    expect(shared).not.toBeNull();
    expect(shared === null ? '' : scripts.functionNameOf(shared)).toBe('usesNothing');
  });
});

it('Bun records no places', async () => {
  expect(FIXTURES['bun-1.4']).toContain('bun');
  const { graph, scripts } = await fixtureFacts('bun-1.4');
  expect(scripts.placeOf(nodeNamed(graph, 'usesNothing', 'closure'))).toBeNull();
});

describe('the script of a function', () => {
  /** closure ──shared──> shared function info ──`field`──> code "…" */
  const fileOf = (field: string, type: string, name: string) => {
    const heap = new HeapBuilder();
    const [closure, shared] = [heap.node('closure', 'f'), heap.node('code', 'f')];
    heap.edge(closure, 'internal', 'shared', shared);
    heap.edge(shared, 'internal', field, heap.node(type, name));
    const scripts = new Scripts(heap.graph());
    expect(scripts.fileOf(closure)).toBe(scripts.fileOf(shared));
    return scripts.fileOf(closure);
  };

  it.each<[string, string, string, string | null]>([
    ['script', 'code', '/app/a.js', '/app/a.js'],
    ['script_or_debug_info', 'code', '/app/a.js', '/app/a.js'],
    ['script', 'code', 'system / Script / file:///a.js', 'file:///a.js'],
    ['script', 'code', '', null],
    ['script', 'code', 'system / Script', null],
    ['script_or_debug_info', 'hidden', 'system / Oddball', null],
    ['other', 'code', '/app/a.js', null],
  ])('by the field %s to %s "%s" is %s', (field, type, name, file) => {
    expect(fileOf(field, type, name)).toBe(file);
  });
});

describe('the name of a function', () => {
  it.each([
    ['f', 'f'],
    ['system / SharedFunctionInfo / f', 'f'],
    ['system / SharedFunctionInfo', ''],
    ['(shared function info)', ''],
    ['', ''],
  ])('"%s" is "%s"', (raw, name) => {
    const heap = new HeapBuilder();
    const shared = heap.node('code', raw);
    expect(new Scripts(heap.graph()).functionNameOf(shared)).toBe(name);
  });
});

describe('places', () => {
  it('are found whatever the order of locations in the file, and counted from 1', () => {
    const heap = new HeapBuilder();
    const closures = [3, 1, 2].map((line) => heap.closure('f', { file: '/a.js', line, column: 9 }));
    const foo = heap.node('object', 'Foo');
    heap.location(foo, heap.script('/a.js'), 0, 0);
    heap.locations.reverse();
    const scripts = new Scripts(heap.graph());
    const places = [...closures, foo].map((node) => scripts.placeOf(node));
    expect(places).toEqual([
      { file: '/a.js', line: 3, column: 9 },
      { file: '/a.js', line: 1, column: 9 },
      { file: '/a.js', line: 2, column: 9 },
      { file: '/a.js', line: 1, column: 1 },
    ]);
  });

  it('are unknown without a location, and without a function that names the script', () => {
    const heap = new HeapBuilder();
    const [unplaced, unnamed] = [heap.node('object', 'A'), heap.node('object', 'B')];
    heap.location(unnamed, 99, 4, 4);
    const scripts = new Scripts(heap.graph());
    expect(scripts.placeOf(unplaced)).toBeNull();
    expect(scripts.placeOf(unnamed)).toBeNull();
  });

  it('prefer a function’s own script to its number', () => {
    // the number says a.js, the shared function info b.js
    const heap = new HeapBuilder();
    heap.closure('g', { file: '/a.js' });
    const closure = heap.closure('f', { file: '/b.js' });
    heap.locations[1] = { node: closure, scriptId: heap.script('/a.js'), line: 0, column: 0 };
    const graph = heap.graph();
    expect(graph.targetOf(edgeFrom(graph, closure, 'shared'))).toBeGreaterThan(closure);
    expect(new Scripts(graph).placeOf(closure)?.file).toBe('/b.js');
  });
});
