import { nearestNames } from '../../question/nearest-names.js';
import type { Pattern } from '../../question/pattern.js';
import type { CollectOptions } from '../../question/walk-options.js';
import { endsOf, keyOf } from '../walk/drawing.js';
import type { Walked } from '../walk/walked.js';
import type { Subgraph, UnmatchedPattern } from './subgraph.js';

const OPTIONS = ['hide', 'stop', 'highlight'] as const;
/** The number of names suggested for one pattern. */
const MOST_NEAREST = 3;

/** The patterns that changed nothing, each with the most similar names in the picture. */
export function findUnmatched(
  picture: Pick<Subgraph, 'nodes' | 'edges'>,
  walk: Walked,
  options: Pick<CollectOptions, (typeof OPTIONS)[number]>,
): readonly UnmatchedPattern[] {
  const targets = new Set(walk.targets.map(keyOf));
  return OPTIONS.flatMap((option) => {
    const unused = walk.neighbours.patterns.unused(options[option]);
    return unused.flatMap((pattern): readonly UnmatchedPattern[] => {
      const drawn = drawnMatches(walk, pattern);
      if (drawn.some((key) => !targets.has(key))) return [];
      const { text, name, expression } = pattern;
      if (drawn.length > 0) return [{ option, text, nearest: [], isTarget: true }];
      const names = expression === null ? namesIn(picture) : [];
      return [{ option, text, nearest: nearestNames(name, names, MOST_NEAREST) }];
    });
  });
}

/**
 * The drawn nodes that a pattern matches. A walk does not ask about nodes that it always passes or
 * ends at: targets and roots.
 */
function drawnMatches(
  { drawing, neighbours: { patterns } }: Walked,
  pattern: Pattern,
): readonly string[] {
  return [...drawing.nodes]
    .filter(([, drawn]) => {
      const references = drawing.referencesOf(drawn);
      return endsOf(drawn).some((end) => patterns.matches(pattern, end, references));
    })
    .map(([key]) => key);
}

function namesIn({ nodes, edges }: Pick<Subgraph, 'nodes' | 'edges'>): ReadonlySet<string> {
  const drawn = nodes.filter(({ role }) => role !== 'more');
  return new Set([
    ...drawn.map(({ name }) => name),
    ...nodes.flatMap(({ omitted }) => omitted?.classes.map(({ name }) => name) ?? []),
    ...edges.map(({ label }) => label),
  ]);
}
