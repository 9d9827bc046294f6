import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { withoutTemplates } from '../util/without-templates.js';
import { builtinNameOf } from './builtin-functions.js';
import { fileOfModule } from './export-names.js';
import type { HeapView } from './heap-view.js';
import type { NamedRoot } from './named-roots.js';
import type { NodeKind } from './node-kinds.js';
import { nameOfRealm } from './realm-names.js';
import { describeHandle, describeRootGroup } from './root-words.js';
import { internalField } from './scripts.js';
import { showFile, showPlace } from './show-place.js';

const ROOT_KINDS: ReadonlySet<NodeKind> = new Set(['root', 'root-group']);

/** The root that keeps what was printed. */
export const CONSOLE_WORDS = 'DevTools console';

/** Functions bound again and again; a damaged file may have a ring. */
const MAX_BOUND = 16;

/** The words of a node, before any limit on their length. */
export interface NodeWords {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly location: string | null;
  /** Keeps itself alive as far as a picture is concerned: nothing is drawn above it. */
  readonly isRoot: boolean;
}

export function describeNode(view: HeapView, node: NodeOrdinal): NodeWords {
  const { graph } = view;
  const named = view.facts.namedRoots.of(node);
  if (named !== null) return describeNamedRoot(view, node, named);
  switch (view.kinds.kindOf(node)) {
    case 'root':
      // an object may be one where the header says so
      if (graph.typeOf(node) !== NodeType.synthetic) {
        return { ...describeObject(view, node), isRoot: true };
      }
      return root('root', 'GC root');
    case 'root-group':
      if (node === view.facts.console?.node) return root('root', CONSOLE_WORDS);
      return root('root', describeRootGroup(graph.nameOf(node)));
    case 'global':
      return describeGlobal(view, node);
    case 'realm':
      return root('root', 'V8 native context');
    case 'module-record':
      return moduleRoot(view, node, fileOfModule(view, node));
    case 'scope':
      return describeScope(view, node);
    default:
      return describeObject(view, node);
  }
}

/** Whether `describeNode` calls a node a root, without working out the words. */
export function isRootNode(view: HeapView, node: NodeOrdinal): boolean {
  const { facts } = view;
  if (facts.namedRoots.of(node) !== null) return true;
  const kind = view.kinds.kindOf(node);
  if (facts.topObjects.has(node)) return true;
  switch (kind) {
    case 'scope':
      return facts.modules.isRootScope(node);
    case 'module-record':
      return facts.modules.isRootRecord(node);
    case 'global':
    case 'realm': {
      const realm = facts.realms.ofPart(node);
      return realm === null || facts.realms.isRoot(realm);
    }
    default:
      return ROOT_KINDS.has(kind);
  }
}

/** What a node counts as when many are summed up: `30 Array, 7 Closure`. */
export function classOf(view: HeapView, node: NodeOrdinal): string {
  const { graph, kinds } = view;
  if (kinds.kindOf(node) === 'scope') return 'Scope';
  if (graph.typeOf(node) === NodeType.closure) return 'Closure';
  if (graph.typeOf(node) === NodeType.string) return 'string';
  return isRootNode(view, node) ? describeNode(view, node).name : objectName(view, node);
}

function root(type: string, words: string): NodeWords {
  return { type, name: words, label: words, location: null, isRoot: true };
}

function moduleRoot(view: HeapView, node: NodeOrdinal, file: string | null): NodeWords {
  const words = file === null ? 'module' : `module ${showFile(view, file)}`;
  return { ...root('module', words), isRoot: isRootNode(view, node) };
}

/** A global of several by its realm; one that something else keeps alive is told by its id too. */
function describeGlobal(view: HeapView, node: NodeOrdinal): NodeWords {
  const { graph, facts } = view;
  const words = nameOfRealm(view, node);
  if (isRootNode(view, node)) return root(graph.typeNameOf(node), words);
  const { object } = facts.globalOf(node) ?? { object: node };
  const name = words.startsWith('Window') ? `Detached ${words}` : words;
  const label = `${name} @${graph.idOf(object)}`;
  return { type: graph.typeNameOf(node), name, label, location: null, isRoot: false };
}

