/**
 * A path from a root to an object as text, one step each: `.children -> Array`, `[*] -> Module`.
 * Before the arrow is the holder's reference, after it the class:
 *
 * - `.name` a property, `var name` a variable of a scope, `[*]` an element, `["*"]` a key of a
 * dictionary
 * - `Map key`, `Map["*"]`, `Set member`, `WeakMap["*"]`
 * - `<name>` a field of the engine, `<*>` one without a name
 * - classes: `Array`, `Session`, `name()` for functions, `string`, `(array)` for nodes without a
 * name
 */
export type WayText = readonly string[];

/**
 * A pattern for the end of a path: the steps of such a text, with `*` for any text within a step,
 * and `**` for any number of steps.
 */
export type WayPattern = readonly string[];

const ANY_STEPS = '**';

/** True if the end of a path matches the pattern. */
export function matchesEnd(way: WayText, pattern: WayPattern): boolean {
  return matches([ANY_STEPS, ...pattern], 0, { way, at: 0 });
}

function matches(
  pattern: WayPattern,
  place: number,
  { way, at }: { readonly way: WayText; readonly at: number },
): boolean {
  const step = pattern[place];
  if (step === undefined) return at === way.length;
  if (step !== ANY_STEPS) {
    const text = way[at];
    if (text === undefined || !regExpOf(step).test(text)) return false;
    return matches(pattern, place + 1, { way, at: at + 1 });
  }
  for (let skipped = at; skipped <= way.length; skipped++) {
    if (matches(pattern, place + 1, { way, at: skipped })) return true;
  }
  return false;
}

const compiled = new Map<string, RegExp>();

/**
 * Makes a regular expression of a step. In labels such as `[*]` the star is literal: only elsewhere
 * is it a wildcard.
 */
function regExpOf(step: string): RegExp {
  const known = compiled.get(step);
  if (known !== undefined) return known;
  const parts = step.split(/(\["\*"\]|\[\*\]|<\*>)/);
  const source = parts.map((part, index) => {
    const escaped = part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    return index % 2 === 1 ? escaped.replaceAll('*', '\\*') : escaped.replaceAll('*', '.*');
  });
  const made = new RegExp(`^${source.join('')}$`, 's');
  compiled.set(step, made);
  return made;
}
