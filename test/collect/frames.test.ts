import { describe, expect, it } from 'vitest';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, draw, frame } from './draw.js';

/** (Stack roots) ──10──> Foo */
function onStack(): { readonly heap: HeapBuilder; readonly foo: NodeOrdinal } {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  heap.edge(heap.rootGroup('(Stack roots)'), 'internal', '10', foo);
  return { heap, foo };
}

describe('paused frames', () => {
  it('hold their locals, which explain the slots of the stack', () => {
    const { heap, foo } = onStack();
    const frames = [frame('main', { x: foo })];
    expect(draw(heap, foo, { frames })).toEqual(['main() app.js -local x in main()-> Foo']);
  });

  it('are roots with a place, and have no size', () => {
    const { heap, foo } = onStack();
    const { nodes } = collect(heap, foo, { frames: [frame('main', { x: foo })], retained: true });
    expect(nodes[1]).toEqual({
      id: 'frame:0',
      type: 'frame',
      name: 'main() app.js',
      label: 'main() app.js:7',
      preview: '',
      location: 'app.js:7:3',
      shallowSize: null,
      retainedSize: null,
      distance: null,
      depth: 1,
      role: 'root',
      omitted: null,
      is: { kind: 'frame', function: 'main', file: 'app.js', line: 7 },
    });
  });

  it('of top-level code hold variables of the module', () => {
    const { heap, foo } = onStack();
    expect(draw(heap, foo, { frames: [frame('', { x: foo })] })).toEqual([
      'module app.js -x-> Foo',
    ]);
  });

  it('of a function without name are called anonymous', () => {
    const { heap, foo } = onStack();
    const anonymous = { ...frame('', { x: foo }), isTopLevel: false };
    expect(draw(heap, foo, { frames: [anonymous] })).toEqual([
      '(anonymous)() app.js -local x in (anonymous)()-> Foo',
    ]);
  });

  it('draw one object once for each frame and each name', () => {
    const { heap, foo } = onStack();
    const frames = [frame('inner', { p: foo, q: foo }), frame('outer', { x: foo })];
    expect(draw(heap, foo, { frames })).toEqual([
      'inner() app.js -local p in inner()-> Foo',
      'inner() app.js -local q in inner()-> Foo',
      'outer() app.js -local x in outer()-> Foo',
    ]);
  });

  it('come before every other holder', () => {
    const { heap, foo } = onStack();
    heap.edge(heap.global, 'property', 'g', foo);
    const frames = [frame('main', { x: foo })];
    expect(draw(heap, foo, { frames, fanIn: 1 })).toEqual([
      '1 more: 1 globalThis --> Foo',
      'main() app.js -local x in main()-> Foo',
    ]);
  });

  it('hold a variable that a closure captured, beside that closure', () => {
    // (Stack roots) ──10──> scope ──x──> Foo       global ──.f──> f ──context──> scope
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ x: foo });
    heap.edge(heap.rootGroup('(Stack roots)'), 'internal', '10', context);
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    expect(draw(heap, foo, { frames: [frame('main', { x: foo })] })).toEqual([
      'f -x-> Foo',
      'globalThis -.f-> f',
      'main() app.js -local x in main()-> Foo',
    ]);
  });

  it('make a scope that only they hold superfluous', () => {
    // (Stack roots) ──10──> scope ──x──> Foo
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.rootGroup('(Stack roots)'), 'internal', '10', heap.context({ x: foo }));
    expect(draw(heap, foo, { frames: [frame('main', { x: foo })] })).toEqual([
      'main() app.js -local x in main()-> Foo',
    ]);
  });

  it('hold all variables of such a scope, not only the last one', () => {
    // (Stack roots) ──10──> scope ──x──> Foo, ──y──> Bar
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const bar = heap.node('object', 'Bar');
    heap.edge(heap.rootGroup('(Stack roots)'), 'internal', '10', heap.context({ x: foo, y: bar }));
    const frames = [frame('main', { x: foo, y: bar })];
    expect(draw(heap, [foo, bar], { frames })).toEqual([
      'main() app.js -local x in main()-> Foo',
      'main() app.js -local y in main()-> Bar',
    ]);
  });

  it('hold a scope with several closures', () => {
    // (Stack roots) ──10──> scope ──x──> Foo, ──y──> Bar     global ──.f──> f, ──.g──> g ──> scope
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const bar = heap.node('object', 'Bar');
    const context = heap.context({ x: foo, y: bar });
    heap.edge(heap.rootGroup('(Stack roots)'), 'internal', '10', context);
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context }));
    heap.edge(heap.global, 'property', 'g', heap.closure('g', { context }));
    expect(draw(heap, bar, { frames: [frame('main', { x: foo })] })).toEqual([
      'f -scope-> scope',
      'g -scope-> scope',
      'globalThis -.f-> f',
      'globalThis -.g-> g',
      'main() app.js -scope-> scope',
      'scope -y-> Bar',
    ]);
  });
});

