import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';
import type { GlobalObject } from '../graph/user-roots.js';
import { isBuiltinFile } from './code/contexts.js';
import { internalField } from './code/scripts.js';
import { showFile } from './code/show-place.js';
import type { NodeMeaning } from './meaning.js';
import type { HeapView } from './view.js';

const WINDOW = /^Window\b/;
/**
 * The origin that V8 adds to the names of a realm's objects while an inspector is open: `global /
 * http://a`.
 */
const ORIGIN = / \/ (\S[\s\S]*)$/;

/** The data needed to name a realm. */
type NamingView = Pick<HeapView, 'graph' | 'facts' | 'redactor'>;

/** Says which global a node is, if there are several realms. */
export function meaningOfRealm(view: NamingView, node: NodeOrdinal): NodeMeaning {
  const { graph, facts } = view;
  const { realms } = facts;
  const global = realms.globalOf(node);
  if (global === null || globalsOfProgram(view).length < 2) return { kind: 'global' };
  const isOwn = realms.isRoot(global);
  if (WINDOW.test(graph.nameOf(global.object))) {
    const name = originOf(view, global) ?? scriptOf(view, global);
    return { kind: 'realm-global', of: 'window', name, isOwn };
  }
  if (global === realms.main) return { kind: 'global' };
  const name = originOf(view, global) ?? variableOf(view, global) ?? scriptOf(view, global);
  return { kind: 'realm-global', of: global.sandbox === null ? 'realm' : 'vm', name, isOwn };
}

/**
 * The globals of a program, in the order of the file; Chrome has some internal ones beside the
 * Windows of a page.
 */
export function globalsOfProgram({
  graph,
  facts,
}: Pick<HeapView, 'graph' | 'facts'>): readonly GlobalObject[] {
  const { globals } = facts.realms;
  const windows = globals.filter(({ object }) => WINDOW.test(graph.nameOf(object)));
  return windows.length > 0 ? windows : globals;
}

function originOf(
  { graph, redactor }: NamingView,
  { contexts, aliases }: GlobalObject,
): string | null {
  for (const node of [...contexts, ...aliases]) {
    const name = graph.nameOf(node).replace(/^system \/ NativeContext/, '');
    const origin = ORIGIN.exec(name)?.[1];
    // the origin of a file does not say which file
    if (origin !== undefined && origin !== 'file://') return redactor.text(origin);
  }
  return null;
}

/** The variable or property that holds the object of a `vm` context. */
function variableOf({ graph, facts }: NamingView, global: GlobalObject): string | null {
  let property: string | null = null;
  for (const alias of global.aliases) {
    for (const e of graph.retainersOf(alias)) {
      const edge = e as EdgeOrdinal;
      if (facts.realms.ofPart(graph.ownerOf(edge)) === global) continue;
      const type = graph.edgeTypeOf(edge);
      const name = graph.edgeNameOf(edge);
      if (name === 'this' || name.startsWith('<symbol')) continue;
      if (type === EdgeType.context) return name;
      if (type === EdgeType.property && name !== '__proto__') property ??= name;
    }
  }
  return property;
}

/** The script whose functions run in the realm. */
function scriptOf(view: NamingView, { contexts }: GlobalObject): string | null {
  const { facts } = view;
  for (const context of contexts) {
    for (const closure of facts.contexts.closuresOf(context)) {
      const file = facts.scripts.fileOf(closure);
      if (!isBuiltinFile(file) && file !== null) return showFile(view, file);
    }
    const scope = scriptScopeOf(view, context);
    const file = scope === null ? null : facts.contexts.fileOf(scope);
    if (file !== null && !isBuiltinFile(file)) return showFile(view, file);
  }
  return null;
}

/** The scope of the top-level let, const and class of a realm's scripts. */
function scriptScopeOf({ graph, facts }: NamingView, context: NodeOrdinal): NodeOrdinal | null {
  const table = internalField(graph, context, 'script_context_table');
  if (table === null) return null;
  for (let e = graph.firstEdge(table); e < graph.endEdge(table); e++) {
    const scope = graph.targetOf(e as EdgeOrdinal);
    if (facts.contexts.isContext(scope) && facts.contexts.fileOf(scope) !== null) return scope;
  }
  return null;
}
