import { parseRegExp } from '../../util/parse-reg-exp.js';

/** What `--hide`, `--stop` and `--highlight` look at. */
export interface PatternSubject {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** Names and labels of the references by which the node is drawn. */
  readonly edges: readonly { readonly name: string; readonly label: string }[];
}

export type Pattern = (subject: PatternSubject) => boolean;

/**
 * A class, `@id`, edge name or file; `/re/` matches within any of them.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parsePattern(text: string): Pattern {
  const expression = parseRegExp(text);
  if (expression !== null)
    return (subject) => textsOf(subject).some((part) => expression.test(part));
  return (subject) => textsOf(subject).includes(text) || isFile(subject.location, text);
}

export function matchesAny(patterns: readonly Pattern[], subject: PatternSubject): boolean {
  return patterns.some((pattern) => pattern(subject));
}

function textsOf({ id, name, location, edges }: PatternSubject): readonly string[] {
  const own = location === null ? [id, name] : [id, name, location];
  return [...own, ...edges.flatMap((edge) => [edge.name, edge.label])];
}

/** `server.js` names every place in that file. */
function isFile(location: string | null, text: string): boolean {
  return location !== null && text !== '' && location.startsWith(`${text}:`);
}
