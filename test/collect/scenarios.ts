import type { FixtureName } from '../support/fixtures.js';

/** A target in the heap of programs/scenarios.js, and the whole picture of who holds it. */
export interface Scenario {
  readonly title: string;
  readonly target: string;
  readonly lines: readonly string[];
}

export const SCENARIOS: readonly Scenario[] = [
  {
    title: 'three objects that hold one target',
    target: 'class:SharedTarget',
    lines: [
      'globalThis -.reference1-> Object 1',
      'globalThis -.reference2-> Object 2',
      'globalThis -.reference3-> Object 3',
      'Object 1 -.target-> SharedTarget',
      'Object 2 -.target-> SharedTarget',
      'Object 3 -.target-> SharedTarget',
    ],
  },
  {
    title: 'a value that only a Map holds',
    target: 'class:OnlyInMap',
    lines: ['globalThis -.onlyMap-> Map', 'Map -Map[OnlyMapKey] →-> OnlyInMap'],
  },
  {
    title: 'a key that only a Map holds',
    target: 'class:OnlyMapKey',
    lines: ['globalThis -.onlyMap-> Map', 'Map -Map key-> OnlyMapKey'],
  },
  {
    title: 'a member that only a Set holds',
    target: 'class:OnlyInSet',
    lines: ['globalThis -.onlySet-> Set', 'Set -Set member-> OnlyInSet'],
  },
  {
    title: 'a value of a Map that a Set and a global hold too',
    target: 'class:SV',
    lines: [
      'globalThis -.amap-> Map',
      'globalThis -.aset-> Set',
      'globalThis -.sv-> SV',
      'Map -Map[SK] →-> SV',
      'Set -Set member-> SV',
    ],
  },
  {
    title: 'variables of two scopes of one closure, and of a scope that two closures share',
    target: 'class:Captured',
    lines: [
      'globalThis -.nested-> inner',
      'globalThis -.sibling-> usesNothing',
      'inner -innerOnly-> Captured 1',
      'inner -sharedCtx-> Captured 2',
      'never -scope-> scope',
      'scope -big-> Captured 3',
      'scope -never-> never',
      'usesNothing -scope-> scope',
    ],
  },
  {
    title: 'a local of a suspended generator',
    target: 'class:GenLocal',
    lines: ['gen -local of suspended gen()-> GenLocal', 'globalThis -.suspendedGen-> gen'],
  },
  {
    title: 'a local of a suspended async function',
    target: 'class:AsyncLocal',
    lines: [
      'Generator -local of suspended async waits()-> AsyncLocal',
      'globalThis -.openGate-> resolve',
      'globalThis -.pendingGate-> Promise',
      'Promise -awaited by async waits()-> Generator',
      'resolve -promise-> Promise',
    ],
  },
  {
    title: 'the largest index an object keeps as a property',
    target: 'class:ByNumericKey',
    lines: ['globalThis -.numericKey-> Object', 'Object -[4294967294]-> ByNumericKey'],
  },
  {
    title: 'a property whose key is a symbol',
    target: 'class:BySymbolKey',
    lines: ['globalThis -.symbolKey-> Object', 'Object -[Symbol(mySymbol)]-> BySymbolKey'],
  },
  {
    title: 'a private field',
    target: 'class:PrivHeld',
    lines: ['globalThis -.priv-> Priv', 'Priv -.#secret-> PrivHeld'],
  },
  {
    title: 'a value that only a WeakMap entry holds',
    target: 'class:ValueClass',
    lines: [
      'globalThis -.ephemeronKey-> KeyClass',
      'KeyClass -WeakMap value of KeyClass-> ValueClass',
    ],
  },
  {
    title: 'a value of a WeakMap that a global holds too',
    target: 'class:VV',
    lines: ['globalThis -.wk-> KK', 'globalThis -.wv-> VV', 'KK -WeakMap value of KK-> VV'],
  },
  {
    title: 'a value of a WeakMap whose key is four references from the global',
    target: 'class:CustomClass2',
    lines: [
      'globalThis -.key2-> Object 1',
      'Key2 -WeakMap value of Key2-> CustomClass2',
      'Object 1 -.a-> Object 2',
      'Object 2 -.b-> Object 3',
      'Object 3 -.c-> Key2',
    ],
  },
  {
    title: 'the this of a bound function',
    target: 'class:AAAAA',
    lines: [
      'bound myFunction -bound this-> AAAAA',
      'globalThis -.boundFunction-> bound myFunction',
    ],
  },
  {
    title: 'an argument of a bound function',
    target: 'class:Number',
    lines: [
      'bound myFunction -bound arg 1-> Number',
      'globalThis -.boundFunction-> bound myFunction',
    ],
  },
  {
    title: 'the value of a promise',
    target: 'class:PromiseValue',
    lines: ['globalThis -.resolvedPromise-> Promise', 'Promise -[[PromiseResult]]-> PromiseValue'],
  },
  {
    title: 'a property beside a WeakRef and a registry',
    target: 'class:StrongTarget',
    lines: ['globalThis -.holder-> Object', 'Object -.strong-> StrongTarget'],
  },
  {
    title: 'what a WeakRef and a registry point to without holding it',
    target: 'class:WeakTarget',
    lines: ['globalThis -.weakTarget-> WeakTarget'],
  },
  {
    title: 'what three listeners hold',
    target: 'class:ListenerPayload',
    lines: [
      'Array -[0]-> onEvent 1',
      'Array -[1]-> onEvent 2',
      'Array -[2]-> onEvent 3',
      'Emitter -.listeners-> Array',
      'globalThis -.emitter-> Emitter',
      'onEvent 1 -p-> ListenerPayload 1',
      'onEvent 2 -p-> ListenerPayload 2',
      'onEvent 3 -p-> ListenerPayload 3',
    ],
  },
  {
    title: 'elements of an array, and properties with an empty and a quoted name',
    target: 'class:Elem',
    lines: [
      'Array -[0]-> Elem 1',
      'Array -[2]-> Elem 2',
      'globalThis -.elems-> Array',
      'globalThis -.numericKey-> Object',
      'Object -[""]-> Elem 3',
      'Object -["a b\\"c"]-> Elem 4',
    ],
  },
  {
    title: 'six nodes with a cycle among them',
    target: 'class:DomX',
    lines: [
      'DomX 1 -.a-> DomX 2',
      'DomX 1 -.b-> DomX 3',
      'DomX 2 -.a-> DomX 4',
      'DomX 3 -.a-> DomX 5',
      'DomX 3 -.b-> DomX 6',
      'DomX 4 -.b-> DomX 5',
      'DomX 5 -.a-> DomX 4',
      'DomX 5 -.b-> DomX 6',
      'DomX 6 -.a-> DomX 5',
      'globalThis -.node6-> DomX 1',
    ],
  },
  {
    title: 'two ways from one object to another',
    target: 'class:XPair',
    lines: [
      'globalThis -.xs-> XPair 1',
      'XPair 1 -.a-> XPair 2',
      'XPair 1 -.b-> XPair 3',
      'XPair 2 -.a-> XPair 3',
    ],
  },
  {
    title: 'three parallel references, two closures and a global',
    target: 'class:A2',
    lines: [
      'anonymous function 1 -x-> A2',
      'anonymous function 2 -x-> A2',
      'C2 -.x1-> A2',
      'C2 -.x2-> A2',
      'C2 -[1]-> A2',
      'globalThis -.a2-> A2',
      'globalThis -.b2_1-> anonymous function 1',
      'globalThis -.b2_2-> anonymous function 2',
      'globalThis -.c2-> C2',
    ],
  },
  { title: 'a plain global', target: 'class:C2', lines: ['globalThis -.c2-> C2'] },
  {
    title: 'a chain of 61 objects',
    target: 'class:Deep',
    lines: [
      'globalThis -.deep-> Object 1',
      ...Array.from({ length: 59 }, (_, i) => `Object ${i + 1} -.next-> Object ${i + 2}`),
      'Object 60 -.next-> Deep',
    ],
  },
];

