import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { cutReferences } from '../../src/collect/collect-cut.js';
import { notesOn } from '../../src/collect/picture/graph-notes.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseCut } from '../../src/question/cut-rule.js';
import { chainSentences } from '../../src/report/sentences.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { collect, draw } from './draw.js';
import { SOURCE } from './invariants.js';

/** `global.Module` with its `_cache`, which is `require.cache`. */
function withCache(heap: HeapBuilder): NodeOrdinal {
  const [loader, cache] = [heap.closure('Module'), heap.node('object', 'Object')];
  heap.edge(heap.global, 'property', 'Module', loader).edge(loader, 'property', '_cache', cache);
  return cache;
}

/** A loaded file with a variable `rows` that its exported function uses; nothing holds the module yet. */
function loadedModule(heap: HeapBuilder, file: string) {
  const rows = heap.node('object', 'Rows', { size: 64 });
  const module = heap.node('object', 'Module');
  const scope = heap.context({ rows, module });
  const lookup = heap.closure('lookup', { context: scope, file });
  heap.edge(module, 'property', 'filename', heap.node('string', file));
  heap.edge(module, 'property', 'exports', lookup);
  return { rows, module };
}

describe('the scope of a CommonJS module', () => {
  it('ends a path if require.cache has its module', () => {
    const heap = new HeapBuilder();
    const cache = withCache(heap);
    const { rows, module } = loadedModule(heap, '/srv/app/prices.js');
    heap.edge(cache, 'property', '/srv/app/prices.js', module);
    expect(draw(heap, rows)).toEqual(['module prices.js -rows-> Rows']);
  });

  it('is passed if only the children of another module have it', () => {
    const heap = new HeapBuilder();
    const cache = withCache(heap);
    const { rows, module } = loadedModule(heap, '/srv/app/prices.js');
    const [parent, children] = [heap.node('object', 'Module'), heap.node('object', 'Array')];
    heap.edge(cache, 'property', '/srv/app/driver.js', parent);
    heap.edge(parent, 'property', 'children', children).edge(children, 'element', 0, module);
    const lines = draw(heap, rows, { depth: 9 });
    expect(lines).toContain('Module 1 -.children-> Array');
    expect(lines).toContain('require.cache -["/srv/app/driver.js"]-> Module 1');
  });

  /** A timer's callback in a scope; the file's first function, which would show whose scope, is gone. */
  function timerInScope(source: string, place: { readonly line: number; readonly column: number }) {
    const heap = new HeapBuilder();
    const file = '/srv/app/repro.js';
    const native = heap.node('hidden', 'system / NativeContext');
    const module = heap.node('object', 'Module');
    const rows = heap.node('object', 'Rows');
    const scope = heap.context({ rows }, native);
    const callback = heap.closure('', { context: scope, file, ...place });
    const shared = heap.edges[callback]?.find(({ name }) => name === 'shared')?.to as NodeOrdinal;
    const [list, timer] = [
      heap.node('code', 'system / WeakFixedArray'),
      heap.node('object', 'Timer'),
    ];
    heap.edge(heap.script(file), 'hidden', 1, list).edge(list, 'weak', '4', shared);
    heap.edge(heap.script(file), 'internal', 'source', heap.node('string', source));
    heap.edge(withCache(heap), 'property', file, module);
    heap.edge(module, 'property', 'filename', heap.node('string', file));
    heap.edge(heap.global, 'property', 'timer', timer).edge(timer, 'property', 'call', callback);
    return { heap, rows, module, callback };
  }

  const TOP_LEVEL =
    'function load() { return []; }\nconst rows = load();\nonTimer(() => rows.length);';

  it('is known by the source text when the first function of the file is gone', () => {
    const { heap, rows } = timerInScope(TOP_LEVEL, { line: 3, column: 9 });
    expect(draw(heap, rows)).toEqual(['module repro.js -rows-> Rows']);
  });

  it('is not taken for one when a function around it may have the variable', () => {
    const source = '(function () {\n  const rows = load();\n  onTimer(() => rows.length);\n})();';
    const { heap, rows } = timerInScope(source, { line: 3, column: 11 });
    expect(draw(heap, rows, { depth: 9 })).toContain('globalThis -.timer-> Timer');
  });

  it.each([
    ['a function', '(function () {\n  const rows = load();\n  onTimer(() => rows.length);\n})();'],
    [
      'an arrow function',
      'const a = (() => {\n  const rows = 1;\n  onTimer(() => rows.length);\n})();',
    ],
    ['a named one', '(function run(x) {\n  const rows = x;\n  onTimer(() => rows.length);\n})();'],
  ])('does not give its name to the scope of %s that ran at once and is gone', (_, source) => {
    const { heap, rows } = timerInScope(source, { line: 3, column: 11 });
    const lines = draw(heap, rows, { depth: 9 });
    expect(lines.filter((line) => line.includes('-rows->'))).toEqual([
      'anonymous function -rows-> Rows',
    ]);
  });

  it('is known beyond the beginning of the text in the file by what the module exports', () => {
    const { heap, rows, module, callback } = timerInScope('// cut', { line: 900, column: 9 });
    const exports = heap.node('object', 'Object');
    heap.edge(module, 'property', 'exports', exports).edge(exports, 'property', 'run', callback);
    expect(draw(heap, rows)).toEqual(['module repro.js -rows-> Rows']);
  });

  it('goes with the reference that a cut takes away, when that is the cache', () => {
    const heap = new HeapBuilder();
    const cache = withCache(heap);
    const { rows, module } = loadedModule(heap, '/srv/app/prices.js');
    heap.edge(cache, 'property', '/srv/app/prices.js', module);
    const whole = buildHeapView(heap.facts(), new FrameIndex([]));
    const { view } = cutReferences(whole, [parseCut('require.cache->Module')]);
    expect(whole.rootDistances.of(rows)).toBeGreaterThanOrEqual(0);
    expect(view.rootDistances.of(rows)).toBe(-1);
  });
});

