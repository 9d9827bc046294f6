import type { Meaning, NodeMeaning } from './meaning.js';

/** Changes the texts of a heap: one function for names of scripts, one for all others. */
export interface TextChange {
  readonly text: (text: string) => string;
  readonly file: (file: string) => string;
}

/** Fields whose values are our own words. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...['kind', 'type', 'accessor', 'half', 'part', 'reason'],
]);

/** The same meaning with every text from the heap changed, such as masked. */
export function changeMeaning<M extends Meaning | NodeMeaning>(
  meaning: M,
  { text, file }: TextChange,
): M {
  const changed: Record<string, unknown> = { ...meaning };
  for (const [field, value] of Object.entries(meaning)) {
    changed[field] = changeField(field, value, field === 'file' ? file : text, { text, file });
  }
  return changed as M;
}

function changeField(
  field: string,
  value: unknown,
  change: (text: string) => string,
  all: TextChange,
): unknown {
  if (OWN_FIELDS.has(field)) return value;
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => changeField(field, one, change, all));
  if (typeof value !== 'object' || value === null) return value;
  return changeMeaning(value as Meaning, all);
}

/** The names by which a reference holds: of a property, variable, key or event. */
export function namesIn(meaning: Meaning): readonly string[] {
  if ('names' in meaning) return meaning.names;
  if ('name' in meaning) return meaning.name === null ? [] : [meaning.name];
  if ('index' in meaning || !('key' in meaning || 'event' in meaning)) return [];
  const key = 'event' in meaning ? meaning.event : meaning.key;
  return typeof key === 'object' && key.type === 'text' ? [key.text] : [];
}

/**
 * A key that is equal for meanings that look the same; as short as possible, because there may be
 * millions.
 */
export function meaningKey(meaning: Meaning): string {
  if (meaning.kind === 'element') return `[${meaning.index}`;
  if (meaning.kind === 'property') return `.${meaning.name}`;
  return JSON.stringify(meaning);
}

/** The same for meanings of nodes. */
export function nodeMeaningKey(is: NodeMeaning): string {
  return is.kind === 'object' ? `.${is.name}` : JSON.stringify(is);
}
