import { describe, expect, test } from 'vitest';
import { HeapFacts } from '../../src/engine/heap-facts.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { tablesWithScopes } from '../support/scoped-heap.js';

const FIELDS = 6;
/** Ids of the scopes of a function `outer` with variables big and small, and of two functions in it. */
const [SCRIPT, OUTER, USES_BIG, USES_SMALL, IN_IT] = [-2, 10, 20, 30, 35];

/** The heap after a call of `outer`; each test decides what is alive of it. */
class Scene {
  readonly heap = new HeapBuilder();
  readonly script = this.heap.node('code', 'system / Script / a.js');
  readonly scope: NodeOrdinal;
  readonly #names: readonly NodeOrdinal[];

  constructor() {
    const { heap } = this;
    this.scope = heap.node('object', 'system / Context / scope @5');
    // the first strings of the file, in this order
    this.#names = [heap.node('string', 'big'), heap.node('string', 'small')];
    heap.edge(this.scope, 'context', 'big', heap.node('object', 'Big', { size: 90_000 }));
    heap.edge(this.scope, 'context', 'small', heap.node('object', 'Small', { size: 16 }));
    heap.edge(this.scope, 'internal', 'scope_info', this.#withId('system / ScopeInfo', OUTER));
  }

  /** A function of `outer`, below the global. */
  function(id: number, { isNumeric = true, context = this.scope } = {}): NodeOrdinal {
    const { heap } = this;
    const closure = heap.node('closure', `f${id}`);
    const shared = this.#withId('system / SharedFunctionInfo', id, isNumeric);
    heap.edge(shared, 'internal', 'script', this.script);
    heap.edge(closure, 'internal', 'shared', shared).edge(closure, 'internal', 'context', context);
    heap.edge(heap.global, 'property', `f${id}`, closure);
    return closure;
  }

  /** A suspended generator that is in the scope itself. */
  generator(continuation: string): void {
    const { heap } = this;
    const generator = heap.node('object', 'Generator');
    heap.edge(generator, 'internal', 'context', this.scope);
    const function_ = this.function(OUTER, { context: heap.global });
    heap.edge(generator, 'internal', 'function', function_);
    heap.edge(generator, 'internal', 'continuation', this.#number(continuation));
    heap.edge(heap.global, 'property', 'generator', generator);
  }

  #withId(name: string, id: number, isNumeric = true): NodeOrdinal {
    const node = this.heap.node('code', name);
    const number = isNumeric ? this.#number(String(id)) : this.heap.node('number', 'int');
    return this.heap.edge(node, 'internal', 'scope_id', number) && node;
  }

  #number(value: string): NodeOrdinal {
    const number = this.heap.node('number', 'int');
    return this.heap.edge(number, 'internal', 'value', this.heap.node('string', value)) && number;
  }

  /** Names of the variables that nothing uses. */
  async unused(): Promise<readonly string[]> {
    const strings = (await tablesWithScopes(this.heap, { scopes: [] })).strings;
    const script = this.script * FIELDS;
    const tables = await tablesWithScopes(this.heap, {
      scopes: [
        [script, SCRIPT, 0, 0, 0],
        [script, OUTER, 1, 2, 0],
        [script, USES_BIG, 2, 0, 1],
        [script, USES_SMALL, 2, 0, 1],
        [script, IN_IT, 3, 0, 0],
      ],
      vars: this.#names.map((_, at) => strings.find(['big', 'small'][at] ?? '')[0] ?? 0),
      uses: [
        [OUTER, 0],
        [OUTER, 1],
      ],
    });
    const { graph, unusedCaptures } = new HeapFacts(new HeapGraph(tables));
    return [...unusedCaptures.keys()].map((edge) => graph.edgeNameOf(edge)).sort();
  }
}

describe('variables that no function that is alive uses', () => {
  test.each<[string, readonly string[], (scene: Scene) => void]>([
    ['one of two functions has gone', ['big'], (s) => s.function(USES_SMALL)],
    ['both are alive', [], (s) => s.function(USES_BIG) && s.function(USES_SMALL)],
    ['a function in another one, which uses neither', ['big', 'small'], (s) => s.function(IN_IT)],
    [
      'a generator that has ended, beside a function',
      ['big'],
      (s) => s.generator('-1') ?? s.function(USES_SMALL),
    ],
  ])('%s', async (_, expected, fill) => {
    const scene = new Scene();
    fill(scene);
    expect(await scene.unused()).toEqual(expected);
  });
});

describe('nothing is said', () => {
  test.each<[string, (scene: Scene) => void]>([
    ['of a scope that nothing known sees', () => undefined],
    [
      'where an arguments object sees it',
      ({ heap, scope }) => {
        const list = heap.node('native', 'system / SloppyArgumentsElements');
        heap.edge(heap.global, 'property', 'list', list).edge(list, 'hidden', 0, scope);
      },
    ],
    [
      'where a running function sees it',
      ({ heap, scope }) => {
        heap.edge(heap.rootGroup('(Stack roots)'), 'element', 0, scope);
      },
    ],
    [
      'where a running function sees a scope in it',
      ({ heap, scope }) => {
        const block = heap.node('object', 'system / Context / scope @9');
        heap.edge(block, 'internal', 'previous', scope);
        heap.edge(heap.rootGroup('(Stack roots)'), 'element', 0, block);
      },
    ],
    ['where a number is not in the file', (s) => s.function(IN_IT, { isNumeric: false })],
    ['where a function is not in the list', (s) => s.function(77)],
    ['where a function is from around it', (s) => s.function(SCRIPT)],
  ])('%s', async (_, fill) => {
    const scene = new Scene();
    if (_ !== 'of a scope that nothing known sees') scene.function(USES_SMALL);
    fill(scene);
    expect(await scene.unused()).toEqual([]);
  });

  test.each(['3', '-2'])('where a generator waits or runs, at %s', async (continuation) => {
    const scene = new Scene();
    scene.function(IN_IT);
    scene.generator(continuation);
    expect(await scene.unused()).toEqual([]);
  });
});