function describeNamedRoot(view: HeapView, node: NodeOrdinal, named: NamedRoot): NodeWords {
  if (named.kind === 'handle') return root('root', describeHandle(named.name));
  return root(view.graph.typeNameOf(node), named.kind);
}

/** The runtime's modules that keep what a program handed over have a name of their own. */
const RUNTIME_ROOTS: ReadonlyMap<string, string> = new Map([
  ['node:timers', 'timers'],
  ['node:internal/timers', 'timers'],
  ['timers.js', 'timers'],
  ['internal/timers.js', 'timers'],
  ['ext:core/02_timers.js', 'timers'],
  ['node:internal/process/task_queues', 'process.nextTick queue'],
  ['internal/process/task_queues.js', 'process.nextTick queue'],
]);

function runtimeRoot(view: HeapView, scope: NodeOrdinal, file: string | null): NodeWords {
  const words = file === null ? undefined : RUNTIME_ROOTS.get(file);
  return words === undefined ? moduleRoot(view, scope, file) : root('module', words);
}

function describeScope(view: HeapView, scope: NodeOrdinal): NodeWords {
  const { graph, facts } = view;
  const kind = facts.contexts.kindOf(scope);
  if (kind === 'module') return runtimeRoot(view, scope, facts.contexts.fileOf(scope));
  if (kind === 'script') {
    const words = 'top-level let, const and class';
    return { ...root('module', words), isRoot: isRootNode(view, scope) };
  }
  const place = facts.contexts.placeOf(scope);
  const name = facts.contexts.functionNameOf(scope);
  return {
    type: graph.typeNameOf(scope),
    name: name === '' ? 'scope' : `scope of ${name}`,
    label: `${name === '' ? 'scope' : `scope of ${name}()`} @${graph.idOf(scope)}`,
    location: place === null ? null : showPlace(view, place),
    isRoot: facts.topObjects.has(scope),
  };
}

function describeObject(view: HeapView, node: NodeOrdinal): NodeWords {
  const { graph, facts } = view;
  const place = facts.scripts.placeOf(node);
  const name = objectName(view, node);
  const isClosure = graph.typeOf(node) === NodeType.closure;
  const shown = isClosure ? (name === '' ? 'anonymous function' : `${name}()`) : name;
  return {
    type: graph.typeNameOf(node),
    name: isClosure && name === '' ? 'anonymous function' : name,
    label: `${shown} @${graph.idOf(node)}`,
    location: place === null ? null : showPlace(view, place),
    isRoot: facts.topObjects.has(node),
  };
}

function objectName(view: HeapView, node: NodeOrdinal): string {
  const { graph } = view;
  const raw = graph.nameOf(node);
  switch (graph.typeOf(node)) {
    case NodeType.string:
    case NodeType['concatenated string']:
    case NodeType['sliced string']:
      return 'string';
    case NodeType.regexp:
      return 'RegExp';
    case NodeType.closure:
      if (raw === 'native_bind') return `bound ${boundName(graph, node)}`;
      return raw === '' ? (builtinNameOf(graph, node) ?? '') : raw;
    case NodeType.array:
      return raw === '' ? '(internal array)' : raw;
    case NodeType.code:
      return raw.startsWith('system / ') || raw === ''
        ? `(${raw.slice(9) || 'code'})`
        : `(code of ${raw})`;
    case NodeType.native:
      return graph.isDetached(node) ? `Detached ${raw}` : engineName(withoutTemplates(raw));
    default:
      return engineName(raw) || '(unnamed)';
  }
}

function engineName(raw: string): string {
  if (raw === 'system / JSProxy') return 'Proxy';
  return raw.replace(/^system \/ ([\s\S]*)$/, '($1)');
}

/** V8 calls every bound function by the name of the code that binds. */
function boundName(graph: HeapGraph, bound: NodeOrdinal): string {
  let node: NodeOrdinal | null = bound;
  for (let step = 0; node !== null && step < MAX_BOUND; step++) {
    const name = graph.nameOf(node);
    if (name !== 'native_bind') return name || 'anonymous';
    node = internalField(graph, node, 'bound_function');
  }
  return 'function';
}
