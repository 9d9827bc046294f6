/** `cache.entries[0]["a b"]` in parts: a name and the steps from it. */
export interface PropertyPath {
  readonly name: string;
  /** Property names, element indexes and Map keys; all as texts, as in a heap. */
  readonly steps: readonly string[];
}

const NAME = /^[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/u;
const STEP =
  /^(?:\.([\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\['((?:[^'\\]|\\.)*)'\])/u;

/** Reads a property path; null if the text is another expression. */
export function parsePropertyPath(text: string): PropertyPath | null {
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  const steps: string[] = [];
  let rest = text.slice(name.length);
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (match === null) return null;
    const step = stepOf(match);
    if (step === null) return null;
    steps.push(step);
    rest = rest.slice(match[0].length);
  }
  return { name, steps };
}

function stepOf([, property, index, quoted, single]: RegExpExecArray): string | null {
  if (property !== undefined) return property;
  if (index !== undefined) return index;
  const json = quoted ?? `"${(single ?? '').replace(/\\.|"/gs, asInDoubleQuotes)}"`;
  try {
    return JSON.parse(json) as string;
  } catch {
    return null;
  }
}

/** Escapes a part of a single-quoted text for double quotes. */
function asInDoubleQuotes(part: string): string {
  if (part === "\\'") return "'";
  return part === '"' ? '\\"' : part;
}
