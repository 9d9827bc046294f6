import type { NodeMeaning, NodeState, OmissionReason } from '../engine/meaning.js';
import { formatCount } from '../util/format-count.js';
import { option, type Sentence, type Spelling, say, spell } from '../util/sentence.js';
import { type NodeTable, nodeWordsFor } from './meaning-table.js';
import { pathLabel } from './path-label.js';
import { describeHandle, describeRootGroup } from './root-words.js';

/** Class or function name, or the words for a root; without an id. */
export function nodeName(is: NodeMeaning): string {
  return nodeWordsFor(NAMES, is);
}

/**
 * The first line of a node: `Session @5`, `main() @7`, `module app.js`, or `Session x 1,204` for
 * several objects.
 */
export function nodeLabel(is: NodeMeaning, id: string, count = 1): string {
  const title = nodeTitle(is, count);
  return hasId(is) && count === 1 ? `${title} ${id}` : title;
}

/** The same without the id. */
export function nodeTitle(is: NodeMeaning, count = 1): string {
  const title = nodeWordsFor(TITLES, is);
  return count > 1 ? `${title} x ${formatCount(count)}` : title;
}

/** True if a node is one of many with its name: such nodes have their id in the label. */
export function hasId(is: NodeMeaning): boolean {
  if (is.kind === 'realm-global') return !is.isOwn;
  return is.kind === 'object' || is.kind === 'function' || is.kind === 'scope';
}

type RealmGlobal = Extract<NodeMeaning, { readonly kind: 'realm-global' }>;

function realmName({ of, name, isOwn }: RealmGlobal): string {
  if (of === 'window') return `${isOwn ? '' : 'Detached '}Window${name === null ? '' : ` ${name}`}`;
  const realm = of === 'vm' ? 'vm context' : 'realm';
  return name === null ? `globalThis of a ${realm}` : `globalThis of ${realm} "${name}"`;
}

const RUNTIME = { timers: 'timers', 'next-tick': 'process.nextTick queue' } as const;

const NAMES = {
  object: ({ name }) => name,
  function: ({ name }) => name ?? 'anonymous function',
  scope: ({ of }) => (of === null ? 'scope' : `scope of ${of}`),
  module: ({ file }) => (file === null ? 'module' : `module ${file}`),
  runtime: ({ part }) => RUNTIME[part],
  'top-level': () => 'top-level let, const and class',
  global: () => 'globalThis',
  realm: () => 'V8 native context',
  'realm-global': realmName,
  named: ({ name }) => name,
  handle: ({ name }) => describeHandle(name),
  console: () => 'DevTools console',
  'gc-root': () => 'GC root',
  'root-group': ({ name }) => describeRootGroup(name),
  frame: ({ function: of, file }) => (of === null ? `module ${file}` : `${called(of)}() ${file}`),
  omitted: () => 'more',
} satisfies NodeTable<[], string>;

const TITLES = {
  ...NAMES,
  function: ({ name }) => (name === null ? 'anonymous function' : `${name}()`),
  scope: ({ of }) => (of === null ? 'scope' : `scope of ${of}()`),
  frame: (is) => `${NAMES.frame(is)}:${is.line}`,
} satisfies NodeTable<[], string>;

function called(name: string): string {
  return name || '(anonymous)';
}

type LimitReason = Exclude<OmissionReason, 'own' | 'between' | 'repeats'>;

const REASONS: Readonly<Record<LimitReason, Sentence>> = {
  limit: 'more',
  depth: say`beyond ${option('depth')}`,
  stop: say`beyond ${option('stop')}`,
  hide: say`hidden by ${option('hide')}`,
  way: 'more on the way',
};

/** The number of classes named in the words of a cut; the rest is only in the total before them. */
const NAMED_CLASSES = 3;

interface OmittedInWords {
  readonly count: number;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly ways?: number;
  readonly times?: number;
  readonly round?: readonly { readonly label: string }[];
}

/** `37 more: 30 Array, 7 Closure`; `14 objects in between, 9 more ways`. */
export function omittedLabel(
  reason: OmissionReason,
  omitted: OmittedInWords,
  spelling: Spelling = 'flags',
): string {
  const { count, classes } = omitted;
  const objects = counted(count, 'object');
  switch (reason) {
    case 'own':
      return `${objects} that ${count === 1 ? 'lives' : 'live'} only through it`;
    case 'between':
      return `${objects} in between${moreWays(omitted.ways)}`;
    case 'repeats':
      return `repeats ${counted(omitted.times ?? 0, 'time')}: ${pathLabel((omitted.round ?? []).map(({ label }) => label))}`;
    default: {
      const named = classes.slice(0, NAMED_CLASSES).map((one) => `${one.count} ${one.name}`);
      if (classes.length > NAMED_CLASSES) named.push('…');
      return `${count} ${spell(REASONS[reason], spelling)}: ${named.join(', ')}`;
    }
  }
}

/** Words for further paths; more than a hundred are not counted. */
function moreWays(ways = 0): string {
  if (ways === 0) return '';
  return ways >= MOST_WAYS ? `, more than ${MOST_WAYS - 1} ways` : `, ${counted(ways, 'more way')}`;
}

const MOST_WAYS = 100;

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * The end of a preview that says why a walk ended.
 *
 * @param unreachable for objects drawn as one, how many are unreachable.
 */
export function stateWords(state: NodeState, unreachable: number): string {
  return STATES[state](unreachable);
}

const STATES = {
  unreachable: () => 'unreachable',
  'partly-unreachable': (unreachable: number) => `${unreachable} unreachable`,
  'no-path': () => 'not reachable',
  'only-weak': () => 'only held weakly',
  'no-holder': () => 'no holder recorded',
  'holds-nothing': () => 'holds nothing',
} satisfies Record<NodeState, (unreachable: number) => string>;
