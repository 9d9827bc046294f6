import { describe, expect, it } from 'vitest';
import type {
  HoldingPattern,
  SubgraphEdge,
  SubgraphNode,
} from '../../src/collect/picture/subgraph.js';
import { chainSentences } from '../../src/report/sentences.js';
import { caseCount } from '../support/cases.js';
import { meaningFrom, nodeMeaningFrom } from '../support/notation.js';
import { edge, generatedSubgraph, node, seedSubgraph, subgraph } from './build-subgraph.js';
import { HOSTILE_STRINGS } from './hostile-strings.js';

const TARGET = node('Session @1', { role: 'target' });
const SERVER = node('module server.js', { id: '@1000000', type: 'module', role: 'root' });
const GLOBAL = node('globalThis', { id: '@1000001', role: 'root' });

function closure(label: string, fields: Partial<SubgraphNode> = {}): SubgraphNode {
  const name = label.replace(/(\(\))? @\d+$/, '');
  return node(label, { type: 'closure', name, ...fields });
}

function root(label: string): SubgraphNode {
  return node(label, { id: '@92', type: 'root', role: 'root' });
}

function tell(nodes: readonly SubgraphNode[], edges: readonly SubgraphEdge[]): readonly string[] {
  return chainSentences(subgraph([TARGET, ...nodes], edges));
}

/** The sentence on a target that one holder holds by one reference. */
function tellOne(
  label: string,
  holder: SubgraphNode = node('Foo @2'),
  fields: Partial<SubgraphEdge> = {},
): string {
  const [sentence = ''] = tell([holder], [edge(holder.id, '@1', label, fields)]);
  return sentence.replace(/^Session @1 /, '').replace(/, which nothing in this picture holds/, '');
}

describe('chainSentences', () => {
  it('describes a leak as a programmer would', () => {
    const sentences = tell(
      [
        closure('onData() @5', { location: 'server.js:12:3' }),
        node('Socket @81'),
        node('Map @7'),
        SERVER,
      ],
      [
        edge('@5', '@1', 'payload'),
        edge('@81', '@5', 'listener "data"'),
        edge('@7', '@81', 'Map["42"] →'),
        edge('@1000000', '@7', 'clients'),
      ],
    );
    expect(sentences).toEqual([
      'Session @1 is held as "payload" by the \'data\' listener onData (server.js:12) of Socket @81, ' +
        'which is in Map clients under "42", a module variable of server.js.',
    ]);
  });

  it('describes one chain for each holder of the seed, the shortest first', () => {
    expect(chainSentences(seedSubgraph())).toEqual([
      'Array @123 is variable x of module seed.js (paused at line 4).',
      'Array @123 is element 0 of Array y, a variable of module seed.js (paused at line 4).',
      'Array @123 is element 0 of Array @127, which is element 1 of Array y, ' +
        'a variable of module seed.js (paused at line 4).',
      'Array @123 is property a of Object @129, which is element 2 of Array y, ' +
        'a variable of module seed.js (paused at line 4).',
    ]);
  });

  it('says of an awaiting function what it waits for', () => {
    const sentences = tell(
      [node('Generator @2'), node('Promise @3'), GLOBAL],
      [
        edge('@2', '@1', 'local of suspended async load()'),
        edge('@3', '@2', 'awaited by async load()'),
        edge('@1000001', '@3', '.gate'),
      ],
    );
    expect(sentences).toEqual([
      'Session @1 is a local variable of the suspended async function load() @2, ' +
        'which waits for Promise gate, a global variable.',
    ]);
  });

  it('joins a timer and the function it calls', () => {
    const sentences = tell(
      [closure('tick() @2', { location: 'app.js:3:7' }), root('timers')],
      [edge('@2', '@1', 'cache'), edge('@92', '@2', 'timer 1000 ms')],
    );
    expect(sentences).toEqual([
      'Session @1 is held as "cache" by the callback tick (app.js:3) of a 1000 ms timer.',
    ]);
  });

  it.each([
    ['interval 5000 ms', 'every 5000 ms'],
    ['timer 100 ms', 'after 100 ms'],
  ])('says what a Timeout of Node.js is for: %s', (label, when) => {
    const sentences = tell(
      [
        closure('anonymous function @2', { location: 'app.js:3:7' }),
        node('Timeout @3'),
        root('timers'),
      ],
      [edge('@2', '@1', 'this'), edge('@3', '@2', '._onTimeout'), edge('@92', '@3', label)],
    );
    expect(sentences).toEqual([
      'Session @1 is held as "this" by the anonymous callback (app.js:3) of Timeout @3, ' +
        `which is run by the timers ${when}.`,
    ]);
  });
});