describe('slots of the stack', () => {
  it('are temporaries when no variable of the paused frames explains them', () => {
    const { heap, foo } = onStack();
    const other = heap.node('object', 'Other');
    expect(draw(heap, foo, { frames: [frame('main', { y: other })] })).toEqual([
      'stack -stack (temporary)-> Foo',
    ]);
  });

  it('are left out as temporaries if another holder keeps the object', () => {
    const { heap, foo } = onStack();
    heap.edge(heap.global, 'property', 'g', foo);
    const other = heap.node('object', 'Other');
    expect(draw(heap, foo, { frames: [frame('main', { y: other })] })).toEqual([
      'globalThis -.g-> Foo',
    ]);
  });

  it('are kept as temporaries if the other holder hangs from the object itself', () => {
    // (Stack roots) ──10──> Foo <──.a── Bar <──.b── Foo
    const { heap, foo } = onStack();
    const bar = heap.node('object', 'Bar');
    heap.edge(foo, 'property', 'b', bar).edge(bar, 'property', 'a', foo);
    const other = heap.node('object', 'Other');
    expect(draw(heap, foo, { frames: [frame('main', { y: other })] })).toEqual([
      'Bar -.a-> Foo',
      'Foo -.b-> Bar',
      'stack -stack (temporary)-> Foo',
    ]);
  });

  it('are drawn as they are in a saved heap, which has no frames', () => {
    const { heap, foo } = onStack();
    heap.edge(heap.global, 'property', 'g', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.g-> Foo', 'stack -stack-> Foo']);
  });
});

describe('an object held by a debugger', () => {
  it('is not held: the reference is gone when the debugger is', () => {
    // (Debugger) ──7──> Foo <──.g── global
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.rootGroup('(Debugger)'), 'internal', '7', foo);
    heap.edge(heap.global, 'property', 'g', foo);
    expect(draw(heap, foo)).toEqual(['globalThis -.g-> Foo']);
    expect(draw(heap, foo, { internals: true })).toEqual(['globalThis -.g-> Foo']);
  });

  it('is reported as unreachable when nothing else holds it', () => {
    // (Debugger) ──7──> Object ──.x──> Foo
    const heap = new HeapBuilder();
    const copy = heap.node('object', 'Object');
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.rootGroup('(Debugger)'), 'internal', '7', copy).edge(copy, 'property', 'x', foo);
    const { nodes } = collect(heap, foo);
    expect(nodes.map(({ name, preview }) => [name, preview])).toEqual([
      ['Foo', 'unreachable'],
      ['Object', '{x}, no holder recorded'],
    ]);
  });

  it('is followed through the storage of garbage too', () => {
    // (nothing) ──> bound ──bindings──> (bound arguments) ──0──> Foo
    const heap = new HeapBuilder();
    const bound = heap.node('closure', 'native_bind');
    const list = heap.node('array', '(bound arguments)');
    const foo = heap.node('object', 'Foo');
    heap.edge(bound, 'internal', 'bindings', list).edge(list, 'internal', '0', foo);
    expect(draw(heap, foo)).toEqual(['bound function -bound arg 0-> Foo']);
  });
});
