import type { NodeOrdinal } from '../../graph/ordinals.js';
import { displayFile } from '../../util/display-file.js';
import type { SourcePlace } from '../code/scripts.js';
import type { HeapFacts } from '../heap-facts.js';

/** Where a node's class was defined, or a function itself; a script without a name has a number. */
export function classPlaceOf({ scripts }: HeapFacts, node: NodeOrdinal): SourcePlace | null {
  const loaded = scripts.loadedPlaceOf(node);
  if (loaded === null) return null;
  const { scriptId, line, column } = loaded;
  return scripts.sourceOf(loaded) ?? { file: `script ${scriptId}`, line, column };
}

/** A key that is equal for the same place; empty if there is none. */
export function classPlaceKey(facts: HeapFacts, node: NodeOrdinal): string {
  const place = classPlaceOf(facts, node);
  return place === null ? '' : writePlace(place, place.file);
}

/** The place as pictures and tables show it: without folders. */
export function shownPlace(place: SourcePlace): string {
  return writePlace(place, displayFile(place.file));
}

/** True if a text names the place: `repro.js`, `repro.js:1`, `src/repro.js:1:44`. */
export function isPlaceNamed(place: SourcePlace, text: string): boolean {
  const [, file = '', line, column] = /^(.*?)(?::(\d+)(?::(\d+))?)?$/s.exec(text) ?? [];
  if (line !== undefined && Number(line) !== place.line) return false;
  if (column !== undefined && Number(column) !== place.column) return false;
  return isFileNamed(place.file, file);
}

function isFileNamed(file: string, text: string): boolean {
  if (text === '') return false;
  return file === text || displayFile(file) === text || file.endsWith(`/${text}`);
}

function writePlace({ line, column }: SourcePlace, file: string): string {
  return `${file}:${line}:${column}`;
}
