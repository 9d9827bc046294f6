import { describe, expect, it } from 'vitest';
import type { HeapFacts } from '../../src/engine/heap-facts.js';
import { ShowBackrefError } from '../../src/errors.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { SelectOptions } from '../../src/question/graph-question.js';
import { parseTarget } from '../../src/question/target.js';
import { type Evaluated, selectTargets } from '../../src/select/select-targets.js';
import { HeapBuilder } from '../support/heap-builder.js';

type Question = Partial<SelectOptions> & { readonly evaluated?: ReadonlyMap<string, Evaluated> };

function select(
  facts: HeapFacts,
  targets: string | readonly string[],
  { evaluated, ...options }: Question = {},
): readonly NodeOrdinal[] {
  const texts = typeof targets === 'string' ? [targets] : targets;
  const choice = { nth: null, largest: false, all: false, ...options };
  return selectTargets(facts, texts.map(parseTarget), choice, evaluated).nodes;
}

/** The error for a question, which must have one. */
function failure(facts: HeapFacts, target: string, question: Question = {}): ShowBackrefError {
  try {
    select(facts, target, question);
  } catch (error) {
    if (error instanceof ShowBackrefError) return error;
    throw error;
  }
  throw new Error(`"${target}" was found`);
}

interface Shop {
  readonly facts: HeapFacts;
  readonly item: (index: number) => NodeOrdinal;
  readonly cart: NodeOrdinal;
}

/**
 *     global ──.cart──> Cart ──.items──> Array ──[0]──> Item(0), ──[1]──> Item(1)
 *       │                  └──(internal "")──> Item(2)
 *       └──.Item──> class Item ──prototype──> Item (prototype), three Items in reverse order of ids
 */
function shop(): Shop {
  const heap = new HeapBuilder();
  const items = [91, 71, 51].map((id) => heap.node('object', 'Item', { id, size: id }));
  const prototype = heap.node('object', 'Item', { id: 31 });
  const itemClass = heap.closure('Item', { file: '/srv/shop.js', line: 4 });
  heap.node('string', 'Item');
  const cart = heap.node('object', 'Cart');
  const list = heap.node('object', 'Array');
  heap.edge(heap.global, 'property', 'cart', cart).edge(cart, 'property', 'items', list);
  heap.edge(heap.global, 'property', 'Item', itemClass);
  heap.edge(itemClass, 'property', 'prototype', prototype);
  heap.edge(list, 'element', 0, items[0]).edge(list, 'element', 1, items[1]);
  heap.edge(cart, 'internal', '', items[2]);
  for (const item of items) heap.edge(item, 'property', '__proto__', prototype);
  return { facts: heap.facts(), item: (index) => items[index], cart };
}

describe('@id', () => {
  it('picks the object with that id', () => {
    const { facts, item } = shop();
    expect(select(facts, '@71')).toEqual([item(1)]);
  });

  it.each([
    ['@999999999', '"@91"'],
    ['@72', '"@71", "@91"'],
    ['@99999999999999999999', '"@91"'],
  ])('%s, which does not exist, names the nearest', (target, near) => {
    expect(failure(shop().facts, target).message).toBe(
      `Nothing in the heap matches "${target}"; did you mean ${near}?`,
    );
  });
});