describe('a reference', () => {
  it.each([
    ['.a', 'is property a of Foo @2.'],
    ['["a b"]', 'is property "a b" of Foo @2.'],
    ['[Symbol(d)]', 'is property Symbol(d) of Foo @2.'],
    ['.#secret', 'is private field #secret of Foo @2.'],
    ['.__proto__', 'is the prototype of Foo @2.'],
    ['[3]', 'is element 3 of Foo @2.'],
    ['Map["k"] →', 'is in Foo @2 under "k".'],
    ['Map[Key @12] →', 'is in Foo @2 under Key @12.'],
    ['Map[primitive] →', 'is in Foo @2 under a primitive key.'],
    ['Map key', 'is a key of Foo @2.'],
    ['Set member', 'is a member of Foo @2.'],
    ['iterator →', 'is still to come in Foo @2.'],
    ['WeakMap value of Foo @2', 'is held in a WeakMap by its key Foo @2.'],
    ['bound this', 'is bound as this to Foo @2.'],
    ['bound arg 1', 'is bound argument 1 of Foo @2.'],
    ['bound function', 'is the function bound by Foo @2.'],
    ['[[PromiseResult]]', 'is the value of Foo @2.'],
    ['[[Target]]', 'is the target of Foo @2.'],
    ['[[Handler]]', 'is the handler of Foo @2.'],
    ['then callback', 'is a then callback of Foo @2.'],
    ['result of then', 'is the result of then() on Foo @2.'],
    ['awaited by async load()', 'waits for Foo @2.'],
    ['local of suspended gen()', 'is a local variable of the suspended generator gen() @2.'],
    ['listener "data"', "is a 'data' listener of Foo @2."],
    ['listener', 'is a listener of Foo @2.'],
    ['settled by microtask', 'is to be settled by a microtask of Foo @2.'],
    ['timer 1000 ms', 'is the callback of the 1000 ms timer Foo @2.'],
    ['outer scope', 'is the scope around Foo @2.'],
    ['first half', 'is the first half of Foo @2.'],
    ['substring of', 'is kept whole for its part Foo @2.'],
    ['bytes', 'is the memory of Foo @2.'],
    ['property', 'is a property of Foo @2.'],
    ['property name', 'is the name of a property of Foo @2.'],
    ['{table}', 'is held internally (table) by Foo @2.'],
    ['{internal}', 'is held internally by Foo @2.'],
    ['', 'is held by Foo @2.'],
  ])('%s', (label, sentence) => {
    expect(
      tellOne(label, node('Foo @2'), {
        type: /^\[\[|^\w+$/.test(label) ? 'internal' : rawType(label),
      }),
    ).toBe(sentence);
  });

  it.each([
    ['get ready()', 'is the getter ready of Foo @2.'],
    ['set ready()', 'is the setter ready of Foo @2.'],
    ['private methods of #Foo', 'is the scope with the private methods of Foo @2.'],
    ['captured', 'is captured by Foo @2.'],
    ['promise', 'is to be settled by Foo @2.'],
    ['WeakSet member', 'is a member of Foo @2.'],
    ['WeakMap entry', 'is part of an entry of Foo @2.'],
    ['iterator of', 'is iterated over by Foo @2.'],
    ['async context of then', 'is the async context of a then() call on Foo @2.'],
    ['promise of async load()', 'is the promise of the suspended async function load() @2.'],
    ['promise of next()', 'is the promise of a waiting next() call on Foo @2.'],
    ['argument of next()', 'is the argument of a waiting next() call on Foo @2.'],
    ['microtask', 'is waiting to run as a microtask.'],
    ['argument of microtask', 'is an argument of a waiting microtask.'],
    ['resumes async load()', 'is to be resumed by a waiting microtask.'],
    ['AsyncLocalStorage store', 'is the AsyncLocalStorage store kept with Foo @2.'],
    ['async context', 'is the async context of Foo @2.'],
    ['store of Storage @7', 'is the store of Storage @7 in Foo @2.'],
    ['listener "end" (once)', "is a one-time 'end' listener of Foo @2."],
    ['listener Symbol(secret)', 'is a Symbol(secret) listener of Foo @2.'],
    ['setImmediate', 'is queued with setImmediate in Foo @2.'],
    ['process.nextTick callback', 'is a callback in Foo @2.'],
    ['process.nextTick argument', 'is an argument of a callback in Foo @2.'],
    ['timer', 'is the callback of a timer of Foo @2.'],
    ['callback', 'is a callback of Foo @2.'],
    ['held value', 'is the held value of a registration in Foo @2.'],
    ['cleanup callback', 'is the cleanup callback of Foo @2.'],
    ['captured stack', 'is in the captured stack of Foo @2.'],
    ['C++ handle', 'is held by a C++ handle.'],
    ['C++ reference', 'is referenced from C++ by Foo @2.'],
    ['DOM link', 'is linked in the DOM with Foo @2.'],
    ['JavaScript object', 'is the JavaScript object of Foo @2.'],
    ['C++ object', 'is the C++ object of Foo @2.'],
    ['one of {a, b}', 'is held as one of {a, b} by Foo @2.'],
  ])('that only a label would describe: %s', (label, sentence) => {
    expect(tellOne(label, node('Foo @2'), { type: 'internal' })).toBe(sentence);
  });

  it('of an answer without meanings is described by its type and name', () => {
    const raw = { from: '@2', to: '@1', label: '?', weak: false };
    const sentences = [
      { ...raw, type: 'property', name: 'a' },
      { ...raw, type: 'element', name: '3' },
      { ...raw, type: 'context', name: 'x' },
      { ...raw, type: 'hidden', name: '7' },
    ].map((one) => tell([node('Foo @2')], [one])[0]?.split(',')[0]);
    expect(sentences).toEqual([
      'Session @1 is property a of Foo @2',
      'Session @1 is element 3 of Foo @2',
      'Session @1 is variable x in Foo @2',
      'Session @1 is held internally (7) by Foo @2',
    ]);
  });

  it.each([
    ['a closure', closure('f() @2'), 'is held as "x" by function f() @2.'],
    [
      'an anonymous closure',
      closure('anonymous function @2'),
      'is held as "x" by the anonymous function @2.',
    ],
    [
      'a scope',
      node('scope of f() @2', { location: 'a.js:3:1' }),
      'is variable x in the scope of f() @2 (a.js:3).',
    ],
    ['a module', SERVER, 'is the module variable x of server.js.'],
    [
      'an unknown module',
      node('module', { id: '@2', type: 'module', role: 'root' }),
      'is the module variable x.',
    ],
    [
      'the top level',
      node('top-level let, const and class', { id: '@2', type: 'module', role: 'root' }),
      'is the top-level variable x.',
    ],
    ['globalThis', GLOBAL, 'is globalThis.x.'],
    [
      'a paused module',
      node('module a.js:4', { id: 'frame:0', type: 'frame', role: 'root' }),
      'is variable x of module a.js (paused at line 4).',
    ],
  ])('a variable of %s', (_, holder, sentence) => {
    expect(tellOne('x', holder)).toBe(sentence);
  });

  it.each([
    [
      'local x in main()',
      'main() app.js:3',
      { type: 'context', name: 'x' },
      'is local variable x of main() (app.js:3).',
    ],
    [
      'scope',
      'main() app.js:3',
      { type: 'shortcut', name: 'scope' },
      'is closed over by main() (app.js:3).',
    ],
  ])('%s of a paused function', (label, holder, fields, sentence) => {
    const frame = node(holder, { id: 'frame:0', type: 'frame', role: 'root' });
    expect(tellOne(label, frame, fields)).toBe(sentence);
  });

  it.each([
    ['.cache', GLOBAL, 'is globalThis.cache.'],
    ['["a b"]', GLOBAL, 'is globalThis["a b"].'],
    [
      'export x of m.mjs',
      node('module m.mjs', { id: '@2', type: 'module', role: 'root' }),
      'is exported as x by m.mjs.',
    ],
    ['stack', root('stack'), 'is on the stack.'],
    ['stack (temporary)', root('stack'), 'is held by a temporary value on the stack.'],
    ['C++ handle TCPWrap', root('C++ handles'), 'is held by the C++ handle TCPWrap.'],
    ['[7]', root('pending microtasks'), 'is held by pending microtasks.'],
    ['[7]', root('GC roots'), 'is held by the GC roots.'],
    [
      'WeakRef kept until end of job',
      root('V8 internals (Strong root list)'),
      'is kept for a WeakRef until the running job ends.',
    ],
    ['timer 1000 ms', root('timers'), 'is the callback of a 1000 ms timer.'],
  ])('%s of a root', (label, holder, sentence) => {
    expect(tellOne(label, holder, label === 'stack' ? { type: 'element' } : {})).toBe(sentence);
  });

  it.each([
    ['x', 'is held as "x" by function f() @2.'],
    ['one of {a, b, …}', 'is held as one of {a, b, …} by function f() @2.'],
    ['block variable', 'is held as a variable of a block by function f() @2.'],
  ])('%s of a block', (label, sentence) => {
    expect(tellOne(label, closure('f() @2'), { type: 'hidden', name: '3' })).toBe(sentence);
  });

  it.each([
    [['.a', '.b'], 'is property a and b of Foo @2.'],
    [['Map["k"] →', 'Map["l"] →'], 'is in Foo @2 under "k" and "l".'],
    [['.a', '[0]'], 'is property a and element 0 of Foo @2.'],
    [['.a', 'Map key', 'Set member'], 'is property a, a key and a member of Foo @2.'],
    [['.a', 'bound this'], 'is property a of Foo @2 (and by 1 more reference).'],
    [
      ['[0]', '[1]', '[2]', '[3]', '[4]'],
      'is element 0, 1 and 2 of Foo @2 (and by 2 more references).',
    ],
  ])('and others beside it: %j', (labels, sentence) => {
    const [found = ''] = tell(
      [node('Foo @2')],
      labels.map((label) => edge('@2', '@1', label)),
    );
    expect(found).toBe(
      `Session @1 ${sentence.replace(/( \(and|\.$)/, '$1').replace(/\.$/, '')}, which nothing in this picture holds.`,
    );
  });
});

function rawType(label: string): string {
  return edge('', '', label).type;
}

describe('references drawn as one', () => {
  it.each([
    ['Map["*"] →', 40, 'is a value in Foo @2.'],
    ['Map["*"] →', 1, 'is in Foo @2 under "*".'],
    ['Map[*] →', 40, 'is a value in Foo @2.'],
    ['[*]', 40, 'is an element of Foo @2.'],
    ['.*', 40, 'is a property of Foo @2.'],
  ])('by %s, %d times: %s', (label, count, expected) => {
    const fields = { type: label === '.*' ? 'property' : 'internal' } as const;
    expect(tellOne(label, undefined, { ...fields, name: 'k1', ...(count > 1 && { count }) })).toBe(
      expected,
    );
  });
});

describe('a chain', () => {
  it('counts the middle of a long one', () => {
    const links = Array.from({ length: 60 }, (_, i) => node(`Link @${i + 2}`, { depth: i + 1 }));
    const edges = links.map(({ id }, i) => edge(id, `@${i + 1}`, '.next'));
    expect(tell([...links, GLOBAL], [...edges, edge('@1000001', '@61', '.head')])).toEqual([
      'Session @1 is property next of Link @2, which is property next of Link @3, ' +
        'which is property next of Link @4, which is property next of Link @5, ' +
        'and so on through 53 more objects up to Link @59, which is property next of Link @60, ' +
        'which is property next of Link head, a global variable.',
    ]);
  });

  it('is described up to where it is cut off', () => {
    const more = node('3 beyond --depth: 2 Array, 1 Foo', { id: 'more:@2', role: 'more' });
    expect(
      tell([node('Foo @2'), more], [edge('@2', '@1', '.a'), edge('more:@2', '@2', '')]),
    ).toEqual([
      'Session @1 is property a of Foo @2, which is held by others that are left out here ' +
        '(3 beyond --depth: 2 Array, 1 Foo).',
    ]);
  });

  it('that is cut off is not described beside a complete one of the same holder', () => {
    const more = node('3 more: 3 Array', { id: 'more:@2', role: 'more' });
    const sentences = tell(
      [node('Foo @2'), more, GLOBAL],
      [edge('@2', '@1', '.a'), edge('more:@2', '@2', ''), edge('@1000001', '@2', '.foo')],
    );
    expect(sentences).toEqual(['Session @1 is property a of Foo foo, a global variable.']);
  });

  it('of each holder comes before a second one of another', () => {
    const roots = [2, 3, 4, 5, 6, 7].map((id) => node(`F @1${id}`, { role: 'root', type: 'root' }));
    const sentences = tell(
      [node('A @2'), node('B @3'), node('C @4'), ...roots, GLOBAL],
      [
        edge('@2', '@1', '.a'),
        ...roots.map(({ id }) => edge(id, '@2', '.r')),
        edge('@3', '@1', '.b'),
        edge('@4', '@3', '.c'),
        edge('@1000001', '@4', '.d'),
      ],
    );
    expect(sentences).toHaveLength(6);
    expect(sentences[0]).toContain('property a of A @2');
    expect(sentences[1]).toContain('property b of B @3');
    expect(sentences[5]).toBe('2 more ways.');
  });

  it('is described once if others read the same', () => {
    const twins = ['@2', '@3'].map((id) => closure(`f() ${id}`, { location: 'a.js:1:1' }));
    const sentences = tell(
      [...twins, GLOBAL],
      twins.flatMap(({ id }) => [edge(id, '@1', 'x'), edge('@1000001', id, '.f')]),
    );
    expect(sentences).toEqual([
      'Session @1 is held as "x" by function f (a.js:1), which is globalThis.f.',
      '1 more way.',
    ]);
  });

  it('does not go through the same object twice', () => {
    const sentences = tell(
      [node('A @2'), node('B @3'), GLOBAL],
      [
        edge('@2', '@1', '.a'),
        edge('@2', '@2', '.self'),
        edge('@3', '@2', '.b'),
        edge('@2', '@3', '.back'),
        edge('@1', '@3', '.target'),
        edge('@1000001', '@3', '.root'),
      ],
    );
    expect(sentences).toEqual([
      'Session @1 is property a of A @2, which is property b of B root, a global variable.',
    ]);
  });
});

describe('a target', () => {
  it.each([
    ['nobody holds', [], 'No holder of Session @1 is recorded in this heap.'],
    ['only itself holds', [edge('@1', '@1', '.self')], 'Session @1 is held by nothing but itself.'],
    [
      'only a weak reference reaches',
      [edge('@2', '@1', '.a', { weak: true })],
      'Session @1 is only held weakly, which does not keep it alive.',
    ],
    [
      'is part of a circle',
      [edge('@2', '@1', '.a'), edge('@1', '@2', '.b')],
      'Session @1 is only held in a circle, by Foo @2: no root is reached.',
    ],
  ])('that %s', (_, edges, sentence) => {
    expect(tell([node('Foo @2')], edges)).toEqual([sentence]);
  });

  it('that is a root keeps itself alive', () => {
    const target = { ...GLOBAL, role: 'target' as const };
    expect(chainSentences(subgraph([target], []))).toEqual([
      'globalThis is a root: it keeps itself alive.',
    ]);
  });

  it('that holds another one is where the chain ends', () => {
    const targets = [TARGET, node('Session @2', { role: 'target' })];
    const graph = subgraph(
      [...targets, GLOBAL],
      [edge('@2', '@1', '.next'), edge('@1000001', '@2', '.head')],
    );
    expect(chainSentences(graph)).toEqual([
      'Session @1 is property next of Session @2, a target itself.',
      'Session @2 is globalThis.head.',
    ]);
  });

  it('among many gets its share of the sentences', () => {
    const targets = Array.from({ length: 8 }, (_, i) => node(`T @${i + 1}`, { role: 'target' }));
    const edges = targets.flatMap(({ id }) => [
      edge('@1000001', id, '.a'),
      edge('@1000000', id, 'b'),
    ]);
    const sentences = chainSentences(subgraph([...targets, GLOBAL, SERVER], edges));
    expect(sentences).toEqual([
      ...['@1', '@2', '@3', '@4', '@5'].map((id) => `T ${id} is globalThis.a.`),
      '11 more ways.',
    ]);
  });

  it.each([
    [closure('f() @1'), 'Function f() @1'],
    [closure('anonymous function @1', { location: 'a.js:2:1' }), 'The anonymous function (a.js:2)'],
    [node('scope of f() @1'), 'The scope of f() @1'],
  ])('begins its sentence', (target, subject) => {
    const graph = subgraph([{ ...target, role: 'target' }, GLOBAL], [edge('@1000001', '@1', '.a')]);
    expect(chainSentences(graph)).toEqual([`${subject} is globalThis.a.`]);
  });
});

describe('limits', () => {
  it('stops counting at the limit, whatever the graph', () => {
    // 2 ways at each of 40 steps: a million million ways
    const ladder = Array.from({ length: 40 }, (_, i) => [
      node(`L @${3 * i + 2}`),
      node(`R @${3 * i + 3}`),
      node(`N @${3 * i + 4}`),
    ]).flat();
    const edges = ladder.flatMap((_, at) => {
      if (at % 3 !== 0) return [];
      const below = `@${at + 1}`;
      const [left, right, above] = [`@${at + 2}`, `@${at + 3}`, `@${at + 4}`];
      return [
        edge(left, below, '.l'),
        edge(right, below, '.r'),
        edge(above, left, '.n'),
        edge(above, right, '.n'),
      ];
    });
    const sentences = tell([...ladder, GLOBAL], [...edges, edge('@1000001', '@121', '.top')]);
    // those that differ only in the middle read the same
    expect(sentences).toHaveLength(3);
    expect(sentences.at(-1)).toBe('More than 98 more ways.');
  });

  it('walks a chain of 20,000 holders', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => node(`N @${i + 2}`));
    const edges = nodes.map(({ id }, i) => edge(id, `@${i + 1}`, '.next'));
    const [sentence] = tell([...nodes, GLOBAL], [...edges, edge('@1000001', '@20001', '.head')]);
    expect(sentence).toContain('and so on through 19,993 more objects');
  });

  it('describes any picture in a few lines of limited length', () => {
    for (const size of [50, 400]) {
      const sentences = chainSentences(generatedSubgraph(size, 2 * size));
      expect(sentences.length).toBeGreaterThan(0);
      expect(sentences.length).toBeLessThanOrEqual(6);
    }
  });

  it.each(HOSTILE_STRINGS)('limits every name: %j', (text) => {
    const name = `${text}${'x'.repeat(caseCount(1_000_000, 20_000))}`;
    const holder = closure(`${name}() @2`, { name, location: `${name}:1:2` });
    const frame = node(`${name}() ${name}:3`, { id: 'frame:0', type: 'frame', role: 'root' });
    for (const label of [`.${name}`, name, `Map[${name}] →`, `listener "${name}"`, `{${name}}`]) {
      const sentences = tell(
        [holder, frame],
        [edge('@2', '@1', label, { name }), edge('frame:0', '@2', label, { name })],
      );
      for (const sentence of sentences) expect(sentence.length).toBeLessThan(2000);
      expect(sentences.length).toBeGreaterThan(0);
    }
  });
});

