import { distance } from 'fastest-levenshtein';

/** The largest share of letters by which a name may differ to be suggested. */
const MAX_SHARE = 0.5;

/** The names most similar to `wanted`, best first; letter case counts less than letters. */
export function nearestNames(
  wanted: string,
  names: Iterable<string>,
  limit = 5,
): readonly string[] {
  const lower = wanted.toLowerCase();
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of names) {
    if (name === '' || Math.abs(name.length - wanted.length) > wanted.length) continue;
    const score = distance(lower, name.toLowerCase()) + (name[0] === wanted[0] ? 0 : 0.5);
    if (score <= Math.max(1, wanted.length * MAX_SHARE)) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}