describe('class:', () => {
  it('picks instances in order of their ids, without the prototype, class and string', () => {
    const { facts, item } = shop();
    expect(select(facts, 'class:Item')).toEqual([item(2), item(1), item(0)]);
  });

  it('counts nth from 1 in that order', () => {
    const { facts, item } = shop();
    expect(select(facts, 'class:Item', { nth: 1 })).toEqual([item(2)]);
    expect(select(facts, 'class:Item', { nth: 3 })).toEqual([item(0)]);
    expect(failure(facts, 'class:Item', { nth: 4 }).message).toBe(
      '"class:Item" matches 3 objects, so there is no nth 4; use 1 to 3',
    );
    expect(failure(facts, 'class:Item', { nth: 0 }).message).toMatch(/no nth 0; use 1 to 3$/);
  });

  it('picks the one that retains most with --largest', () => {
    const { facts, item } = shop();
    expect(select(facts, 'class:Item', { largest: true })).toEqual([item(0)]);
  });

  it('matches a part of the name with a regular expression', () => {
    const { facts, item, cart } = shop();
    expect(select(facts, 'class:/^(It|Ca)/')).toEqual([cart, item(2), item(1), item(0)]);
  });

  it('suggests classes with similar names', () => {
    const error = failure(shop().facts, 'class:Itme');
    expect(error.code).toBe('NOTHING_SELECTED');
    expect(error.message).toBe(
      'Nothing in the heap matches "class:Itme"; did you mean "class:Item"?',
    );
    expect(failure(shop().facts, 'class:/Itme/').message).toMatch(/did you mean "class:Item"\?$/);
  });

  it('says how to list the objects if no name is similar', () => {
    expect(failure(shop().facts, 'class:Nowhere').message).toBe(
      'Nothing in the heap matches "class:Nowhere"; see which objects there are with target class:/./ or in DevTools',
    );
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('finds class %s', (name) => {
    const heap = new HeapBuilder();
    const node = heap.node('object', name);
    heap.edge(heap.global, 'property', 'x', node);
    const facts = heap.facts();
    expect(select(facts, `class:${name}`)).toEqual([node]);
    expect(failure(facts, `class:${name}x`).message).toContain(`"class:${name}"`);
  });
});

describe('fn: and string:', () => {
  it('pick functions and strings by name, but not a class with that name', () => {
    const { facts } = shop();
    const { graph } = facts;
    expect(select(facts, 'fn:Item').map((node) => graph.typeNameOf(node))).toEqual(['closure']);
    expect(select(facts, 'string:Item').map((node) => graph.typeNameOf(node))).toEqual(['string']);
    expect(failure(facts, 'fn:Itam').message).toMatch(/did you mean "fn:Item"\?$/);
  });

  it('match hostile text', () => {
    const heap = new HeapBuilder();
    const texts = ['"; rm -rf /', '</script>\u202e', '\u001b[31m', '\\', 'a\nb', 'é'];
    const nodes = texts.map((text) => heap.node('string', text));
    const facts = heap.facts();
    for (const [index, text] of texts.entries()) {
      expect(select(facts, `string:${text}`), text).toEqual([nodes[index]]);
    }
    expect(select(facts, 'string:/^a\\nb$/')).toEqual([nodes[4]]);
  });

  it('find characters above U+FFFF as V8 writes them, by their low 16 bits', () => {
    const heap = new HeapBuilder();
    const node = heap.node('string', 'party \uf600');
    const plain = heap.node('string', '\u{1f600}');
    const facts = heap.facts();
    expect(select(facts, 'string:party \u{1f600}')).toEqual([node]);
    expect(select(facts, 'string:\u{1f600}')).toEqual([plain]);
  });

  it('find a text of which the file has only the first 1024 characters', () => {
    const heap = new HeapBuilder();
    const node = heap.node('string', 'x'.repeat(1024));
    expect(select(heap.facts(), `string:${'x'.repeat(5000)}`)).toEqual([node]);
  });

  it('find a NUL, which V8 writes as a space', () => {
    const heap = new HeapBuilder();
    const node = heap.node('string', 'a b');
    expect(select(heap.facts(), 'string:a\0b')).toEqual([node]);
  });

  it('are all of them unless one is chosen', () => {
    const heap = new HeapBuilder();
    const nodes = [heap.node('string', 's'), heap.node('string', 's')];
    expect(select(heap.facts(), 'string:s')).toEqual(nodes);
    expect(select(heap.facts(), 'string:s', { nth: 2 })).toEqual([nodes[1]]);
  });
});

describe('largest and detached', () => {
  it('largest is the object that retains most, though not the global', () => {
    const { facts, cart } = shop();
    expect(select(facts, 'largest')).toEqual([cart]);
    expect(failure(facts, 'largest', { nth: 2 }).message).toBe(
      '"largest" matches 1 object, so there is no nth 2; use 1',
    );
  });

  it('detached are DOM nodes that the file marks, or names as older Chrome did', () => {
    const heap = new HeapBuilder();
    heap.node('native', '<p>', { detachedness: 1 });
    const old = heap.node('native', 'Detached HTMLDivElement');
    const marked = heap.node('native', '<div>', { detachedness: 2 });
    expect(select(heap.facts(), 'detached')).toEqual([old, marked]);
  });

  it('detached are elements that the file marks only by their parent', () => {
    // <div> (detached) ──> <span> ──> <b> ──> Text, and ──> StyleRule, which is not in a document
    const heap = new HeapBuilder();
    const div = heap.node('native', '<div>', { detachedness: 2 });
    const span = heap.node('native', '<span>');
    const b = heap.node('native', '<b>');
    const rule = heap.node('native', 'StyleRule');
    heap.edge(div, 'element', 1, span).edge(span, 'element', 1, b).edge(div, 'element', 2, rule);
    heap.edge(b, 'element', 1, heap.node('native', 'Text'));
    expect(select(heap.facts(), 'detached')).toEqual([div, span, b]);
  });

  it('detached says that a heap has no DOM, whatever Node.js marks', () => {
    const heap = new HeapBuilder();
    heap.node('native', 'Node / BindingData', { detachedness: 2 });
    heap.node('object', 'HTMLDivElement');
    expect(failure(heap.facts(), 'detached').message).toBe(
      'This heap has no DOM nodes of a browser, so none can be detached; name other objects with target class:Foo',
    );
  });

  it('detached says that all nodes of a DOM are in their document', () => {
    const heap = new HeapBuilder();
    heap.node('native', '<p>', { detachedness: 1 });
    expect(failure(heap.facts(), 'detached').message).toBe(
      'No DOM node in this heap is detached from its document; name other objects with target class:Foo',
    );
  });
});

describe('names and paths', () => {
  it('pick a global, and what a path leads to from there', () => {
    const { facts, item, cart } = shop();
    expect(select(facts, 'cart')).toEqual([cart]);
    expect(select(facts, 'cart.items[1]')).toEqual([item(1)]);
    expect(select(facts, 'cart["items"]["0"]')).toEqual([item(0)]);
    expect(select(facts, 'cart[""]')).toEqual([item(2)]);
    expect(select(facts, 'globalThis.cart.items[0]')).toEqual([item(0)]);
    expect(select(facts, 'global:cart.items[0]')).toEqual([item(0)]);
  });

  it('fall back to a class', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    expect(select(heap.facts(), 'Foo')).toEqual([foo]);
    expect(failure(heap.facts(), 'var:Foo').message).toMatch(/^Nothing in the heap/);
  });

  it('fail with similar names', () => {
    const error = failure(shop().facts, 'crat.items');
    expect(error.message).toBe('Nothing in the heap matches "crat.items"; did you mean "cart"?');
  });

  it.each([
    ['cart.itmes[7]', '"cart.items"'],
    ['globalThis.crat.items', '"globalThis.cart"'],
    ['globalThis.cart["itens"]', '"globalThis.cart.items"'],
  ])('%s fails with the nearest path that leads somewhere', (target, near) => {
    expect(failure(shop().facts, target).message).toBe(
      `Nothing in the heap matches "${target}"; did you mean ${near}?`,
    );
  });

  it('fail without a wrong advice if the object has nothing similar', () => {
    expect(failure(shop().facts, 'cart.items[7]').message).toMatch(/with target class:/);
    expect(failure(shop().facts, 'cart.something.else').message).toMatch(/with target class:/);
  });

  it('suggest a path in the form in which it can be typed', () => {
    const heap = new HeapBuilder();
    const object = heap.node('object', 'Foo');
    const inner = heap.node('object', 'Bar');
    heap.edge(heap.global, 'property', 'o', object).edge(object, 'property', 'two words', inner);
    heap.edge(object, 'element', 0, inner).edge(inner, 'property', 'name', object);
    const facts = heap.facts();
    expect(failure(facts, 'o["two wards"]').message).toMatch(/did you mean "o\["two words"\]"\?$/);
    expect(failure(facts, 'o[0].nmae').message).toMatch(/did you mean "o\[0\]\.name"\?$/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'valueOf'])(
    'find a global called %s',
    (name) => {
      const heap = new HeapBuilder();
      const node = heap.node('object', 'Foo');
      heap.edge(heap.global, 'property', name, node).edge(node, 'property', name, node);
      const facts = heap.facts();
      expect(select(facts, name)).toEqual([node]);
      expect(select(facts, `globalThis.${name}.${name}`)).toEqual([node]);
      expect(failure(heap.facts(), `${name}.nope`).code).toBe('NOTHING_SELECTED');
    },
  );

  it('find nothing under an inherited name', () => {
    expect(failure(shop().facts, 'toString').code).toBe('NOTHING_SELECTED');
    expect(failure(shop().facts, 'cart.constructor').code).toBe('NOTHING_SELECTED');
  });

  it('look into a Map by its text keys', () => {
    // global ──.m──> Map ──table──> array: 5 "a b" 6 Foo | 8 "__proto__" 9 Bar
    const heap = new HeapBuilder();
    const map = heap.node('object', 'Map');
    const table = heap.node('array', '', { size: 152 });
    const [foo, bar] = ['Foo', 'Bar'].map((name) => heap.node('object', name));
    heap.edge(heap.global, 'property', 'm', map).edge(map, 'internal', 'table', table);
    heap.edge(table, 'internal', '5', heap.node('string', 'a b')).edge(table, 'internal', '6', foo);
    heap.edge(table, 'internal', '8', heap.node('string', '__proto__'));
    heap.edge(table, 'internal', '9', bar);
    const facts = heap.facts();
    expect(select(facts, 'm["a b"]')).toEqual([foo]);
    expect(select(facts, "m['__proto__']")).toEqual([bar]);
    expect(failure(facts, 'm["b"]').code).toBe('NOTHING_SELECTED');
  });

  it('keep the order of several targets and name each object once', () => {
    const { facts, item, cart } = shop();
    expect(select(facts, ['cart.items[1]', 'cart', '@71', '@51'])).toEqual([
      item(1),
      cart,
      item(2),
    ]);
  });
});

describe('variables', () => {
  interface Scoped {
    readonly facts: HeapFacts;
    readonly own: readonly NodeOrdinal[];
    readonly global: NodeOrdinal;
  }

  /** Two scopes of a.js and b.js and a global with a variable x; one scope of Node's with x and y. */
  function scoped(): Scoped {
    const heap = new HeapBuilder();
    const own = ['/srv/b.js', 'file:///srv/a%20b.js'].map((file, i) => {
      const value = heap.node('object', 'Own', { size: 16 * (i + 1) });
      const context = heap.context({ x: value });
      const f = heap.closure('f', { file, line: 10 + i, context });
      heap.edge(heap.global, 'property', `f${i}`, f);
      return value;
    });
    const builtin = heap.context({
      x: heap.node('object', 'Node'),
      y: heap.node('object', 'Node'),
    });
    heap.closure('g', { file: 'node:internal/x', context: builtin });
    const global = heap.node('object', 'Glob');
    heap.edge(heap.global, 'property', 'x', global);
    return { facts: heap.facts(), own, global };
  }

  it('of one name in several places are listed, each with what to type', () => {
    const { facts, own, global } = scoped();
    const error = failure(facts, 'x');
    const [b, a, g] = [...own, global].map((node) => `@${facts.graph.idOf(node)}`);
    expect(error.code).toBe('AMBIGUOUS_TARGET');
    expect(error.message).toBe(
      '"x" matches 3 objects; choose one of them with target, or take them all with all',
    );
    expect(error.details).toEqual([
      'id   class  where            shallow size  choose with',
      `${b.padEnd(5)}Own    scope b.js:10    16 B          target ${b}`,
      `${a.padEnd(5)}Own    scope a b.js:11  32 B          target ${a}`,
      `${g.padEnd(5)}Glob   globalThis       0 B           target ${g}`,
    ]);
  });

  it('are all taken with all, one with --nth, the largest with --largest', () => {
    const { facts, own, global } = scoped();
    expect(select(facts, 'x', { all: true })).toEqual([...own, global]);
    expect(select(facts, 'x', { nth: 2 })).toEqual([own[1]]);
    expect(select(facts, 'x', { largest: true })).toEqual([own[1]]);
  });

  it('are counted by --nth in order of the ids of what they hold', () => {
    const heap = new HeapBuilder();
    const values = [99, 77].map((id) => {
      const value = heap.node('object', 'Foo', { id });
      heap.closure('f', { context: heap.context({ x: value }) });
      return value;
    });
    expect(select(heap.facts(), 'x', { nth: 1 })).toEqual([values[1]]);
    expect(select(heap.facts(), 'x', { all: true })).toEqual([values[1], values[0]]);
  });

  it('are distinguished from globals by var: and global:', () => {
    const { facts, own, global } = scoped();
    expect(select(facts, 'var:x', { all: true })).toEqual(own);
    expect(select(facts, 'global:x')).toEqual([global]);
    expect(failure(facts, 'var:x').details).toHaveLength(3);
    expect(failure(facts, 'global:y').code).toBe('NOTHING_SELECTED');
  });

  it("of the runtime's own modules are never meant by a name alone", () => {
    const { facts } = scoped();
    expect(() => select(facts, 'y')).toThrow(
      /^No variable of the program is called "y", only of the runtime's own modules: (@\d+) \(scope node:internal\/x:1\); if that is meant, use target \1$/,
    );
    expect(select(facts, 'var:y').map((node) => facts.graph.nameOf(node))).toEqual(['Node']);
  });

  it('are found in the cell that newer V8 keeps them in', () => {
    const heap = new HeapBuilder();
    const cell = heap.node('hidden', 'system / ContextCell');
    const foo = heap.node('object', 'Foo');
    heap.edge(cell, 'hidden', 0, foo);
    heap.closure('f', { context: heap.context({ x: cell }) });
    expect(select(heap.facts(), 'var:x')).toEqual([foo]);
  });

  it.each(['self', 'window', 'global'])('can be called %s, which is not a global here', (name) => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const context = heap.context({ [name]: foo });
    heap.edge(heap.global, 'property', 'f', heap.closure('f', { context, file: '/srv/a.js' }));
    expect(select(heap.facts(), name)).toEqual([foo]);
    expect(select(heap.facts(), `var:${name}`)).toEqual([foo]);
  });

  it.each(['self', 'window', 'global'])('%s is the global if it has that property', (name) => {
    const heap = new HeapBuilder();
    heap.edge(heap.global, 'property', name, heap.node('hidden', 'system / AccessorPair'));
    heap.edge(heap.global, 'property', 'foo', heap.node('object', 'Foo'));
    const facts = heap.facts();
    expect(select(facts, name)).toEqual([heap.global]);
    expect(select(facts, `global:${name}.foo`)).toEqual(select(facts, 'foo'));
  });

  it('name one object once, however many scopes have it', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    for (const file of ['/a.js', '/b.js']) {
      heap.closure('f', { file, context: heap.context({ x: foo }) });
    }
    heap.edge(heap.global, 'property', 'x', foo);
    expect(select(heap.facts(), 'x')).toEqual([foo]);
  });
});

