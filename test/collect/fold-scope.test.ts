import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, draw } from './draw.js';

/** A module with these exports, in the cache of `require`. */
function cachedModule(heap: HeapBuilder, exports: NodeOrdinal): void {
  const [loader, cache] = [heap.closure('Module'), heap.node('object', 'Object')];
  const module = heap.node('object', 'Module');
  heap.edge(heap.global, 'property', 'Module', loader).edge(loader, 'property', '_cache', cache);
  heap.edge(cache, 'property', '/srv/app/cache.js', module);
  heap.edge(module, 'property', 'exports', exports);
}

describe('folding scopes', () => {
  it('draws the variable of a scope that one closure needs as held by the closure', () => {
    // global ──.f──> f ──context──> scope ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const f = heap.closure('f', { context: heap.context({ x: foo }) });
    heap.edge(heap.global, 'property', 'f', f);
    expect(draw(heap, foo)).toEqual(['f -x-> Foo', 'globalThis -.f-> f']);
  });

  it('draws a scope that two closures share, because each of them keeps all of it', () => {
    // global ──.f──> f ──context──┐
    //   └──.g──> g ──context──> scope ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ x: foo });
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    heap.edge(heap.global, 'property', 'g', heap.closure('g', { context }));
    expect(draw(heap, foo)).toEqual([
      'f -scope-> scope',
      'g -scope-> scope',
      'globalThis -.f-> f',
      'globalThis -.g-> g',
      'scope -x-> Foo',
    ]);
  });

  it('follows a chain of scopes to the only closure at its end', () => {
    // global ──.f──> f ──context──> inner ──previous──> middle ──previous──> outer ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const outer = heap.context({ x: foo });
    const inner = heap.context({}, heap.context({}, outer));
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context: inner }));
    expect(draw(heap, foo)).toEqual(['f -x-> Foo', 'globalThis -.f-> f']);
  });

  it('draws an outer scope that an inner scope and another closure need', () => {
    // global ──.f──> f ──context──> inner ──previous──┐
    //   └──.g──> g ──context───────────────────────> outer ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const outer = heap.context({ x: foo });
    const f = heap.closure('f', { context: heap.context({}, outer) });
    heap.edge(heap.global, 'property', 'f', f);
    heap.edge(heap.global, 'property', 'g', heap.closure('g', { context: outer }));
    expect(draw(heap, foo)).toEqual([
      'f -outer scope-> scope',
      'g -scope-> scope',
      'globalThis -.f-> f',
      'globalThis -.g-> g',
      'scope -x-> Foo',
    ]);
  });

  it('names a scope after its function, and says where that begins', () => {
    // global ──.f──> f, .g──> g ──context──> scope ──scope_info──> info <──name_or_scope_info── make
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ x: foo });
    const info = heap.node('code', 'system / ScopeInfo');
    const make = heap.closure('make', { file: 'file:///srv/app%20one.js', line: 12, column: 9 });
    const shared = heap.edges[make]?.find(({ name }) => name === 'shared')?.to as NodeOrdinal;
    heap.edge(context, 'internal', 'scope_info', info);
    heap.edge(shared, 'internal', 'name_or_scope_info', info);
    heap.edge(heap.global, 'property', 'make', make);
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    heap.edge(heap.global, 'property', 'g', heap.closure('g', { context }));
    const scope = collect(heap, foo).nodes[1];
    expect(scope).toMatchObject({
      label: `scope of make() @${2 * context + 1}`,
      location: 'app one.js:12:9',
      role: 'holder',
    });
  });

  it('ends at the scope of a CommonJS module that require.cache has', () => {
    // global ──.f──> f ──context──> scope ──x──> Foo, ──exports──> Object <── Module <── require.cache
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const exports = heap.node('object', 'Object');
    cachedModule(heap, exports);
    const context = heap.context({ x: foo, exports });
    const f = heap.closure('f', { context, file: '/srv/app/cache.js', line: 2 });
    heap.edge(heap.global, 'property', 'f', f);
    expect(draw(heap, foo)).toEqual(['module cache.js -x-> Foo']);
    expect(collect(heap, foo).nodes[1]).toMatchObject({ role: 'root', type: 'module' });
  });

  it('ends at the scope of an ES module, which its record keeps by the body of the module', () => {
    // record ──4──> Generator ──context──> scope ──x──> Foo
    const heap = new HeapBuilder();
    const record = heap.node('hidden', 'system / SourceTextModule');
    const body = heap.node('object', 'Generator');
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ x: foo });
    const module = heap.closure('', { context, file: 'file:///srv/m.mjs' });
    heap.edge(heap.rootGroup('(Strong roots)'), 'internal', '3', record);
    heap.edge(record, 'hidden', 4, body).edge(body, 'internal', 'context', context);
    heap.edge(body, 'internal', 'function', module);
    expect(draw(heap, foo)).toEqual(['module m.mjs -x-> Foo']);
  });

  it('ends at the scope of top-level let and const of scripts', () => {
    // NativeContext ──script_context_table──> array ──3──> scope ──x──> Foo
    const heap = new HeapBuilder();
    const realm = heap.node('hidden', 'system / NativeContext');
    const table = heap.node('array', '');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '3', realm);
    heap.edge(realm, 'internal', 'script_context_table', table);
    heap.edge(table, 'internal', '3', heap.context({ x: foo }));
    expect(draw(heap, foo)).toEqual(['top-level let, const and class -x-> Foo']);
  });

  it('draws the variable of a suspended generator as held by the generator', () => {
    // global ──.it──> gen ──context──> scope ──x──> Foo
    //                  └──parameters_and_registers──> array
    const heap = new HeapBuilder();
    const generator = heap.node('object', 'gen');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', 'it', generator);
    heap.edge(generator, 'internal', 'context', heap.context({ x: foo }));
    heap.edge(generator, 'internal', 'parameters_and_registers', heap.node('array', ''));
    expect(draw(heap, foo)).toEqual(['gen -x-> Foo', 'globalThis -.it-> gen']);
  });

  it('looks through the cell in which V8 keeps a variable that may change', () => {
    // global ──.f──> f ──context──> scope ──x──> ContextCell ──0──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const cell = heap.node('hidden', 'system / ContextCell');
    const f = heap.closure('f', { context: heap.context({ x: cell }) });
    heap.edge(heap.global, 'property', 'f', f).edge(cell, 'hidden', 0, foo);
    expect(draw(heap, foo)).toEqual(['f -x-> Foo', 'globalThis -.f-> f']);
  });

  it('does not take a function for its own holder because its scope names it', () => {
    // global ──.f──> f <──> scope (f)
    const heap = new HeapBuilder();
    const f = heap.closure('f');
    const context = heap.context({ f });
    heap.edge(heap.global, 'property', 'f', f).edge(f, 'internal', 'context', context);
    expect(draw(heap, f)).toEqual(['globalThis -.f-> f']);
  });

  it('leaves out a scope that only the code of functions refers to', () => {
    // global ──.f──> f ──context──> scope ──x──> Foo       (code) ──> scope
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ x: foo });
    const code = heap.node('code', 'system / Code');
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    heap.edge(heap.gcRoots, 'internal', '1', code).edge(code, 'internal', '7', context);
    expect(draw(heap, foo)).toEqual(['f -x-> Foo', 'globalThis -.f-> f']);
  });
});

