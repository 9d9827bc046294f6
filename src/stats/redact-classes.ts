import type { Redactor } from '../redact/redactor.js';
import type { HeapClass } from './heap-classes.js';
import type { SelectedTypes } from './select-types.js';

/** Classes with secrets in their texts masked; everything else is kept. */
export function redactClasses<T extends HeapClass>(
  { types, cut, hidden }: SelectedTypes<T>,
  redactor: Redactor,
): SelectedTypes<T> {
  const mask = (type: T): T => ({
    ...type,
    name: redactor.places(type.name),
    location: maskLocation(type.location, redactor),
  });
  // only counted, never shown
  return { types: types.map(mask), cut, hidden: hidden.map(mask) };
}

/** `file:line:column` with secrets in the file's name masked. */
function maskLocation(location: string | null, redactor: Redactor): string | null {
  const [, file, place = ''] = /^(.*?)((?::\d+){2})$/s.exec(location ?? '') ?? [];
  return file === undefined ? location : redactor.file(file) + place;
}