describe('exports', () => {
  it('of CommonJS modules are found by name, with the file', () => {
    // two objects "Module" ──.exports──> Object ──.db──> Db,  ──.filename──> "/srv/…"
    const heap = new HeapBuilder();
    const dbs = ['/srv/a.js', '/srv/b.js'].map((file) => {
      const module = heap.node('object', 'Module');
      const exports = heap.node('object', 'Object');
      const db = heap.node('object', 'Db');
      heap.edge(module, 'property', 'exports', exports).edge(exports, 'property', 'db', db);
      heap.edge(module, 'property', 'filename', heap.node('string', file));
      return db;
    });
    const facts = heap.facts();
    expect(select(facts, 'db', { all: true })).toEqual(dbs);
    expect(failure(facts, 'db').details?.map((line) => line.replace(/ +/g, ' '))).toEqual([
      'id class where shallow size choose with',
      '@7 Db export of a.js 0 B target @7',
      '@15 Db export of b.js 0 B target @15',
    ]);
  });

  it('of ES modules are found by name, with the file', () => {
    // record ──0──> array ──5──> "db", ──6──> Cell ──value──> Db;  record ──4──> Generator ──> body
    const heap = new HeapBuilder();
    const dbs = ['/srv/a.mjs', '/srv/b.mjs'].map((file) => {
      const record = heap.node('hidden', 'system / SourceTextModule');
      const table = heap.node('array', '');
      const cell = heap.node('hidden', 'system / Cell');
      const body = heap.node('object', 'Generator');
      const db = heap.node('object', 'Db');
      heap.edge(record, 'hidden', 0, table).edge(record, 'hidden', 4, body);
      heap
        .edge(table, 'internal', '5', heap.node('string', 'db'))
        .edge(table, 'internal', '6', cell);
      heap.edge(cell, 'internal', 'value', db);
      heap.edge(body, 'internal', 'function', heap.closure('', { file: `file://${file}` }));
      return db;
    });
    const facts = heap.facts();
    expect(select(facts, 'var:db', { all: true })).toEqual(dbs);
    expect(failure(facts, 'db').details?.[1]).toMatch(/ export of a\.mjs /);
    expect(failure(facts, 'global:db').code).toBe('NOTHING_SELECTED');
  });
});

