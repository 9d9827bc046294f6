import type { NodeMeaning } from '../engine/meaning.js';
import { truncate } from '../util/truncate.js';
import { nodeTitle } from './node-labels.js';
import { rootGroupPhrase } from './root-words.js';

/** The longest name: one may have a megabyte, and a sentence has several. */
const NAME_LENGTH = 40;
/**
 * The longest file name: it is what a reader searches for, so it stays whole, unless it is a data:
 * URL.
 */
const FILE_LENGTH = 500;

/** A node as sentences see it. */
export interface NodeInWords {
  readonly is: NodeMeaning;
  readonly id: string;
  /** Its label without an id. */
  readonly title: string;
  /** True if the id is part of the label, by which the node is found in the picture. */
  readonly showsId: boolean;
  readonly location: string | null;
  /** True if it is drawn as a root. */
  readonly isRoot: boolean;
}

export function cutName(name: string): string {
  return truncate(name, NAME_LENGTH);
}

function cutFile(name: string): string {
  return truncate(name, FILE_LENGTH);
}

/** A node in the middle or at the end of a sentence. */
export function nodeWords(node: NodeInWords): string {
  // a root has no id, unless it is an ordinary object
  if (node.isRoot && !node.showsId) return rootWords(node);
  if (node.is.kind === 'function') return `${functionKind(node)}${functionWords(node)}`;
  if (isOneScope(node)) return `the ${titleWords(node)}${placeWords(node)}`;
  return titleWords(node);
}

/** Common nouns, which have a plural; names of classes and functions stay unchanged. */
const COMMON_NOUNS = new Set(['string', 'symbol', 'bigint', 'number', 'heap number']);

/** Several nodes of one kind: `strings`, `anonymous functions`, `Session`. */
export function manyWords(is: NodeMeaning): string {
  const title = cutName(nodeTitle(is));
  const isNoun = is.kind === 'object' && COMMON_NOUNS.has(is.name);
  const isAnonymousFunction = is.kind === 'function' && is.name === null;
  if (isNoun || isAnonymousFunction) return `${title}s`;
  return is.kind === 'scope' ? title.replace('scope', 'scopes') : title;
}

function isOneScope({ is, showsId }: NodeInWords): boolean {
  return is.kind === 'scope' && (is.of !== null || showsId);
}

/** A node at the beginning of a sentence. */
export function subjectWords(node: NodeInWords): string {
  const words = nodeWords(node);
  const isRoot = node.isRoot && !node.showsId;
  const isOurs = !isRoot && (node.is.kind === 'function' || isOneScope(node));
  return isOurs ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : words;
}

/** `onData (server.js:12)`, `onData() @5` without a place, `@5` without a name. */
export function functionWords(node: NodeInWords): string {
  const place = placeWords(node);
  if (isAnonymous(node)) return place === '' ? ` ${node.id}` : place;
  if (place === '' || node.is.kind !== 'function') return ` ${titleWords(node)}`;
  return ` ${cutName(node.is.name ?? '')}${place}`;
}

export function isAnonymous({ is }: NodeInWords): boolean {
  return is.kind === 'function' && is.name === null;
}

/** The class alone, for a node that is named by a variable; null if it has none. */
export function classWords({ is, title, showsId }: NodeInWords): string | null {
  // the name of a realm contains that of its variable
  const isOther = is.kind === 'function' || is.kind === 'realm-global';
  return isOther || !showsId ? null : cutName(title);
}

/** `server.js`; null for other nodes than modules, and for one without a known file. */
export function moduleFile({ is }: NodeInWords): string | null {
  return is.kind === 'module' && is.file !== null ? cutFile(is.file) : null;
}

/** A title of limited length; the id stays whole, to find the node in the picture. */
function titleWords({ title, id, showsId }: NodeInWords): string {
  return showsId ? `${cutName(title)} ${id}` : cutName(title);
}

function rootWords({ is, title }: NodeInWords): string {
  switch (is.kind) {
    case 'frame':
      return frameWords(is);
    case 'gc-root':
      return 'a GC root';
    case 'realm':
      return 'the native context of V8';
    case 'module':
      return is.file === null ? 'a module' : cutFile(title);
    case 'root-group':
      return rootGroupPhrase(is.name) ?? cutName(title);
    default:
      return cutName(title);
  }
}

/** `main() (app.js:3)`, or `module app.js (paused at line 3)`. */
function frameWords(is: Extract<NodeMeaning, { readonly kind: 'frame' }>): string {
  const { function: name, file, line } = is;
  if (name === null) return `${cutFile(`module ${file}`)} (paused at line ${line})`;
  return `${cutName(`${name || '(anonymous)'}()`)} (${cutFile(`${file}:${line}`)})`;
}

function functionKind(node: NodeInWords): string {
  return isAnonymous(node) ? 'the anonymous function' : 'function';
}

/** A place in words: a reader opens a line; the column is in the picture. */
function placeWords({ location }: NodeInWords): string {
  return location === null ? '' : ` (${cutPlace(location.replace(/:\d+$/, ''))})`;
}

function cutPlace(place: string): string {
  const name = place.slice(0, place.lastIndexOf(':'));
  return `${cutFile(name)}${place.slice(name.length)}`;
}
