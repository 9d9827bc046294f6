import { formatBytes } from '../util/format-bytes.js';
import type { CutAnswer, HoldingPattern, Subgraph, SubgraphNode } from './subgraph.js';

/** Patterns told one by one; the others are summed up. */
const MOST_PATTERNS = 5;

/**
 * Sentences the user should see beside a picture.
 *
 * @param left matching objects that are not drawn.
 */
export function notesOn(subgraph: Subgraph, left: number): readonly string[] {
  const notes: string[] = [];
  const targets = subgraph.nodes.filter(({ role }) => role === 'target');
  if (left > 0) {
    const drawn = targets.reduce((sum, { count = 1 }) => sum + count, 0);
    notes.push(
      `${drawn} of ${drawn + left} matching objects are drawn; choose with --nth or --largest.`,
    );
  }
  if (subgraph.cut !== undefined) notes.push(...cutNotes(subgraph.cut));
  for (const target of targets) notes.push(...targetNotes(subgraph, target));
  return notes;
}

function cutNotes({ rules, freed }: CutAnswer): readonly string[] {
  const taken = rules.map(({ text, count }) => {
    return `Cut ${text}: ${shown(count)} ${count === 1 ? 'reference' : 'references'} taken away.`;
  });
  if (rules.every(({ count }) => count === 0)) return taken;
  if (freed.count === 0) return [...taken, 'Nothing would be freed by that.'];
  const objects = `${shown(freed.count)} ${freed.count === 1 ? 'object' : 'objects'}`;
  return [...taken, `That would free ${objects}, ${formatBytes(freed.bytes)}.`];
}

function targetNotes(subgraph: Subgraph, target: SubgraphNode): readonly string[] {
  const { id, label, preview } = target;
  const isAlone = !subgraph.edges.some(({ to }) => to === id);
  if (isAlone && preview.endsWith('no holder recorded')) {
    return [`No holder of ${label} is recorded in this heap.`];
  }
  const isCut = subgraph.cut !== undefined;
  if (/(^|, )(unreachable|not reachable)$/.test(preview)) {
    return [`${label} is not reachable by strong references${isCut ? ' any more' : ''}.`];
  }
  const patterns = (subgraph.patterns ?? []).filter((pattern) => pattern.target === id);
  return patternNotes(patterns, target.count ?? 1);
}

/** `1,000 of 1,204: Map["*"] of Map, .clients of globalThis.` */
function patternNotes(patterns: readonly HoldingPattern[], total: number): readonly string[] {
  const told = patterns.slice(0, MOST_PATTERNS).map(({ count, steps }) => {
    const way = steps
      .toReversed()
      .map(({ name, label }) => `${label.replace(/ →$/, '')} of ${name}`);
    const words = way.length === 0 ? 'not reachable by strong references' : way.join(', ');
    return `${shown(count)} of ${shown(total)}: ${words}.`;
  });
  const rest = patterns.slice(MOST_PATTERNS);
  if (rest.length === 0) return told;
  const count = rest.reduce((sum, pattern) => sum + pattern.count, 0);
  return [...told, `${shown(count)} of ${shown(total)}: ${rest.length} other ways.`];
}

function shown(count: number): string {
  return count.toLocaleString('en-US');
}