describe('the table of candidates', () => {
  it('shows hostile class names harmlessly and cut', () => {
    const heap = new HeapBuilder();
    for (let i = 0; i < 2; i++) heap.node('object', '\u001b[2J\u202e', { id: 3 + i });
    for (let i = 0; i < 2; i++) heap.node('object', 'x'.repeat(99), { id: 9 + i });
    const facts = heap.facts();
    expect(failure(facts, '\u001b[2J\u202e').details?.[1]).toContain('\\u001b[2J\\u202e  ');
    expect(failure(facts, 'x'.repeat(99)).details?.[1]).toContain(` ${'x'.repeat(39)}…  `);
  });

  it('ends after twenty rows', () => {
    const heap = new HeapBuilder();
    for (let i = 0; i < 25; i++) heap.node('object', 'Foo');
    const { details } = failure(heap.facts(), 'Foo');
    expect(details).toHaveLength(22);
    expect(details?.at(-1)).toBe('… and 5 more');
  });

  it('gives the place of a class without folders', () => {
    const heap = new HeapBuilder();
    const script = heap.closure('Foo', { file: '/home/someone/project/foo.js' });
    const number = heap.locations[0].scriptId;
    for (let i = 0; i < 2; i++) heap.location(heap.node('object', 'Foo'), number, 2, 0);
    expect(failure(heap.facts(), 'Foo').details?.[1]).toMatch(/ foo\.js:3 /);
    expect(script).toBe(1);
  });
});