describe('targets drawn as one', () => {
  const MANY = node('Session x 1,204', { id: 'many:@1', role: 'target', count: 1204 });
  const step = (name: string, nodeType: string, label: string, edgeType: string) => {
    const from = nodeType === 'frame' ? 'frame:0' : '@5';
    const means = meaningFrom({ from, label, type: edgeType, count: 2 });
    const isNode = nodeType === 'object' || nodeType === 'closure';
    const shown = isNode && name !== 'globalThis' ? `${name} @5` : name;
    const is = nodeMeaningFrom({ id: '@5', label: shown, type: nodeType, role: 'holder' });
    const isRoot = name === 'globalThis' || ['frame', 'module', 'root'].includes(nodeType);
    const root = isRoot ? { root: true as const } : {};
    return { name, nodeType, label, edgeType, means, ...root, ...(is && { is }) };
  };
  const tellPatterns = (...patterns: readonly Omit<HoldingPattern, 'target'>[]) => {
    const own = patterns.map((pattern) => ({ target: 'many:@1', ...pattern }));
    return chainSentences(subgraph([MANY], [], { patterns: own }));
  };

  it('are described by how many are held in which way', () => {
    const map = [
      step('module app.js', 'module', 'clients', 'context'),
      step('Map', 'object', 'Map["*"] →', 'internal'),
    ];
    const list = [
      step('main() app.js', 'frame', 'local all in main()', 'context'),
      step('Array', 'object', '[*]', 'element'),
      step('anonymous function', 'closure', 'session', 'context'),
    ];
    const cache = [step('globalThis', 'object', '.cache', 'property')];
    const table = [...cache, step('Object', 'object', '.*', 'property')];
    expect(
      tellPatterns(
        { count: 1100, steps: map },
        { count: 100, steps: list },
        { count: 2, steps: table },
        { count: 1, steps: [] },
        { count: 1, steps: cache },
      ),
    ).toEqual([
      '1,100 of 1,204 Session: each is a value in Map, which is the module variable clients of app.js.',
      '100 of 1,204 Session: each is variable session in an anonymous function, which is an element of Array, which is local variable all of main() app.js.',
      '2 of 1,204 Session: each is a property of Object, which is globalThis.cache.',
      '1 of 1,204 Session is not reachable by strong references.',
      '1 of 1,204 Session is globalThis.cache.',
    ]);
  });

  it('that are all held in one way are described once, and many ways are counted', () => {
    const [cache, ...others] = Array.from({ length: 9 }, (_, i) => {
      return { count: 134, steps: [step('globalThis', 'object', `.cache${i}`, 'property')] };
    });
    expect(tellPatterns({ ...cache, count: 1204, steps: cache?.steps ?? [] })).toEqual([
      'All 1,204 Session: each is globalThis.cache0.',
    ]);
    expect(tellPatterns(...others).at(-1)).toBe('3 more ways.');
  });
});
