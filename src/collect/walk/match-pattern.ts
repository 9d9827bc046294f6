import type { Pattern } from '../../question/pattern.js';

/** What a pattern looks at. */
export interface PatternSubject {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** Names and labels of the references by which the node is drawn. */
  readonly edges: readonly { readonly name: string; readonly label: string }[];
}

/** `/re/` is looked for within a class, `@id`, name of a reference or file; other text has to be one. */
export function matchesPattern({ text, expression }: Pattern, subject: PatternSubject): boolean {
  if (expression !== null) return textsOf(subject).some((part) => expression.test(part));
  return textsOf(subject).includes(text) || isFile(subject.location, text);
}

export function matchesAny(patterns: readonly Pattern[], subject: PatternSubject): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, subject));
}

function textsOf({ id, name, location, edges }: PatternSubject): readonly string[] {
  const own = location === null ? [id, name] : [id, name, location];
  return [...own, ...edges.flatMap((edge) => [edge.name, edge.label])];
}

/** `server.js` names every place in that file. */
function isFile(location: string | null, text: string): boolean {
  return location !== null && text !== '' && location.startsWith(`${text}:`);
}
