import type { Meaning, NodeMeaning } from './meaning.js';

/** How the texts of a heap are changed: those of scripts' names, and all others. */
export interface TextChange {
  readonly text: (text: string) => string;
  readonly file: (file: string) => string;
}

/** Fields that are words of ours. */
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

/** The names under which a reference holds: of a property, variable, key or event. */
export function namesIn(meaning: Meaning): readonly string[] {
  if ('names' in meaning) return meaning.names;
  if ('name' in meaning) return meaning.name === null ? [] : [meaning.name];
  if ('index' in meaning || !('key' in meaning || 'event' in meaning)) return [];
  const key = 'event' in meaning ? meaning.event : meaning.key;
  return typeof key === 'object' && key.type === 'text' ? [key.text] : [];
}

/** Equal for meanings that nobody could tell apart; as short as it can be, because there may be millions. */
export function meaningKey(meaning: Meaning): string {
  if (meaning.kind === 'element') return `[${meaning.index}`;
  if (meaning.kind === 'property') return `.${meaning.name}`;
  return JSON.stringify(meaning);
}

/** The same of what nodes are. */
export function nodeMeaningKey(is: NodeMeaning): string {
  return is.kind === 'object' ? `.${is.name}` : JSON.stringify(is);
}
