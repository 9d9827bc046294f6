import type {
  HarmlessReferences,
  LeftCounts,
  LeftOut,
  Subgraph,
} from '../collect/picture/subgraph.js';
import { countOf } from '../util/format-count.js';
import { option, type Spelling, spell } from '../util/sentence.js';

/** Joins words as a sentence does: `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The size of the picture, without the boxes that stand for a cut: `5 nodes, 8 references`. */
export function describeSize(subgraph: Subgraph): string {
  const stubs = new Set(subgraph.nodes.filter(({ role }) => role === 'more').map(({ id }) => id));
  const references = subgraph.edges.filter(({ from, to }) => !stubs.has(from) && !stubs.has(to));
  const nodes = subgraph.nodes.length - stubs.size;
  const objects = subgraph.nodes.reduce((sum, { count = 1 }) => sum + count, -stubs.size);
  const standing = objects === nodes ? '' : ` for ${countOf(objects, 'object')}`;
  const all = references.reduce((sum, { count = 1 }) => sum + count, 0);
  return `${countOf(nodes, 'node')}${standing}, ${countOf(all, 'reference')}`;
}

/**
 * Says what is missing in the picture: because of a limit, named as the option that would show
 * more, or because of an option that leaves something out.
 *
 * @param spelling how options are named; by default as they are typed.
 */
export function describeLimits(subgraph: Subgraph, spelling: Spelling = 'flags'): string {
  const { limits, cut, nodes, left } = subgraph;
  const raised = [
    ...(limits.depth ? ['depth'] : []),
    ...(limits.fanIn ? ['fanIn'] : []),
    ...(limits.nodes ? ['maxNodes'] : []),
  ];
  const taken = [
    ...(limits.hide ? ['hide'] : []),
    ...(limits.stop ? ['stop'] : []),
    ...(cut?.rules.some(({ count }) => count > 0) ? ['cut'] : []),
  ];
  const namesOf = (names: readonly string[]) =>
    joinWords(names.map((name) => spell([option(name)], spelling)));
  const advice = `raise ${raised.length > 1 ? 'them' : 'it'} to see more`;
  const said = [
    ...(raised.length > 0 ? [`Cut by ${namesOf(raised)}: ${advice}.`] : []),
    ...(taken.length > 0 ? [`Left out by ${namesOf(taken)}.`] : []),
    ...(left === undefined ? [] : [leftWords(left, spelling)]),
    ...(limits.harmless === undefined ? [] : [harmlessWords(limits.harmless, namesOf)]),
    ...budgetWords(subgraph, spelling),
  ];
  const isFolded = nodes.some(({ count }) => count !== undefined);
  if (said.length === 0 && limits.targets) said.push('Not all matching objects are drawn.');
  else if (said.length === 0 && isFolded) said.push('Objects that are alike are drawn as one.');
  const { prototypes } = limits;
  if (prototypes !== undefined) said.push(`${countOf(prototypes, 'prototype')} left out.`);
  return said.length > 0 ? said.join(' ') : 'Nothing was left out.';
}

function budgetWords({ budget }: Subgraph, spelling: Spelling): readonly string[] {
  const { objects = 0, references = 0 } = budget ?? {};
  if (objects + references === 0) return [];
  const counts = [
    ...(objects === 0 ? [] : [countOf(objects, 'node')]),
    ...(references === 0 ? [] : [countOf(references, 'reference')]),
  ];
  const name = spell([option('budget')], spelling);
  return [`Cut by ${name}: ${joinWords(counts)}; raise it to see more.`];
}

/** Says what does not decide whether the targets live, and how to see it. */
function leftWords({ own, folded }: LeftOut, spelling: Spelling): string {
  const parts = [
    ...(own.references === 0
      ? []
      : [
          `${countOf(own.references, 'reference')} from what the drawn objects keep alive themselves`,
        ]),
    ...(folded.objects + folded.references === 0
      ? []
      : [`${foldedWords(folded)} on other ways or in rows`]),
  ];
  const all = spell([option('everything')], spelling);
  return `Not drawn: ${parts.join('; ')}; ${all} draws them.`;
}

/** Words for parts left out by a limit that decide nothing. */
function harmlessWords(
  { references, by }: HarmlessReferences,
  namesOf: (names: readonly string[]) => string,
): string {
  const names = by.map((name) => (name === 'nodes' ? 'maxNodes' : name));
  const what = countOf(references, 'reference');
  return `Left out by ${namesOf(names)}: ${what} from what lives only by what is drawn.`;
}

function foldedWords({ objects, references }: LeftCounts): string {
  const counts = [
    ...(objects === 0 ? [] : [countOf(objects, 'object')]),
    ...(references === 0 ? [] : [countOf(references, 'reference')]),
  ];
  return joinWords(counts);
}

/** Says what is masked in a picture; null if nothing is. */
export function describeMasked({ masked, masksAll }: Subgraph): string | null {
  return maskedWords(masked, masksAll ? 'all' : 'secrets');
}

/**
 * Says how many different texts are masked, and which; null for none.
 *
 * @param mode `all` also masks much that is not secret.
 */
export function maskedWords(count: number, mode: string): string | null {
  if (count === 0) return null;
  if (mode === 'all') return `${countOf(count, 'text')} masked: all strings and file names.`;
  return `${countOf(count, 'secret')} masked.`;
}
