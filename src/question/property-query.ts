/** The own properties that an object has to have, possibly among others. Plain data. */
export interface PropertyQuery {
  readonly names: readonly string[];
  /** Matches only plain objects: those that a table of classes names by their properties. */
  readonly isPlain: boolean;
}

/** The prefix of properties that an object of any class may have. */
const ANY_CLASS = 'has:';

/**
 * Reads `{a, b}`, as a table of classes names plain objects, and `has:a,b`. A table without enough
 * room cuts the list off with `…`: the cut last property is ignored.
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

/** The query as written after `class:`, or as `has:`. */
export function writePropertyQuery({ names, isPlain }: PropertyQuery): string {
  return isPlain ? `class:{${names.join(', ')}}` : `${ANY_CLASS}${names.join(',')}`;
}

/** Splits a list of names; one with a comma, a quote or a brace in it is quoted. */
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
