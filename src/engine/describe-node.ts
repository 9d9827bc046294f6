import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { withoutTemplates } from '../util/without-templates.js';
import { builtinNameOf } from './builtin-functions.js';
import { fileOfModule } from './code/export-names.js';
import { internalField, type SourcePlace } from './code/scripts.js';
import { showFile, showPlace } from './code/show-place.js';
import { sourceName } from './code/source-name.js';
import type { Frame } from './frames.js';
import type { NodeMeaning } from './meaning.js';
import type { NodeKind } from './node-kind.js';
import { meaningOfRealm } from './realm-names.js';
import type { NamedRoot } from './roots/named-roots.js';
import type { HeapView } from './view.js';

const ROOT_KINDS: ReadonlySet<NodeKind> = new Set(['root', 'root-group']);

/** The limit for functions bound again and again; a damaged file may have a cycle. */
const MAX_BOUND = 16;

/** Facts about a node besides what it holds and what holds it. */
export interface NodeFacts {
  /** V8's node type; `frame`, `module` or `root` for nodes that pictures call so. */
  readonly type: string;
  readonly is: NodeMeaning;
  readonly location: string | null;
  /** Treated as keeping itself alive: nothing is drawn above it. */
  readonly isRoot: boolean;
}

export function describeNode(view: HeapView, node: NodeOrdinal): NodeFacts {
  const { graph } = view;
  const named = view.facts.namedRoots.of(node);
  if (named !== null) return describeNamedRoot(view, node, named);
  switch (view.kinds.kindOf(node)) {
    case 'root':
      // an object may be one if the file's header says so
      if (graph.typeOf(node) !== NodeType.synthetic) {
        return { ...describeObject(view, node), isRoot: true };
      }
      return root('root', { kind: 'gc-root' });
    case 'root-group':
      if (node === view.facts.console?.node) return root('root', { kind: 'console' });
      return root('root', { kind: 'root-group', name: graph.nameOf(node) });
    case 'global':
      return describeGlobal(view, node);
    case 'realm':
      return root('root', { kind: 'realm' });
    case 'module-record':
      return moduleRoot(view, node, fileOfModule(view, node));
    case 'scope':
      return describeScope(view, node);
    default:
      return describeObject(view, node);
  }
}

export function describeFrame(view: HeapView, frame: Frame): NodeFacts {
  const { isTopLevel, functionName, file, line } = frame;
  const name = isTopLevel ? null : functionName;
  return {
    type: 'frame',
    is: { kind: 'frame', function: name, file: showFile(view, file), line },
    location: showPlace(view, frame),
    isRoot: true,
  };
}

/** True if `describeNode` calls a node a root; does less work. */
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

function root(type: string, is: NodeMeaning): NodeFacts {
  return { type, is, location: null, isRoot: true };
}

function moduleRoot(view: HeapView, node: NodeOrdinal, file: string | null): NodeFacts {
  const shown = file === null ? null : showFile(view, file);
  return { ...root('module', { kind: 'module', file: shown }), isRoot: isRootNode(view, node) };
}

/** Describes a global, by its realm if there are several. */
function describeGlobal(view: HeapView, node: NodeOrdinal): NodeFacts {
  const is = meaningOfRealm(view, node);
  const isRoot = isRootNode(view, node);
  return { type: view.graph.typeNameOf(node), is, location: null, isRoot };
}

function describeNamedRoot(view: HeapView, node: NodeOrdinal, named: NamedRoot): NodeFacts {
  if (named.kind === 'handle') return root('root', named);
  return root(view.graph.typeNameOf(node), { kind: 'named', name: named.kind });
}

type RuntimePart = Extract<NodeMeaning, { readonly kind: 'runtime' }>['part'];

/** The runtime's modules that keep objects handed over by a program. */
const RUNTIME_PARTS: ReadonlyMap<string, RuntimePart> = new Map([
  ['node:timers', 'timers'],
  ['node:internal/timers', 'timers'],
  ['timers.js', 'timers'],
  ['internal/timers.js', 'timers'],
  ['ext:core/02_timers.js', 'timers'],
  ['node:internal/process/task_queues', 'next-tick'],
  ['internal/process/task_queues.js', 'next-tick'],
]);

function describeScope(view: HeapView, scope: NodeOrdinal): NodeFacts {
  const { graph, facts } = view;
  const kind = facts.contexts.kindOf(scope);
  if (kind === 'module') {
    const file = facts.contexts.fileOf(scope);
    const part = file === null ? undefined : RUNTIME_PARTS.get(file);
    return part === undefined
      ? moduleRoot(view, scope, file)
      : root('module', { kind: 'runtime', part });
  }
  if (kind === 'script') {
    return { ...root('module', { kind: 'top-level' }), isRoot: isRootNode(view, scope) };
  }
  const name = facts.contexts.functionNameOf(scope);
  return {
    type: graph.typeNameOf(scope),
    is: { kind: 'scope', of: name === '' ? null : name },
    location: showIfKnown(view, facts.contexts.placeOf(scope)),
    isRoot: facts.topObjects.has(scope),
  };
}

function describeObject(view: HeapView, node: NodeOrdinal): NodeFacts {
  const { graph, facts } = view;
  const name = sourceName(facts.scripts, node, objectName(graph, node));
  const isClosure = graph.typeOf(node) === NodeType.closure;
  return {
    type: graph.typeNameOf(node),
    is: isClosure
      ? { kind: 'function', name: name === '' ? null : name }
      : { kind: 'object', name },
    location: showIfKnown(view, facts.scripts.placeOf(node)),
    isRoot: facts.topObjects.has(node),
  };
}

function showIfKnown(view: HeapView, place: SourcePlace | null): string | null {
  return place === null ? null : showPlace(view, place);
}

/** The name of an object in a picture, or that of a function. */
export function objectName(graph: HeapGraph, node: NodeOrdinal): string {
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

/** The name of a bound function: V8 calls all of them by the name of the code that binds. */
function boundName(graph: HeapGraph, bound: NodeOrdinal): string {
  let node: NodeOrdinal | null = bound;
  for (let step = 0; node !== null && step < MAX_BOUND; step++) {
    const name = graph.nameOf(node);
    if (name !== 'native_bind') return name || 'anonymous';
    node = internalField(graph, node, 'bound_function');
  }
  return 'function';
}