/** Facts that a fixture's file lacks, or has in another form, and the picture in that case. */
export interface Difference {
  readonly fixture: FixtureName;
  readonly target: string;
  readonly reason: string;
  /** null: the heap has no such object. */
  readonly lines: readonly string[] | null;
}

const NO_TABLES = 'JavaScriptCore does not record what is in a Map or Set';
const NO_NAMES = 'JavaScriptCore writes internal references without a name';
const WEAK_HANDLE = 'JavaScriptCore writes WeakMap values as held by the roots';

export const DIFFERENCES: readonly Difference[] = [
  ...(['class:StrongTarget', 'class:WeakTarget'] as const).map((target) => ({
    fixture: 'node-12' as const,
    target,
    reason: 'Node.js 12 has no WeakRef, so the program does not make these objects',
    lines: null,
  })),
  {
    fixture: 'node-12',
    target: 'class:BySymbolKey',
    reason: 'V8 7.8 does not write the description of a symbol',
    lines: ['globalThis -.symbolKey-> Object', 'Object -[Symbol()]-> BySymbolKey'],
  },
  {
    fixture: 'node-12',
    target: 'class:PrivHeld',
    reason: 'V8 7.8 writes private fields as symbols without description',
    lines: ['globalThis -.priv-> Priv', 'Priv -[Symbol()]-> PrivHeld'],
  },
  {
    fixture: 'node-12',
    target: 'class:ListenerPayload',
    reason: 'V8 7.8 does not write the names in a scope info of a block',
    lines: [
      'Array -[0]-> onEvent 1',
      'Array -[1]-> onEvent 2',
      'Array -[2]-> onEvent 3',
      'Emitter -.listeners-> Array',
      'globalThis -.emitter-> Emitter',
      'onEvent 1 -block variable-> ListenerPayload 1',
      'onEvent 2 -block variable-> ListenerPayload 2',
      'onEvent 3 -block variable-> ListenerPayload 3',
    ],
  },
  {
    fixture: 'deno-2.9',
    target: 'class:WeakTarget',
    reason: 'taken within the job that made the WeakRef, which keeps its target until the job ends',
    lines: [
      'globalThis -.weakTarget-> WeakTarget',
      'V8 internals (Strong root list) -WeakRef kept until end of job-> WeakTarget',
    ],
  },
  ...(['OnlyInMap', 'OnlyMapKey', 'OnlyInSet'] as const).map((name) => ({
    fixture: 'bun-1.4' as const,
    target: `class:${name}`,
    reason: NO_TABLES,
    lines: [`${name}: no holder recorded`],
  })),
  { fixture: 'bun-1.4', target: 'class:SV', reason: NO_TABLES, lines: ['globalThis -.sv-> SV'] },
  {
    fixture: 'bun-1.4',
    target: 'class:SharedTarget',
    reason: 'JavaScriptCore keeps every variable of a scope that a direct eval could reach',
    lines: [
      'Function -{internal}-> scope',
      'globalThis -.b2_1-> Function',
      'globalThis -.reference1-> Object 1',
      'globalThis -.reference2-> Object 2',
      'globalThis -.reference3-> Object 3',
      'Object 1 -.target-> SharedTarget',
      'Object 2 -.target-> SharedTarget',
      'Object 3 -.target-> SharedTarget',
      'scope -shared-> SharedTarget',
    ],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:Captured',
    reason: NO_NAMES,
    lines: [
      'globalThis -.nested-> inner',
      'globalThis -.sibling-> usesNothing',
      'inner -innerOnly-> Captured 1',
      'inner -sharedCtx-> Captured 2',
      'never -{internal}-> scope 1',
      'scope 1 -{internal}-> scope 2',
      'scope 1 -big-> Captured 3',
      'scope 2 -never-> never',
      'usesNothing -{internal}-> scope 1',
    ],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:GenLocal',
    reason: 'JavaScriptCore keeps locals of a generator in a scope, by number',
    lines: [
      'Generator -{internal}-> scope',
      'globalThis -.suspendedGen-> Generator',
      'scope -5-> GenLocal',
    ],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:AsyncLocal',
    reason: 'JavaScriptCore keeps locals of a generator in a scope, by number',
    lines: [
      'AsyncFunctionGenerator -{internal}-> scope',
      'globalThis -.pendingGate-> Promise',
      'Promise -{internal}-> AsyncFunctionGenerator',
      'scope -5-> AsyncLocal',
    ],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:ByNumericKey',
    reason: NO_NAMES,
    lines: [
      'globalThis -.numericKey-> Object',
      'Object -{internal}-> SparseArrayValueMap',
      'SparseArrayValueMap -{internal}-> ByNumericKey',
    ],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:BySymbolKey',
    reason: 'JavaScriptCore writes a symbol key like a text',
    lines: ['globalThis -.symbolKey-> Object', 'Object -.mySymbol-> BySymbolKey'],
  },
  ...(['ValueClass', 'CustomClass2'] as const).map((name) => ({
    fixture: 'bun-1.4' as const,
    target: `class:${name}`,
    reason: WEAK_HANDLE,
    lines: [`GC roots -{internal}-> ${name}`],
  })),
  {
    fixture: 'bun-1.4',
    target: 'class:VV',
    reason: WEAK_HANDLE,
    lines: ['GC roots -{internal}-> VV', 'globalThis -.wv-> VV'],
  },
  ...(['AAAAA', 'Number'] as const).map((name) => ({
    fixture: 'bun-1.4' as const,
    target: `class:${name}`,
    reason: NO_NAMES,
    lines: ['globalThis -.boundFunction-> myFunction', `myFunction -{internal}-> ${name}`],
  })),
  {
    fixture: 'bun-1.4',
    target: 'class:PromiseValue',
    reason: NO_NAMES,
    lines: ['globalThis -.resolvedPromise-> Promise', 'Promise -{internal}-> PromiseValue'],
  },
  {
    fixture: 'bun-1.4',
    target: 'class:A2',
    reason: 'JavaScriptCore calls an anonymous function by its class',
    lines: [
      'C2 -.x1-> A2',
      'C2 -.x2-> A2',
      'C2 -[1]-> A2',
      'Function 1 -x-> A2',
      'Function 2 -x-> A2',
      'globalThis -.a2-> A2',
      'globalThis -.b2_1-> Function 1',
      'globalThis -.b2_2-> Function 2',
      'globalThis -.c2-> C2',
    ],
  },
];
