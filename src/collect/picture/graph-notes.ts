import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { pushAll } from '../../util/many.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import type { CutAnswer, Subgraph, SubgraphNode, UnmatchedPattern } from './subgraph.js';

const ROOTLESS = 'This file names no root, so every object that no other holds counts as one.';

/**
 * Sentences the user should see beside a picture.
 *
 * @param left matching objects that are not drawn.
 */
export function notesOn(subgraph: Subgraph, left: number): readonly Sentence[] {
  const notes: Sentence[] = [];
  const targets = subgraph.nodes.filter(({ role }) => role === 'target');
  if (left > 0) {
    const drawn = targets.reduce((sum, { count = 1 }) => sum + count, 0);
    notes.push(
      say`${drawn} of ${drawn + left} matching objects are drawn; choose with ${option('nth')} or ${option('largest')}.`,
    );
  }
  if (subgraph.source.rootless) notes.push(ROOTLESS);
  const { onlyPrototypes } = subgraph.limits;
  if (onlyPrototypes !== undefined) {
    notes.push(
      `The heap has no instance of the class, only ${onlyPrototypes === 1 ? 'a prototype' : `${onlyPrototypes} prototypes`} of that name.`,
    );
  }
  for (const pattern of subgraph.unmatched ?? []) notes.push(unmatchedNote(pattern));
  if (subgraph.cut !== undefined) pushAll(notes, cutNotes(subgraph.cut));
  for (const target of targets) pushAll(notes, targetNotes(subgraph, target));
  return notes;
}

function unmatchedNote({ option: name, text, nearest, isTarget }: UnmatchedPattern): Sentence {
  if (isTarget)
    return say`${option(name)} "${text}" matches only the target, which is drawn anyway.`;
  const quoted = nearest.map((near) => `"${near}"`).join(', ');
  const advice = nearest.length === 0 ? '.' : `; did you mean ${quoted}?`;
  return say`${option(name)} "${text}" matches nothing in this picture${advice}`;
}

function cutNotes({ rules, freed }: CutAnswer): readonly string[] {
  const taken = rules.map(({ text, count }) => {
    return `Cut ${text}: ${formatCount(count)} ${count === 1 ? 'reference' : 'references'} removed.`;
  });
  if (rules.every(({ count }) => count === 0)) return taken;
  if (freed.count === 0) return [...taken, 'Nothing would be freed by that.'];
  const objects = `${formatCount(freed.count)} ${freed.count === 1 ? 'object' : 'objects'}`;
  return [...taken, `That would free ${objects}, ${formatBytes(freed.bytes)}.`];
}

function targetNotes(subgraph: Subgraph, target: SubgraphNode): readonly string[] {
  const { id, label, state } = target;
  if (state === 'only-weak') {
    return [`${label} is only held weakly, which does not keep it alive.`];
  }
  const isAlone = !subgraph.edges.some(({ to }) => to === id);
  if (isAlone && state === 'no-holder') {
    return [`No holder of ${label} is recorded in this heap.`];
  }
  const isCut = subgraph.cut !== undefined;
  if (state === 'unreachable' || state === 'no-path') {
    return [`${label} is not reachable by strong references${isCut ? ' any more' : ''}.`];
  }
  return [];
}
