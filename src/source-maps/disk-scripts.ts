import { findSourceMap } from './find-source-map.js';
import { type OpenedMap, once } from './loaded-maps.js';
import { indexNames, NameIndex } from './name-index.js';
import type { Place } from './original-places.js';
import { localPathOf, MOST_BYTES, readLocalFile } from './read-local-file.js';

/** The text of a script as it is in its file now. */
export interface DiskScript {
  /** False where places of the script are outside of it: what ran was another text. */
  readonly isWhatRan: boolean;
  readonly map: OpenedMap | null;
}

type FileCheck = (path: string) => Promise<boolean>;

/** Characters of all generated files together. */
const MOST_TEXT = 4 * MOST_BYTES;

export interface ScriptSearch {
  readonly mayRead: FileCheck;
  /** A heap made to keep us busy may name thousands. */
  readonly mostFiles: number;
}

/** Reads the files of scripts and the maps beside them, where `mayRead` allows it. */
export async function readDiskScripts(
  places: Iterable<Place>,
  { mayRead, mostFiles }: ScriptSearch,
): Promise<ReadonlyMap<string, DiskScript>> {
  const byFile = new Map<string, Place[]>();
  for (const place of places) byFile.set(place.file, [...(byFile.get(place.file) ?? []), place]);
  const scripts = new Map<string, DiskScript>();
  let room = MOST_TEXT;
  for (const [file, inFile] of [...byFile].slice(0, mostFiles)) {
    const path = localPathOf(file);
    if (path === null || room <= 0 || !(await mayRead(path))) continue;
    const text = await readLocalFile(path);
    if (text === null) continue;
    room -= text.length;
    const isWhatRan = isTextOf(inFile, text);
    scripts.set(file, { isWhatRan, map: isWhatRan ? await mapOf(path, text, mayRead) : null });
  }
  return scripts;
}

/** A place outside the file means that it is not the file that ran, so its map is not either. */
function isTextOf(places: readonly Place[], text: string): boolean {
  const lengths = text.split('\n').map(({ length }) => length);
  return places.every(({ line, column }) => column - 1 <= (lengths[line - 1] ?? -1));
}

async function mapOf(path: string, text: string, mayRead: FileCheck): Promise<OpenedMap | null> {
  const found = await findSourceMap(path, text, mayRead);
  if (found === null) return null;
  // the library is only worth its loading time where there is a map
  const { readSourceMap } = await import('./original-places.js');
  const map = readSourceMap(found.text, text.split('\n').length);
  if (map === null) return null;
  const names = once(() => new NameIndex(indexNames(text, map)));
  return { url: path, mapName: found.name, map, names };
}