describe('a damaged file', () => {
  it('in which two scopes hold each other is still answered', () => {
    // (code) ──> A <──previous──> B,  A ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const a = heap.context({ x: foo });
    const b = heap.context({}, a);
    const code = heap.node('code', 'system / Code');
    heap.edge(a, 'internal', 'previous', b);
    heap.edge(heap.global, 'internal', 'code', code).edge(code, 'internal', '7', a);
    expect(draw(heap, foo)).toEqual([
      '(Code) -{7}-> scope 1',
      'globalThis -{code}-> (Code)',
      'scope 1 -outer scope-> scope 2',
      'scope 1 -x-> Foo',
      'scope 2 -outer scope-> scope 1',
    ]);
  });
});

describe('names of variables in block scopes', () => {
  interface Slots {
    readonly names: readonly string[];
    /** Edge numbers of the variables that hold an object. */
    readonly held: readonly number[];
  }

  /** global ──.f──> f ──context──> scope ──held──> Foo … ──scope_info──> info ──> names */
  function blockScope({ names, held }: Slots): readonly string[] {
    const heap = new HeapBuilder();
    const context = heap.context({});
    const info = heap.node('code', 'system / ScopeInfo');
    heap.edge(context, 'internal', 'scope_info', info);
    names.forEach((name, slot) => {
      heap.edge(info, 'hidden', slot, heap.node('string', name));
    });
    const foos = held.map((number) => {
      const foo = heap.node('object', 'Foo');
      heap.edge(context, 'hidden', number, foo);
      return foo;
    });
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    return draw(heap, foos).filter((line) => line.startsWith('f '));
  }

  it('are certain when each slot has a number', () => {
    expect(blockScope({ names: ['a', 'b', 'c'], held: [0, 2] })).toEqual([
      'f -a-> Foo 1',
      'f -c-> Foo 2',
    ]);
  });

  it('do not count the empty name of the function at the end', () => {
    expect(blockScope({ names: ['a', 'b', ''], held: [1] })).toEqual(['f -b-> Foo']);
  });

  it('are one of several when a slot without number, a small integer, is among them', () => {
    expect(blockScope({ names: ['a', 'b'], held: [0] })).toEqual(['f -one of {a, b}-> Foo']);
  });

  it('are cut when there are many', () => {
    expect(blockScope({ names: ['a', 'b', 'c', 'd', 'e', 'f'], held: [3] })).toEqual([
      'f -one of {a, b, c, d, e, …}-> Foo',
    ]);
  });

  it('are unknown when the file does not list them', () => {
    expect(blockScope({ names: [], held: [0] })).toEqual(['f -block variable-> Foo']);
  });
});

