import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { heldAsSecret, isIn } from './held-as-secret.js';
import { partOfWhole, textOfString } from './string-text.js';
import type { HeapView } from './view.js';

/** A text that only a generator makes: shorter ones, and those without digits, are words. */
const MADE = /^(?=[\s\S]*\d)[\s\S]{12}/;

/**
 * Masks the name of a property before it becomes a label: the name in `sessions['9f8a…']` is a
 * secret.
 */
export function maskName({ graph, redactor }: HeapView, edge: EdgeOrdinal): string {
  const name = graph.edgeNameOf(edge);
  const masked = redactor.text(name);
  if (masked !== name || redactor.mode === 'none' || !MADE.test(name)) return masked;
  return isIn(graph, graph.ownerOf(edge), 'key') ? redactor.held(name, 'secret') : name;
}

/**
 * The content of a string with secrets masked, recognised by their form, by what holds them, and by
 * the whole they are part of; null if the heap lacks the content.
 */
export function maskText(
  view: HeapView,
  node: NodeOrdinal,
): { readonly shown: string; readonly text: string; readonly isWhole: boolean } | null {
  const { graph, redactor } = view;
  const known = textOfString(graph, node);
  if (known === null) return null;
  const kind = heldAsSecret(view, node);
  if (kind !== null) return { ...known, shown: redactor.held(known.text, kind) };
  const part = redactor.mode === 'secrets' ? partOfWhole(graph, node) : null;
  if (part === null) return { ...known, shown: redactor.value(known.text) };
  const { whole, from } = part;
  return { ...known, shown: redactor.part(whole, from, from + known.text.length) };
}
