import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from './heap-builder.js';
import type { Dice } from './mutate-snapshot.js';
import { randomHeap } from './random-heap.js';
import { randomText } from './random-subgraph.js';

/** Names at which something looks twice. */
const NAMES = [
  ...['Timeout', 'TimersList', 'Immediate', 'Socket', 'ServerResponse', 'ClientRequest', 'Worker'],
  ...['EventTarget', 'AbortSignal', 'FiberNode', 'Module', 'BuiltinModule', 'Window', 'Gzip'],
  ...['system / Context', 'system / Oddball', 'system / ContextCell', 'system / ScopeInfo'],
  ...['Map', 'Set', 'WeakRefMap', 'Detached <div>', '(GC roots)', '(Global handles)', '', 'null'],
  ...['__proto__', 'constructor', 'hasOwnProperty', '<script>alert(1)</script>', 'a\u0000b', '💥'],
  ...[
    '[*]',
    '["*"]',
    '<*>',
    '<DevTools console>',
    'var x',
    '. -> .',
    ' -> ',
    '**',
    '5',
    '-1',
    '@7',
  ],
];
const EDGE_NAMES = [
  ...['table', 'elements', 'properties', 'context', 'previous', 'shared', 'script', 'scope_info'],
  ...['_idleNext', '_idlePrev', '_onTimeout', '_handle', '_server', 'next', 'children', 'exports'],
  ...['timerListMap', '_isDisposed', '_store', '_closed', '<symbol kHandle>', '<symbol kEvents>'],
  ...['1 / DevTools console', 'native_context', 'moduleLoadList', 'filename', 'function'],
];
const TYPES = ['object', 'object', 'array', 'hidden', 'closure', 'native', 'code', 'string'];
const EDGES = ['property', 'property', 'element', 'internal', 'hidden', 'context', 'weak'];
const LONG = 5_000;

/** A heap that grows with its moment, of one of some odd builds; ids are of its own process or of none. */
export function hostileMoment(dice: Dice, moment: number): HeapBuilder {
  const { below, pick } = dice;
  if (below(8) === 0) return randomHeap(1 + below(1_000_000));
  const heap = new HeapBuilder();
  const build = pick([fan, chain, tangle, dictionary, twins]);
  for (let times = 1 + below(3); times > 0; times--) build(heap, dice, moment);
  return heap;
}

function nameOf({ below, pick }: Dice): string {
  if (below(10) === 0) return pick(['x', 'é', '"', '\\', '\n']).repeat(1 + below(LONG));
  if (below(5) === 0) return randomText(() => below(2 ** 30) / 2 ** 30);
  return pick(NAMES);
}

/** Ids are unique; some are even, far apart or beyond 32 bits less one. */
function anyNode(heap: HeapBuilder, dice: Dice): NodeOrdinal {
  const { below, pick } = dice;
  const size = pick([0, 8, 65_535, 65_536, 2 ** 31, 2 ** 40]);
  const ordinal = heap.nodes.length;
  const id = below(6) === 0 ? 2 ** 31 + 2 * ordinal : 2 * ordinal + 1;
  return heap.node(pick(TYPES), nameOf(dice), { id, size, detachedness: below(4) });
}

function join(heap: HeapBuilder, dice: Dice, from: NodeOrdinal, to: NodeOrdinal): void {
  const { below, pick } = dice;
  const type = pick(EDGES);
  const isIndexed = type === 'element' || type === 'hidden';
  const name = below(3) === 0 ? nameOf(dice) : pick(EDGE_NAMES);
  heap.edge(from, type, isIndexed ? below(2 ** 31) : name, to);
}

type Build = (heap: HeapBuilder, dice: Dice, moment: number) => void;

/** An object that holds hundreds. */
const fan: Build = (heap, dice, moment) => {
  const hub = anyNode(heap, dice);
  heap.edge(heap.global, 'property', dice.pick(EDGE_NAMES), hub);
  for (let n = (100 + dice.below(200)) * (moment + 1); n > 0; n--) {
    const name = dice.below(20) === 0 ? nameOf(dice) : `k${n}`;
    heap.edge(hub, dice.pick(['property', 'internal']), name, anyNode(heap, dice));
  }
};

/** A long row, all by one reference or by two in turn, back to its start at times. */
const chain: Build = (heap, dice, moment) => {
  const start = anyNode(heap, dice);
  const [name, class_] = [dice.pick(EDGE_NAMES), nameOf(dice)];
  heap.edge(heap.global, 'property', 'start', start);
  let at = start;
  for (let n = (200 + dice.below(1_000)) * (moment + 1); n > 0; n--) {
    const next = dice.below(50) === 0 ? anyNode(heap, dice) : heap.node('object', class_);
    heap.edge(at, 'property', name, next);
    if (dice.below(30) === 0) heap.edge(next, 'property', '_idlePrev', at);
    at = next;
  }
  if (dice.below(2) === 0) heap.edge(at, 'property', name, start);
};

/** Anything holds anything. */
const tangle: Build = (heap, dice, moment) => {
  const nodes = Array.from({ length: 20 * (moment + 1) }, () => anyNode(heap, dice));
  for (let n = 3 * nodes.length; n > 0; n--) {
    join(heap, dice, dice.pick([heap.root, heap.global, ...nodes]), dice.pick(nodes));
  }
};

/** Keys that nobody would think of. */
const dictionary: Build = (heap, dice, moment) => {
  const holder = anyNode(heap, dice);
  heap.edge(heap.global, 'property', 'cache', holder);
  const value = nameOf(dice);
  for (let n = 30 * (moment + 1); n > 0; n--) {
    heap.edge(holder, 'property', `${nameOf(dice).slice(0, 200)}${n}`, heap.node('object', value));
  }
};

/** Classes that end, timers and scopes, with fields of the wrong kind. */
const twins: Build = (heap, dice, moment) => {
  const list = heap.node('object', dice.pick(['Array', 'TimersList', 'Map']));
  heap.edge(heap.global, 'property', 'list', list);
  const oddball = heap.node('hidden', dice.pick(['null', 'true', 'system / Oddball']));
  const class_ = dice.pick(NAMES.slice(0, 14));
  for (let n = 8 * (moment + 1); n > 0; n--) {
    const item = heap.node(dice.pick(['object', 'closure']), class_, { size: 64 });
    heap.edge(
      list,
      dice.pick(['element', 'property']),
      dice.below(2) === 0 ? n : `_idle${n}`,
      item,
    );
    for (const name of EDGE_NAMES) {
      if (dice.below(4) === 0) {
        heap.edge(item, 'property', name, dice.pick([oddball, item, list, heap.root]));
      }
    }
  }
};
