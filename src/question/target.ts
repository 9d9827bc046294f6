import { usage } from '../errors.js';
import { option, say } from '../util/sentence.js';
import { type PropertyQuery, parsePropertyQuery } from './property-query.js';
import { type Match, parseMatch } from './text-match.js';

/** The objects that the user asks about. Plain data. */
export type Target =
  | { readonly kind: 'id'; readonly text: string; readonly id: number }
  | { readonly kind: 'class' | 'function' | 'string'; readonly text: string; readonly match: Match }
  | { readonly kind: 'properties'; readonly text: string; readonly query: PropertyQuery }
  | { readonly kind: 'variable' | 'global' | 'name'; readonly text: string; readonly path: string }
  | { readonly kind: 'largest' | 'detached'; readonly text: string };

/** A Map, because `constructor:` must not find what every object inherits. */
const PREFIXES: ReadonlyMap<string, 'class' | 'function' | 'string' | 'variable' | 'global'> =
  new Map([
    ['class', 'class'],
    ['fn', 'function'],
    ['string', 'string'],
    ['var', 'variable'],
    ['global', 'global'],
  ]);

/**
 * Reads a target: `@123`, `class:Foo`, `class:{a, b}`, `has:a,b`, `fn:name`, `string:/re/`, `var:x`,
 * `global:x.y`, `largest`, `detached`, or a plain name or expression. The first line of a drawn box,
 * `Session @123`, is the object with that id.
 *
 * @throws ShowBackrefError USAGE for an empty target or a broken regular expression.
 */
export function parseTarget(text: string): Target {
  if (text.trim() === '') {
    throw usage(say`${option('target')} is empty; name an object such as x or @123`);
  }
  const id = /^@(\d+)$/.exec(text);
  if (id !== null) return { kind: 'id', text, id: Number(id[1]) };
  if (text === 'largest' || text === 'detached') return { kind: text, text };
  const prefixed = /^([a-z]+):([\s\S]+)$/.exec(text);
  const kind = PREFIXES.get(prefixed?.[1] ?? '');
  const rest = prefixed?.[2] ?? '';
  if (kind === undefined || kind === 'class') {
    const described = parseDescribed(text, kind === undefined ? text : rest);
    if (described !== null) return described;
  }
  if (kind === undefined) return { kind: 'name', text, path: text };
  if (kind === 'variable' || kind === 'global') return { kind, text, path: rest };
  return { kind, text, match: parseMatch(rest) };
}

/** Reads the words that a box or a table adds to a class: its id, or its properties. */
function parseDescribed(text: string, rest: string): Target | null {
  const label = /^[^/'"`].* @(\d+)$/s.exec(rest);
  if (label !== null) return { kind: 'id', text, id: Number(label[1]) };
  const query = parsePropertyQuery(rest);
  // an object literal is an expression of the program
  if (query === null || (query.isPlain && rest === text)) return null;
  return { kind: 'properties', text, query };
}

/** The expression to evaluate in a live program; null for targets that only a heap can resolve. */
export function expressionOf(target: Target): string | null {
  return target.kind === 'name' || target.kind === 'variable' ? target.path : null;
}
