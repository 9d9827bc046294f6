import type { SubgraphNode } from '../../collect/picture/subgraph.js';
import { truncate } from '../../util/truncate.js';

/** A name may be a megabyte; a sentence has many. */
const NAME_LENGTH = 40;
const LONGEST_LABEL = 1000;
/** A file name is what somebody looks for, so it stays whole; a data: URL is no name. */
const FILE_LENGTH = 500;

const ROOT_WORDS: ReadonlyMap<string, string> = new Map([
  ['GC root', 'a GC root'],
  ['GC roots', 'the GC roots'],
  ['stack', 'the stack'],
  ['native stack', 'the native stack'],
  ['document', 'the document'],
  ['V8 native context', 'the native context of V8'],
  ['module', 'a module'],
]);

export function cutName(name: string): string {
  return truncate(name, NAME_LENGTH);
}

function cutFile(name: string): string {
  return truncate(name, FILE_LENGTH);
}

/** A node in the middle or at the end of a sentence. */
export function nodeWords(node: SubgraphNode): string {
  if (node.role === 'root' && !isObject(node)) return rootWords(node);
  if (node.type === 'closure') return `${functionKind(node)}${functionWords(node)}`;
  if (isScope(node)) return `the ${labelWords(node)}${placeWords(node)}`;
  return labelWords(node);
}

/** A node at the beginning of a sentence. */
export function subjectWords(node: SubgraphNode): string {
  return nodeWords(node).replace(/^(?:function|the) /, (word) => {
    return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  });
}

/** The label with a name of bounded length; the id stays, to find the node in the picture. */
export function labelWords({ label, id }: SubgraphNode): string {
  const suffix = ` ${id}`;
  if (!label.endsWith(suffix)) return cutName(label);
  return `${cutName(label.slice(0, -suffix.length))}${suffix}`;
}

/** `onData (server.js:12)`, `onData() @5` without a place, `@5` without a name. */
export function functionWords(node: SubgraphNode): string {
  const place = placeWords(node);
  if (isAnonymous(node)) return place === '' ? ` ${node.id}` : place;
  return place === '' ? ` ${labelWords(node)}` : ` ${cutName(node.name)}${place}`;
}

/** Roots have no id, unless they are objects like any other. */
export function isObject({ label, id }: SubgraphNode): boolean {
  return label.endsWith(` ${id}`);
}

export function isAnonymous({ name }: Pick<SubgraphNode, 'name'>): boolean {
  return name === 'anonymous function';
}

/** The class alone, for a node that is then called by a variable; null where it has none. */
export function classWords({ type, role, label, id }: SubgraphNode): string | null {
  if (type === 'closure' || role === 'more' || !label.endsWith(` ${id}`)) return null;
  return cutName(label.slice(0, -id.length - 1));
}

/** `main() (app.js:3)` or `module app.js (paused at line 3)` of a paused frame. */
export function frameWords({ label }: SubgraphNode): string {
  // a label that long is made to keep the expressions below busy
  if (label.length > LONGEST_LABEL) return cutName(label);
  const module = /^(module [\s\S]+):(\d+)$/.exec(label);
  if (module !== null) return `${cutFile(module[1] ?? '')} (paused at line ${module[2]})`;
  const call = /^([\s\S]*\(\)) ([\s\S]+:\d+)$/.exec(label);
  if (call === null) return cutName(label);
  return `${cutName(call[1] ?? '')} (${cutFile(call[2] ?? '')})`;
}

/** `server.js` of `module server.js`; null for a module without a known file. */
export function moduleFile({ label }: SubgraphNode): string | null {
  return label.startsWith('module ') ? cutFile(label.slice('module '.length)) : null;
}

function rootWords(node: SubgraphNode): string {
  if (node.type === 'frame') return frameWords(node);
  const cut = node.type === 'module' ? cutFile : cutName;
  return ROOT_WORDS.get(node.label) ?? cut(node.label);
}

function functionKind(node: SubgraphNode): string {
  return isAnonymous(node) ? 'the anonymous function' : 'function';
}

/** Lines are what a reader opens; the column is in the picture. */
function placeWords({ location }: SubgraphNode): string {
  return location === null ? '' : ` (${cutPlace(location.replace(/:\d+$/, ''))})`;
}

function cutPlace(place: string): string {
  const name = place.slice(0, place.lastIndexOf(':'));
  return `${cutFile(name)}${place.slice(name.length)}`;
}

function isScope({ label, type }: SubgraphNode): boolean {
  return type === 'object' && /^scope (of |@)/.test(label);
}
