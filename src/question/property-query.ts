/** Which properties an object has to have of its own, among others. Plain data. */
export interface PropertyQuery {
  readonly names: readonly string[];
  /** Plain objects only: those that a table of classes names by their properties. */
  readonly isPlain: boolean;
}

/** Properties that are asked for with this before them may be those of an object of any class. */
const ANY_CLASS = 'has:';

/**
 * Reads `{a, b}`, as a table of classes names plain objects, and `has:a,b`. A table that lacks room
 * cuts a name off with `…`: what is left of its last property says nothing.
 *
 * @returns null for any other text.
 */
export function parsePropertyQuery(text: string): PropertyQuery | null {
  const braced = /^\{([\s\S]*?)\}?$/.exec(text);
  const isPlain = braced !== null && /[}…]$/.test(text);
  if (!isPlain && !text.startsWith(ANY_CLASS)) return null;
  const list = isPlain ? (braced[1] ?? '') : text.slice(ANY_CLASS.length);
  const names = splitNames(list).filter((name) => name !== '' && !name.endsWith('…'));
  return names.length === 0 ? null : { names, isPlain };
}

/** The query as it is written after `class:`, or as `has:`. */
export function writePropertyQuery({ names, isPlain }: PropertyQuery): string {
  return isPlain ? `class:{${names.join(', ')}}` : `${ANY_CLASS}${names.join(',')}`;
}

/** A name with a comma, a quote or a brace in it is in quotes. */
function splitNames(list: string): readonly string[] {
  const parts = list.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return parts.map((part) => unquoted(part.trim()));
}

function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
