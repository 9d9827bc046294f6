import type { Redactor } from '../redact/redactor.js';
import type { TypeGrowth } from '../stats/growth.js';
import { redactClasses } from '../stats/redact-classes.js';
import { type SelectedTypes, selectTypes, type TypeSelection } from '../stats/select-types.js';
import type { TypeStats } from '../stats/type-stats.js';

export type TypesOrder = 'count' | 'size' | 'retained';

/** Says which classes to list, and what to mask in them. */
export interface ClassList {
  readonly selection: TypeSelection;
  readonly redactor: Redactor;
}

const MEASURES: Readonly<Record<TypesOrder, (type: TypeStats) => number>> = {
  count: ({ count }) => count,
  size: ({ shallowSize }) => shallowSize,
  retained: ({ retainedSize }) => retainedSize,
};

/** The classes to list, largest first. */
export function listTypes(
  types: readonly TypeStats[],
  { selection, redactor }: ClassList,
  sort: TypesOrder,
): SelectedTypes<TypeStats> {
  return redactClasses(selectTypes(types, selection, MEASURES[sort]), redactor);
}

/** The changed classes to list: ordered by count, or by size. */
export function selectGrowth(
  types: readonly TypeGrowth[],
  selection: TypeSelection,
  sort: 'count' | 'size' = 'count',
): SelectedTypes<TypeGrowth> {
  const measure = sort === 'size' ? ({ sizeDelta }: TypeGrowth) => sizeDelta : null;
  return selectTypes(types.filter(isChanged), selection, measure);
}

/**
 * True if a class changed; false if as many objects went as came: taking a heap leaves such traces.
 */
function isChanged({ delta, sizeDelta }: TypeGrowth): boolean {
  return delta !== 0 || sizeDelta !== 0;
}

/** Lists the same classes with secrets masked. */
export function listGrowth(
  types: readonly TypeGrowth[],
  { selection, redactor }: ClassList,
  sort: 'count' | 'size' = 'count',
): SelectedTypes<TypeGrowth> {
  return redactClasses(selectGrowth(types, selection, sort), redactor);
}