/** A second realm with a variable; `box` is the object given to `vm.createContext`. */
function vmContext(heap: HeapBuilder) {
  const main = heap.node('hidden', 'system / NativeContext');
  heap.edge(main, 'internal', 'extension', heap.global);
  heap.edge(heap.rootGroup('(Global handles)'), 'internal', '1', main);
  const context = heap.node('hidden', 'system / NativeContext');
  const [global, box] = [heap.node('object', 'Object'), heap.node('object', 'Object')];
  const data = heap.node('hidden', 'system / EmbedderDataArray');
  heap
    .edge(context, 'internal', 'extension', global)
    .edge(context, 'internal', 'embedder_data', data);
  heap.edge(data, 'hidden', 32, box).edge(box, 'internal', 'native_context', context);
  heap.edge(heap.rootGroup('(Global handles)'), 'weak', '2', context);
  const plugin = heap.node('object', 'Plugin');
  heap.edge(global, 'property', 'plugin', plugin);
  return { context, box, plugin };
}

describe('the global of a realm', () => {
  it('is named, and passed, if only objects of another realm hold it', () => {
    const heap = new HeapBuilder();
    const { box, plugin } = vmContext(heap);
    heap.edge(heap.global, 'property', 'sandbox', box);
    const name = 'globalThis of vm context "sandbox"';
    expect(draw(heap, plugin)).toEqual([
      `globalThis -.sandbox-> ${name}`,
      `${name} -.plugin-> Plugin`,
    ]);
  });

  it('is named once in a sentence', () => {
    const heap = new HeapBuilder();
    const { box, plugin } = vmContext(heap);
    heap.edge(heap.global, 'property', 'sandbox', box);
    const name = 'globalThis of vm context "sandbox"';
    expect(chainSentences(collect(heap, plugin))).toEqual([
      expect.stringMatching(
        new RegExp(`is property plugin of ${name} @\\d+, which is globalThis\\.sandbox\\.$`),
      ),
    ]);
  });

  it('ends a path if a strong handle has its native context', () => {
    const heap = new HeapBuilder();
    const { context, plugin } = vmContext(heap);
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '3', context);
    expect(draw(heap, plugin)).toEqual(['globalThis of a vm context -.plugin-> Plugin']);
  });

  it('is a detached Window when its frame was removed, and --target detached finds it', () => {
    const heap = new HeapBuilder();
    const handles = heap.rootGroup('(Global handles)');
    const [page, frame] = ['file://', 'http://a.test'].map((origin, i) => {
      const context = heap.node('native', `system / NativeContext / ${origin}`);
      const window = heap.node('object', `Window [JSGlobalObject] / ${origin}`);
      const proxy = heap.node('native', `Window / ${origin}`);
      heap.edge(handles, i === 0 ? 'internal' : 'weak', String(i), context);
      heap.edge(context, 'internal', 'global_object', window);
      heap.edge(context, 'internal', 'global_proxy_object', proxy);
      heap.edge(window, 'internal', 'global_proxy', proxy);
      return { window, proxy };
    });
    heap.edge(page!.window, 'property', 'kept', frame!.proxy);
    const facts = heap.facts();
    const options = { nth: null, largest: false, all: false };
    const found = selectTargets(facts, [{ kind: 'detached', text: 'detached' }], options).nodes;
    expect(found).toEqual([frame!.window]);
    const view = buildHeapView(facts, new FrameIndex([]));
    const subgraph = collectBackrefs(view, found, WALK_OPTIONS, SOURCE);
    expect(chainSentences(subgraph)).toEqual([
      expect.stringMatching(/^Detached Window http:\/\/a\.test @\d+ is property kept of Window/),
    ]);
  });
});

