import { isPlaceNamed } from '../../engine/classes/class-place.js';
import type { SourcePlace } from '../../engine/code/scripts.js';
import type { Pattern } from '../../question/pattern.js';

/** The properties of an object that a pattern is compared with. */
export interface PatternSubject {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** Names and labels of the references by which the node is drawn. */
  readonly edges: readonly { readonly name: string; readonly label: string }[];
  /** The first line of its box, without the id: `main()`. */
  readonly title?: string;
  /** Its name in a table of classes: `Function`, `Detached <div>`. */
  readonly className?: string;
  /**
   * The place where its class was defined, with folders; determined when a pattern names a place.
   */
  readonly place?: () => SourcePlace | null;
}

/**
 * Compares an object with a pattern: `/re/` searches within a class, `@id`, name of a reference or
 * file; other text has to equal one of them.
 */
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

/** All texts drawn for it, and its plain name. */
function drawnTexts({ id, name, title, location, edges }: PatternSubject): readonly string[] {
  const own = [id, name, title, location].filter((text) => typeof text === 'string');
  return [...own, ...edges.flatMap((edge) => [edge.name, edge.label])];
}

/** True for a name followed by more: the id in a box, or the place in a box or a table. */
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

/** True for a file name: `server.js` matches every place in that file. */
function isFile(location: string | null, text: string): boolean {
  return location !== null && text !== '' && location.startsWith(`${text}:`);
}
