import { countOf } from '../../util/format-count.js';
import type { LinkWords } from '../../words/phrases.js';
import { joinWords } from '../summary.js';

/** The number of references of one holder that are named; the rest is counted. */
const MOST_PARALLEL = 3;

/** All references of one holder in one phrase. */
export function linkPhrase(parallel: readonly LinkWords[], holderWords: string): string {
  const [first] = parallel as [LinkWords];
  const alike = parallel.filter(({ verb, tie }) => verb === first.verb && tie === first.tie);
  const what = joinParts(alike.map((words) => words.what));
  const after = joinParts(alike.map((words) => words.after));
  const rest = parallel.length - Math.min(alike.length, MOST_PARALLEL);
  const more = rest === 0 ? '' : `(and by ${countOf(rest, 'more reference')})`;
  return joinFilled([first.verb, what, first.tie, first.holder ?? holderWords, after, more]);
}

export function joinFilled(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** `under "a"` and `under "b"` share their first word. */
function joinParts(parts: readonly string[]): string {
  const different = [...new Set(parts.slice(0, MOST_PARALLEL))];
  const [head = ''] = different[0]?.split(' ', 1) ?? [];
  const isShared = different.length > 1 && different.every((part) => part.startsWith(`${head} `));
  if (!isShared) return joinWords(different);
  return `${head} ${joinWords(different.map((part) => part.slice(head.length + 1)))}`;
}