describe('folding exports', () => {
  // record ──0──> array ──n──> "x", ──n+1──> Cell ──value──> Foo
  //    └──4──> Generator ──function──> closure (m.mjs)
  function moduleWith(names: readonly string[]): {
    readonly heap: HeapBuilder;
    readonly cell: NodeOrdinal;
    readonly foo: NodeOrdinal;
  } {
    const heap = new HeapBuilder();
    const record = heap.node('hidden', 'system / SourceTextModule');
    const table = heap.node('array', '');
    const cell = heap.node('hidden', 'system / Cell');
    const foo = heap.node('object', 'Foo');
    const body = heap.node('object', 'Generator');
    heap.edge(heap.rootGroup('(Strong roots)'), 'internal', '3', record);
    heap.edge(record, 'hidden', 0, table).edge(record, 'hidden', 4, body);
    heap.edge(body, 'internal', 'function', heap.closure('', { file: 'file:///srv/m.mjs' }));
    names.forEach((name, i) => {
      heap.edge(table, 'internal', String(5 + 3 * i), heap.node('string', name));
      heap.edge(table, 'internal', String(6 + 3 * i), cell);
    });
    heap.edge(cell, 'internal', 'value', foo);
    return { heap, cell, foo };
  }

  it('draws an export by its name', () => {
    const { heap, foo } = moduleWith(['x']);
    expect(draw(heap, foo)).toEqual(['module m.mjs -export x of m.mjs-> Foo']);
  });

  it('draws an object exported under two names twice', () => {
    const { heap, foo } = moduleWith(['x', 'default']);
    expect(draw(heap, foo)).toEqual([
      'module m.mjs -export default of m.mjs-> Foo',
      'module m.mjs -export x of m.mjs-> Foo',
    ]);
  });

  it('does not take a text further ahead in the table for the name', () => {
    // array ──2──> "x", ──6──> Cell: the name of this cell is not in the file
    const { heap, cell, foo } = moduleWith([]);
    const table = heap.edges[1][0].to;
    heap.edge(table, 'internal', '2', heap.node('string', 'x')).edge(table, 'internal', '6', cell);
    expect(draw(heap, foo)).toEqual([
      '(internal array) -property-> Foo',
      'module m.mjs -{0}-> (internal array)',
    ]);
  });

  it('leaves out the other tables of a module that hold the same cell', () => {
    // importer ──1──> array (imports) ──0──> Cell
    const { heap, cell, foo } = moduleWith(['x']);
    const importer = heap.node('hidden', 'system / SourceTextModule');
    const imports = heap.node('array', '');
    heap.edge(heap.rootGroup('(Strong roots)'), 'internal', '4', importer);
    heap.edge(importer, 'hidden', 1, imports).edge(imports, 'internal', '0', cell);
    expect(draw(heap, foo)).toEqual(['module m.mjs -export x of m.mjs-> Foo']);
  });
});
