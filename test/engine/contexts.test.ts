import { describe, expect, it } from 'vitest';
import { isBuiltinFile } from '../../src/engine/code/contexts.js';
import { internalField } from '../../src/engine/code/scripts.js';
import type { HeapFacts } from '../../src/engine/heap-facts.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { displayFile } from '../../src/util/display-file.js';
import { FIXTURE_NAMES, fixtureFacts, V8_SCENARIOS } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';

/** The only scope of the program's own file with a variable of that name. */
function scopeWith({ contexts }: HeapFacts, variable: string): NodeOrdinal {
  const scopes = contexts
    .variablesNamed(new Set([variable]))
    .map(({ context }) => context)
    .filter((scope) => contexts.fileOf(scope)?.endsWith('scenarios.js'));
  expect(scopes).toHaveLength(1);
  return scopes[0]!;
}

describe.each(V8_SCENARIOS)('the scopes of %s', async (fixture) => {
  const facts = await fixtureFacts(fixture);
  const { graph, contexts } = facts;

  it.each<[variable: string, functionName: string, place: string | null, closures: number]>([
    // the function that made the scope is gone, and nothing was created in it
    ['sharedCtx', 'makeNested', null, 0],
    // the function is gone as well: the first one created in the scope gives the place
    ['innerOnly', 'outer', '80:92', 1],
    ['big', '', '84:86', 2],
  ])('of %s: made by "%s", at %s', (variable, functionName, place, closures) => {
    const scope = scopeWith(facts, variable);
    expect(contexts.isContext(scope)).toBe(true);
    expect(contexts.kindOf(scope)).toBe('function');
    expect(contexts.functionNameOf(scope)).toBe(functionName);
    const found = contexts.placeOf(scope);
    expect(found === null ? null : `${found.line}:${found.column}`).toBe(place);
    expect(contexts.closuresOf(scope)).toHaveLength(closures);
  });

  it('of one name are found with the edge that holds the variable', () => {
    for (const { edge, context } of contexts.variablesNamed(new Set(['innerOnly', 'big']))) {
      expect(['innerOnly', 'big']).toContain(graph.edgeNameOf(edge));
      expect(graph.ownerOf(edge)).toBe(context);
    }
  });

  it('of the program’s modules are only its own', () => {
    const files = contexts
      .programModules()
      .map((scope) => displayFile(contexts.fileOf(scope) ?? ''));
    // the timeline was taken by a CommonJS module, the other heaps hold a plain script
    expect(files).toEqual(fixture === 'node-22' ? ['take-timeline.js'] : []);
  });
});

