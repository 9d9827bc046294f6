import { keepsTarget, type RawEdge, type RawHeap, type RawNode, rawTarget } from './raw-heap.js';

/** The freed objects, and their bytes. */
export interface Freed {
  readonly count: number;
  readonly bytes: number;
}

/** Finds what is unreachable when some references are removed. */
export function slowFreed(heap: RawHeap, cut: ReadonlySet<RawEdge>): Freed {
  const after = reached(heap, cut);
  const freed = [...reached(heap, new Set())].filter((node) => !after.has(node));
  return { count: freed.length, bytes: freed.reduce((sum, { size }) => sum + size, 0) };
}

/**
 * Everything that the root and a program's own roots reach; a WeakMap's value through its key and
 * its table.
 */
export function reached(heap: RawHeap, cut: ReadonlySet<RawEdge>): ReadonlySet<RawNode> {
  const isThere = (edge: RawEdge) => !cut.has(edge) && keepsTarget(heap, edge);
  const found = new Set([heap.root, ...startsOf(heap, isThere)]);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const node of found) {
    for (const edge of node.out) {
      if (isThere(edge) && otherHalves(edge).every((half) => isThere(half) && found.has(half.from)))
        found.add(edge.to);
    }
  }
  return found;
}

function otherHalves(edge: RawEdge): readonly RawEdge[] {
  if (edge.type !== 'internal' || !edge.name.includes(' pair in WeakMap (table @')) return [];
  const pair = edge.name.slice(edge.name.indexOf('/'));
  return edge.to.into.filter((other) => other !== edge && other.name.endsWith(pair));
}

type IsThere = (edge: RawEdge) => boolean;

/**
 * The start nodes: modules that a cache or loader has, realms that keep themselves alive, `process`
 * and the like.
 */
function startsOf(heap: RawHeap, isThere: IsThere): readonly RawNode[] {
  const caches = heap.nodes
    .filter(({ type, name }) => type === 'closure' && name === 'Module')
    .flatMap(({ out }) => out.filter((edge) => edge.name === '_cache' && isThere(edge)))
    .map(({ to }) => to);
  const scopes = heap.nodes.filter((node) => {
    const module = rawTarget(node, 'context', 'module');
    const isCached = (edge: RawEdge) => isThere(edge) && caches.includes(edge.from);
    return module?.into.some((edge) => edge.type === 'property' && isCached(edge)) === true;
  });
  const records = heap.nodes.filter(({ name }) => /^system \/ \w+Module$/.test(name));
  const isProcess = (node: RawNode) =>
    node.type === 'object' && node.name === 'process' && node.out.some((e) => e.name === 'version');
  return [
    ...caches,
    ...scopes,
    ...records.filter((record) => isLoaded(record, isThere)),
    ...realmStarts(heap, isThere),
    ...(caches.length > 0 ? heap.nodes.filter(isProcess) : []),
  ];
}

/**
 * True if a handle, a job of a loader or a global holds it, or a module that imports it; or if
 * nothing does.
 */
function isLoaded(record: RawNode, isThere: IsThere): boolean {
  const links = new Set([record]);
  for (const node of links) {
    for (const edge of node.into.filter((into) => isThere(into) && into.from !== record)) {
      const { type, name } = edge.from;
      if (type === 'synthetic' || /^ModuleJob|^global\b/.test(name)) return true;
      if (/^(ModuleWrap|system \/ \w+Module)$/.test(name)) links.add(edge.from);
      if (type === 'array' && (name === '' || name === '(object elements)')) links.add(edge.from);
      if (type === 'object' && name === 'Array') links.add(edge.from);
    }
  }
  return !record.into.some(isThere);
}

/** The global objects of realms that a group of roots or handles has, or of the only one. */
function realmStarts(heap: RawHeap, isThere: IsThere): readonly RawNode[] {
  const realms = realmsOf(heap);
  const isOwn = (realm: Realm) =>
    [realm.context, ...realm.aliases].some((part) => {
      if (part === realm.sandbox) return false;
      return part.into.some((edge) => edge.from.type === 'synthetic' && isThere(edge));
    });
  const own = realms.length < 2 ? realms : realms.filter(isOwn);
  return (own.length > 0 ? own : realms).flatMap(({ aliases }) => aliases);
}

export interface Realm {
  readonly context: RawNode;
  /** The global object first. */
  readonly aliases: readonly RawNode[];
  /** The object passed to `vm.createContext`. */
  readonly sandbox: RawNode | null;
}

export function realmsOf(heap: RawHeap): readonly Realm[] {
  const contexts = heap.nodes.filter(({ name }) => name.startsWith('system / NativeContext'));
  return contexts.flatMap((context) => {
    const field = (name: string) => rawTarget(context, 'internal', name);
    const object = field('global_object') ?? field('extension');
    if (object === null) return [];
    const objects = new Set((field('embedder_data')?.out ?? []).map(({ to }) => to));
    const held = [...objects].filter(({ type }) => type === 'object');
    const isPage = object.name.startsWith('Window');
    const sandbox = held.length === 1 && !isPage ? (held[0] ?? null) : null;
    const aliases = [object, field('global_proxy_object'), sandbox].filter((node) => node !== null);
    return [{ context, aliases, sandbox }];
  });
}