describe('an object printed with console.log while an inspector was open', () => {
  /** (Global handles) ──"7 / DevTools console"──> Big */
  function printed() {
    const heap = new HeapBuilder();
    const big = heap.node('object', 'Big', { size: 8 });
    heap.rootGroup('(Debugger)');
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '7 / DevTools console', big);
    return { heap, big };
  }

  it('is held by the DevTools console', () => {
    const { heap, big } = printed();
    expect(draw(heap, big)).toEqual(['DevTools console -console.log-> Big']);
  });

  it('goes when that is cut, unless something else holds it', () => {
    const { heap, big } = printed();
    const rule = parseCut('DevTools console->Big');
    const alone = cutReferences(buildHeapView(heap.facts(), new FrameIndex([])), [rule]);
    expect(alone.answer).toEqual({
      rules: [{ text: 'DevTools console->Big', count: 1 }],
      freed: { count: 1, bytes: 8 },
    });
    heap.edge(heap.global, 'property', 'big', big);
    const both = cutReferences(buildHeapView(heap.facts(), new FrameIndex([])), [rule]);
    expect(both.answer.freed.count).toBe(0);
  });
});

describe('a running handle', () => {
  it('is a root by its own name, and gives a shorter path than one through other objects', () => {
    // root ──> Node / Worker ──> Worker (C++) ──.owner──> Worker;   global ──.a──> A ──.b──> B ──.worker──> Worker
    const heap = new HeapBuilder();
    const handle = heap.node('synthetic', 'Node / Worker');
    const [wrapper, worker] = [heap.node('object', 'Worker'), heap.node('object', 'Pooled')];
    heap.edge(heap.root, 'element', 5, handle);
    heap.edge(handle, 'internal', 'native_to_javascript', wrapper);
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '4', wrapper);
    heap.edge(wrapper, 'property', 'owner', worker);
    const [a, b] = [heap.node('object', 'A'), heap.node('object', 'B')];
    heap.edge(heap.global, 'property', 'a', a).edge(a, 'property', 'b', b);
    heap.edge(b, 'property', 'worker', worker);
    const lines = draw(heap, worker, { depth: 0 });
    expect(lines).toContain('running Worker -JavaScript object-> Worker');
    expect(lines).not.toContain('B -.worker-> Pooled');
  });
});

describe('weak references', () => {
  it('are named in the note if nothing else holds a target', () => {
    const heap = new HeapBuilder();
    const [ref, foo] = [heap.node('object', 'WeakRef'), heap.node('object', 'Foo')];
    heap.edge(heap.global, 'property', 'r', ref).edge(ref, 'weak', 'target', foo);
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    const subgraph = collectBackrefs(view, [foo], WALK_OPTIONS, SOURCE);
    expect(notesOn(subgraph, 0)).toEqual([
      'Foo @5 is only held weakly, which does not keep it alive.',
    ]);
  });

  it('of Node.js 14 and 16 are numbered fields, and hold nothing either', () => {
    // registry ──5──> WeakCell ──1──> Target, ──2──> Token, ──3──> Held;   WeakRef ──2──> Target
    const heap = new HeapBuilder();
    const names = ['FinalizationRegistry', 'WeakRef', 'Target', 'Token', 'Held'];
    const [registry, ref, target, token, held] = names.map((name) => heap.node('object', name));
    const cell = heap.node('hidden', 'system / WeakCell');
    heap.edge(heap.global, 'property', 'fr', registry!).edge(heap.global, 'property', 'wr', ref!);
    heap.edge(registry!, 'hidden', 5, cell).edge(cell, 'hidden', 0, registry!);
    heap
      .edge(cell, 'hidden', 1, target!)
      .edge(cell, 'hidden', 2, token!)
      .edge(cell, 'hidden', 3, held!);
    heap.edge(ref!, 'hidden', 2, target!);
    const { rootDistances } = buildHeapView(heap.facts(), new FrameIndex([]));
    expect([target, token].map((node) => rootDistances.of(node!))).toEqual([-1, -1]);
    expect(draw(heap, held!)).toContain('FinalizationRegistry -held value-> Held');
  });
});

describe('the note that V8 keeps for a debugger', () => {
  it('with an awaited promise holds nothing; its reaction does', () => {
    // global ──.p──> Promise ──<symbol>──> Generator, and ──properties──> (store) ──0──> Generator
    const heap = new HeapBuilder();
    const [promise, generator] = [heap.node('object', 'Promise'), heap.node('object', 'Generator')];
    const store = heap.node('hidden', 'system / PropertyArray');
    heap.edge(heap.global, 'property', 'p', promise);
    heap.edge(promise, 'property', '<symbol>', generator);
    heap.edge(promise, 'internal', 'properties', store).edge(store, 'hidden', 0, generator);
    const { rootDistances } = buildHeapView(heap.facts(), new FrameIndex([]));
    expect(rootDistances.of(generator)).toBe(-1);
  });

  it('is not confused with what a program keeps under a symbol beside other properties', () => {
    const heap = new HeapBuilder();
    const [promise, generator] = [heap.node('object', 'Promise'), heap.node('object', 'Generator')];
    heap.edge(heap.global, 'property', 'p', promise);
    heap
      .edge(promise, 'property', '<symbol>', generator)
      .edge(promise, 'property', 'name', promise);
    const { rootDistances } = buildHeapView(heap.facts(), new FrameIndex([]));
    expect(rootDistances.of(generator)).toBe(3);
  });
});