describe('kinds of scopes', () => {
  it.each(FIXTURE_NAMES)(
    '%s has scopes for the program, and one at most per script',
    async (name) => {
      const { graph, contexts } = await fixtureFacts(name);
      const counts = { function: 0, module: 0, script: 0 };
      for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
        if (contexts.isContext(n)) counts[contexts.kindOf(n)]++;
      }
      expect(counts.function).toBeGreaterThan(0);
      expect(counts.script).toBeGreaterThan(0);
      expect(counts.script).toBeLessThanOrEqual(3);
    },
  );

  // except SCRIPT_SCOPE: the contexts in which an await goes on share the script's scope info
  it('agree with the scope types that new V8 writes down', async () => {
    const { graph, contexts } = await fixtureFacts('deno-2.9');
    const expected = new Map([
      ['MODULE_SCOPE', 'module'],
      ['BLOCK_SCOPE', 'function'],
    ]);
    const seen = new Map<string, string[]>();
    for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
      const info = contexts.isContext(n) ? internalField(graph, n, 'scope_info') : null;
      const type = info === null ? null : internalField(graph, info, 'scope_type_name');
      const name = type === null ? '' : graph.nameOf(type);
      if (!expected.has(name)) continue;
      seen.set(name, [...(seen.get(name) ?? []), contexts.kindOf(n)]);
    }
    expect([...seen.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [name, kinds] of seen) {
      expect([name, ...new Set(kinds)]).toEqual([name, expected.get(name)]);
    }
  });

  it('a CommonJS module is recognised by a variable of its wrapper', () => {
    const heap = new HeapBuilder();
    const value = heap.node('object', 'Foo');
    const module = heap.context({ exports: value, x: value });
    const inner = heap.context({ y: value }, module);
    const { contexts } = heap.facts();
    expect([module, inner].map((scope) => contexts.kindOf(scope))).toEqual(['module', 'function']);
  });

  it('an ES module by the generator that its record holds', () => {
    // SourceTextModule ──4──> Generator ──context──> Context
    const heap = new HeapBuilder();
    const [record, body] = [
      heap.node('hidden', 'system / SourceTextModule'),
      heap.node('object', 'Generator'),
    ];
    const [module, other] = [heap.context({ x: body }), heap.context({ x: body })];
    heap.edge(record, 'hidden', 4, body).edge(body, 'internal', 'context', module);
    const pending = heap.node('object', 'Generator');
    heap.edge(pending, 'internal', 'context', other);
    const { contexts } = heap.facts();
    expect([module, other].map((scope) => contexts.kindOf(scope))).toEqual(['module', 'function']);
  });

  it.each([
    ['old V8, where the table is an array', 'array', '', 'internal'],
    ['new V8', 'hidden', 'system / ScriptContextTable', 'hidden'],
  ])('a script by the table of script contexts: %s', (_, type, name, edge) => {
    // NativeContext ──script_context_table──> table ──3──> Context
    const heap = new HeapBuilder();
    const table = heap.node(type, name);
    const context = heap.node('hidden', 'system / NativeContext');
    const script = heap.context({ x: heap.node('object', 'Foo') });
    heap.edge(context, 'internal', 'script_context_table', table);
    heap.edge(table, edge, edge === 'hidden' ? 2 : '3', script);
    expect(heap.facts().contexts.kindOf(script)).toBe('script');
  });

  it('Bun’s by their names', () => {
    const heap = new HeapBuilder();
    heap.node('object shape', 'Structure');
    const scopes = ['Lexical', 'Module', 'GlobalLexical'].map((name) =>
      heap.node('object', `system / JS${name}Environment`),
    );
    const { contexts } = heap.facts({ whitespace: 'bun' });
    expect(scopes.map((scope) => contexts.isContext(scope))).toEqual([true, true, true]);
    expect(scopes.map((scope) => contexts.kindOf(scope))).toEqual(['function', 'module', 'script']);
  });

  it('a function directly inside a context of the engine is a runtime’s own module', () => {
    // NativeContext <──previous── Context <──context── closure in node:fs
    const heap = new HeapBuilder();
    const native = heap.node('hidden', 'system / NativeContext');
    const value = heap.node('object', 'Foo');
    const [own, users] = [heap.context({ x: value }, native), heap.context({ x: value }, native)];
    heap.closure('readFile', { file: 'node:fs', context: own });
    heap.closure('mine', { file: '/app/fs.js', context: users });
    const { contexts } = heap.facts();
    expect([own, users].map((scope) => contexts.kindOf(scope))).toEqual(['module', 'function']);
  });

  it('a CommonJS module by the first of its functions, whatever other list has that too', () => {
    //  list of global handles ──(weak 10)──┐
    //  script ──> list ──(weak 2)──> info of f     f <──context── Context ──previous──> NativeContext
    const heap = new HeapBuilder();
    const native = heap.node('hidden', 'system / NativeContext');
    const scope = heap.context({ x: heap.node('object', 'Foo') }, native);
    const f = heap.closure('f', { file: '/app/a.js', context: scope });
    const shared = heap.edges[f]?.find(({ name }) => name === 'shared')?.to as NodeOrdinal;
    const other = heap.node('hidden', 'system / WeakFixedArray');
    const list = heap.node('code', 'system / WeakFixedArray');
    heap.edge(heap.rootGroup('(Global handles)'), 'internal', '91', other);
    heap.edge(other, 'weak', '10', shared).edge(list, 'weak', '2', shared);
    heap.edge(heap.script('/app/a.js'), 'hidden', 1, list);
    const module = heap.node('object', 'Module');
    heap.edge(module, 'property', 'filename', heap.node('string', '/app/a.js'));
    expect(heap.facts().contexts.kindOf(scope)).toBe('module');
  });
});