describe('answers of a live program', () => {
  const answer = (text: string, evaluated: Evaluated): Question => ({
    evaluated: new Map([[text, evaluated]]),
  });

  it('decide for plain names and var:, before any search', () => {
    const { facts, item } = shop();
    const question = answer('cart', { kind: 'object', nodeId: 71 });
    expect(select(facts, 'cart', question)).toEqual([item(1)]);
    expect(select(facts, 'var:cart', question)).toEqual([item(1)]);
    expect(select(facts, 'global:cart', question)).toEqual(select(facts, 'cart'));
  });

  it('may be any expression', () => {
    const { facts, item } = shop();
    const question = answer('list.at(-1)', { kind: 'object', nodeId: 71 });
    expect(select(facts, 'list.at(-1)', question)).toEqual([item(1)]);
  });

  it('that are values are refused, saying which', () => {
    const question = answer('n', { kind: 'primitive', text: '42' });
    expect(failure(shop().facts, 'n', question).message).toBe(
      '"n" is 42, a value and not an object; only objects have holders, name one with target',
    );
  });

  it('that are no longer in the heap say so', () => {
    const question = answer('x', { kind: 'object', nodeId: 1_000_001 });
    expect(failure(shop().facts, 'x', question).message).toBe(
      '"x" was collected before the heap was taken; keep a reference to it until then',
    );
  });

  it('that are errors leave it to the heap, and are shown when that knows nothing either', () => {
    const { facts, cart } = shop();
    const error = { kind: 'error', message: 'x is not defined' } as const;
    expect(select(facts, 'cart', answer('cart', error))).toEqual([cart]);
    expect(failure(facts, 'x', answer('x', error)).message).toMatch(
      /^Nothing in the heap matches "x" \(the program says: x is not defined\); /,
    );
  });
});
