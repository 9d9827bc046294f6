import { isPlaceNamed } from '../../engine/classes/class-place.js';
import type { SourcePlace } from '../../engine/code/scripts.js';
import type { Pattern } from '../../question/pattern.js';

/** What a pattern looks at. */
export interface PatternSubject {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** Names and labels of the references by which the node is drawn. */
  readonly edges: readonly { readonly name: string; readonly label: string }[];
  /** The first line of its box, without the id: `main()`. */
  readonly title?: string;
  /** What a table of classes calls it: `Function`, `Detached <div>`. */
  readonly className?: string;
  /** Where its class was defined, with the folders; looked up when a pattern names a place. */
  readonly place?: () => SourcePlace | null;
}

/** `/re/` is looked for within a class, `@id`, name of a reference or file; other text has to be one. */
export function matchesPattern(
  { text, name, expression }: Pattern,
  subject: PatternSubject,
): boolean {
  const drawn = drawnTexts(subject);
  if (expression !== null) return drawn.some((part) => expression.test(part));
  return [text, name].some(
    (wanted) =>
      drawn.includes(wanted) ||
      wanted === subject.className ||
      isFile(subject.location, wanted) ||
      isLabel(subject, wanted),
  );
}

/** All that is drawn of it, and what it is called by itself. */
function drawnTexts({ id, name, title, location, edges }: PatternSubject): readonly string[] {
  const own = [id, name, title, location].filter((text) => typeof text === 'string');
  return [...own, ...edges.flatMap((edge) => [edge.name, edge.label])];
}

/** A name with more after it: the id in a box, or the place in a box or a table. */
function isLabel(subject: PatternSubject, text: string): boolean {
  const { id, name, title = name, className = name } = subject;
  return [name, title, className].some((called) => {
    if (called === '' || !text.startsWith(called) || !/[ @]/.test(text[called.length] ?? '')) {
      return false;
    }
    const rest = text.slice(called.length + 1);
    return rest === id || isPlace(subject, rest);
  });
}

function isPlace({ location, place }: PatternSubject, text: string): boolean {
  if (location === text || isFile(location, text)) return true;
  const known = place?.() ?? null;
  return known !== null && isPlaceNamed(known, text);
}

/** `server.js` names every place in that file. */
function isFile(location: string | null, text: string): boolean {
  return location !== null && text !== '' && location.startsWith(`${text}:`);
}
