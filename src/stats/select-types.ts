import { passesFilter, type TextFilter } from '../question/text-match.js';
import type { HeapClass } from './heap-classes.js';
import { compareClasses } from './type-stats.js';

export interface TypeSelection {
  /** Classes whose name matches; null for all. */
  readonly filter: TextFilter | null;
  /** True to list the engine's own classes, too. */
  readonly all: boolean;
  /** The number of classes to list; null for all. */
  readonly limit: number | null;
}

export interface SelectedTypes<T> {
  readonly types: readonly T[];
  /** Classes that only the limit left out. */
  readonly cut: readonly T[];
  /** The engine's classes that match but are not listed. */
  readonly hidden: readonly T[];
}

/**
 * The classes to list, the largest by `measure` first.
 *
 * @param measure null to keep the order.
 */
export function selectTypes<T extends HeapClass & { readonly isEngine: boolean }>(
  types: readonly T[],
  { filter, all, limit }: TypeSelection,
  measure: ((type: T) => number) | null,
): SelectedTypes<T> {
  const fitting = types.filter(({ name }) => filter === null || passesFilter(filter, name));
  const listed = fitting.filter(({ isEngine }) => all || !isEngine);
  if (measure !== null) listed.sort((a, b) => measure(b) - measure(a) || compareClasses(a, b));
  const end = limit ?? listed.length;
  return {
    types: listed.slice(0, end),
    cut: listed.slice(end),
    hidden: all ? [] : fitting.filter(({ isEngine }) => isEngine),
  };
}
