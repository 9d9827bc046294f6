import type { Subgraph } from '../../collect/picture/subgraph.js';
import { type ClassLimit, type MeasuredClass, measureLimit } from '../../question/class-limit.js';
import { walkDefaults } from '../../question/walk-options.js';
import type { Redactor } from '../../redact/redactor.js';
import type { LocatedHeap } from '../heap.js';

/** A class as limits see it, and where it was defined. */
export interface LimitedClass extends MeasuredClass {
  readonly location: string | null;
}

/** Who holds the newest objects of what crosses a limit, by the limit as it was typed. */
export type LimitPictures = ReadonlyMap<string, Subgraph>;

/** Newest objects that are drawn. */
const MOST_DRAWN = 3;

/** The pictures of the limits that are crossed; the newest objects of a class have the highest ids. */
export function drawLimits(
  heap: LocatedHeap,
  limits: readonly ClassLimit[],
  { types, redactor }: { readonly types: readonly LimitedClass[]; readonly redactor: Redactor },
): LimitPictures {
  const pictures = new Map<string, Subgraph>();
  for (const limit of limits) {
    const { found, isCrossed } = measureLimit(limit, types, { object: '', bytes: '' });
    if (!isCrossed) continue;
    const ids = found
      .flatMap(({ name }) => heap.byType(name))
      .map((id) => Number(id.slice(1)))
      .sort((a, b) => b - a)
      .slice(0, MOST_DRAWN);
    if (ids.length === 0) continue;
    const { mode: redact } = redactor;
    const { subgraph } = heap.ask({
      command: 'backrefs',
      targets: ids.map((id) => ({ kind: 'id', text: `@${id}`, id })),
      choice: { nth: null, largest: false, all: false, redact },
      walk: { ...walkDefaults('backrefs'), redact, spelling: 'flags' },
      cut: [],
      spelling: 'flags',
      together: true,
    });
    pictures.set(limit.text, subgraph);
  }
  return pictures;
}