describe('what a scope is', () => {
  it.each<[string, string, boolean]>([
    ['object', 'system / Context', true],
    ['object', 'system / Context / scope @46623', true],
    ['object', 'system / Contexts', false],
    ['string', 'system / Context', false],
    ['hidden', 'system / NativeContext', false],
  ])('%s "%s": %s', (type, name, expected) => {
    const heap = new HeapBuilder();
    const node = heap.node(type, name);
    expect(heap.facts().contexts.isContext(node)).toBe(expected);
  });
});

describe('where a scope is', () => {
  it('the function it was made by comes first, the first function inside it next', () => {
    //  outer ──shared──> info <──…── scope ⟸ context of two closures, the later one listed first
    const heap = new HeapBuilder();
    const scope = heap.context({ x: heap.node('object', 'Foo') });
    heap.closure('b', { file: '/a.js', line: 9, column: 2, context: scope });
    heap.closure('a', { file: '/a.js', line: 9, column: 1, context: scope });
    const before = heap.facts().contexts;
    expect(before.functionNameOf(scope)).toBe('');
    expect(before.placeOf(scope)).toEqual({ file: '/a.js', line: 9, column: 1 });

    const outer = heap.closure('outer', { file: '/a.js', line: 3, column: 4 });
    const info = heap.node('code', 'system / ScopeInfo');
    const shared = heap.edges[outer]?.[0]?.to as NodeOrdinal;
    heap.edge(scope, 'internal', 'scope_info', info);
    heap.edge(shared, 'internal', 'name_or_scope_info', info);
    const after = heap.facts().contexts;
    expect(after.functionNameOf(scope)).toBe('outer');
    expect(after.placeOf(scope)).toEqual({ file: '/a.js', line: 3, column: 4 });
  });

  it('the file of a scope without functions is that of a scope inside it', () => {
    const heap = new HeapBuilder();
    const outer = heap.context({});
    const inner = heap.context({}, outer);
    heap.closure('f', { file: '/a.js', context: inner });
    const { contexts } = heap.facts();
    expect([outer, inner].map((scope) => contexts.fileOf(scope))).toEqual(['/a.js', '/a.js']);
  });

  it('is not found if nothing shows it', () => {
    const heap = new HeapBuilder();
    const scope = heap.context({});
    const { contexts } = heap.facts();
    expect([contexts.fileOf(scope), contexts.placeOf(scope)]).toEqual([null, null]);
  });

  it('is found through 100,000 nested scopes', () => {
    const heap = new HeapBuilder();
    const outermost = heap.context({});
    let scope = outermost;
    for (let i = 0; i < 100_000; i++) scope = heap.context({}, scope);
    heap.closure('f', { file: '/a.js', context: scope });
    expect(heap.facts().contexts.fileOf(outermost)).toBe('/a.js');
  });

  it('is given up on scopes that hold each other', () => {
    const heap = new HeapBuilder();
    const a = heap.context({});
    const b = heap.context({}, a);
    heap.edge(a, 'internal', 'previous', b);
    expect(heap.facts().contexts.fileOf(a)).toBeNull();
  });
});

describe('files of the runtime itself', () => {
  it.each<[string | null, boolean]>([
    [null, true],
    ['node:internal/timers', true],
    ['ext:core/01_core.js', true],
    ['native:x', true],
    ['internal/timers.js', true],
    ['events.js', true],
    ['_stream_readable.js', true],
    ['/app/events.js', false],
    ['file:///app/internal/timers.js', false],
    ['events.mjs', false],
    ['app.js', false],
    ['evalmachine.<anonymous>', false],
    ['', false],
  ])('%s: %s', (file, expected) => {
    expect(isBuiltinFile(file)).toBe(expected);
  });
});

describe('a module scope of the program', () => {
  it.each(FIXTURE_NAMES)('is recognised individually as in the list of all: %s', async (name) => {
    const { contexts, graph } = await fixtureFacts(name);
    const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node as NodeOrdinal);
    const found = nodes.filter((node) => contexts.isProgramModule(node));
    expect(found).toEqual([...contexts.programModules()].sort((a, b) => a - b));
  });
});
