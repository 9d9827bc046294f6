import { displayFile } from '../../util/display-file.js';

interface NamedClass {
  readonly name: string;
  readonly location: string | null;
}

/** The place where a class was defined, without folders; null if the heap does not contain it. */
export function shownLocation({ location }: NamedClass): string | null {
  if (location === null) return null;
  const [, file = '', place = ''] = /^(.*?)((?::\d+){0,2})$/s.exec(location) ?? [];
  return displayFile(file) + place;
}

/** The names of classes, with their place if several have the same name. */
export function labelClasses(types: readonly NamedClass[]): (type: NamedClass) => string {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of types) (seen.has(name) ? repeated : seen).add(name);
  return (type) => {
    const location = repeated.has(type.name) ? shownLocation(type) : null;
    const name = showSymbols(type.name);
    return location === null ? name : `${name} ${location}`;
  };
}

/**
 * `{a, <symbol d>}` of V8, as it is written in a program; symbols without a description are shown
 * as one.
 */
function showSymbols(name: string): string {
  if (!name.startsWith('{') || !name.includes('<symbol')) return name;
  return name
    .replace(/<symbol>(, <symbol>)+/g, '<symbol>')
    .replace(/<symbol ?([^<>]*)>/g, (_, description: string) => `[Symbol(${description})]`);
}

/** Says that the engine's classes were left out; names the first ones. */
export function hiddenClasses(hidden: readonly NamedClass[]): string {
  const names = hidden.slice(0, 2).map(({ name }) => name);
  const classes = hidden.length === 1 ? 'engine class' : 'engine classes';
  const such = hidden.length > 2 ? ' such as ' : ', ';
  return `Not shown: ${hidden.length} ${classes}${such}${names.join(' and ')},`;
}
