import { displayFile } from '../util/display-file.js';
import { textOfInlineMap } from './find-source-map.js';
import { indexNames, NameIndex, type NameRow } from './name-index.js';
import type { Place, PlaceMapper, readSourceMap } from './original-places.js';

/** A script of a heap, and its source map. */
export interface ScriptMap {
  readonly scriptId: number;
  /** Path or URL of the script. */
  readonly url: string;
  readonly lineCount: number;
  /** The map as JSON, or as a `data:` URL with it. */
  readonly map: string;
  /** Name of the map's file; null for a map that was loaded with the script. */
  readonly mapName: string | null;
  /** The renamed classes and functions, or the script's text, which shows them; null where neither is known. */
  readonly names: readonly NameRow[] | string | null;
}

interface ScriptPlace {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** A script's map that has been read. */
export interface OpenedMap extends Pick<ScriptMap, 'url' | 'mapName'> {
  readonly map: PlaceMapper;
  readonly names: () => NameIndex;
}

/** Source maps of a heap's scripts, by V8's numbers of those. Each is read when it is first asked for. */
export class LoadedMaps {
  readonly #scripts: ReadonlyMap<number, ScriptMap>;
  readonly #opened = new Map<number, OpenedMap | null>();
  readonly #read: typeof readSourceMap | null;
  /** Many objects are of one class. */
  readonly #names = new Map<string, string | null>();

  private constructor(scripts: readonly ScriptMap[], read: typeof readSourceMap | null) {
    this.#scripts = new Map(scripts.map((script) => [script.scriptId, script]));
    this.#read = read;
  }

  /** Null where there are none, and the library that reads them is not worth its loading time. */
  static async open(scripts: readonly ScriptMap[]): Promise<LoadedMaps | null> {
    if (scripts.length === 0) return null;
    const { readSourceMap } = await import('./original-places.js');
    return new LoadedMaps(scripts, readSourceMap);
  }

  placeOf({ scriptId, line, column }: ScriptPlace) {
    const opened = this.#open(scriptId);
    if (opened === null) return undefined;
    const { url, mapName } = opened;
    const found = opened.map.placeOf(line, column);
    // a line of what was compiled is not shown as one of the source of the same name
    if (found === null) return hasOwnName(opened) ? null : undefined;
    const mapped = { file: url, map: mapName };
    return { ...found, file: resolveSource(found, url), mapped };
  }

  nameOf(place: ScriptPlace, name: string): string | null {
    const { scriptId, line, column } = place;
    const key = `${scriptId}:${line}:${column}:${name}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const found = this.#open(scriptId)?.names().nameOf(place, name) ?? null;
    this.#names.set(key, found);
    return found;
  }

  loadedNames(isWanted: (original: string) => boolean): ReadonlySet<string> {
    const found = new Set<string>();
    for (const scriptId of new Set([...this.#scripts.keys(), ...this.#opened.keys()])) {
      const names = this.#open(scriptId)?.names().loadedNames(isWanted) ?? [];
      for (const name of names) found.add(name);
    }
    return found;
  }

  fileOf(scriptId: number): string | null {
    return this.#scripts.get(scriptId)?.url || null;
  }

  /** The same, and more maps that have been read already. */
  with(opened: ReadonlyMap<number, OpenedMap>): LoadedMaps {
    const both = new LoadedMaps([...this.#scripts.values()], this.#read);
    for (const [scriptId, map] of opened) {
      if (!this.#scripts.has(scriptId)) both.#opened.set(scriptId, map);
    }
    return both;
  }

  static readonly none = new LoadedMaps([], null);

  #open(scriptId: number): OpenedMap | null {
    const known = this.#opened.get(scriptId);
    if (known !== undefined) return known;
    const script = this.#scripts.get(scriptId);
    const opened = script === undefined || this.#read === null ? null : openMap(script, this.#read);
    this.#opened.set(scriptId, opened);
    return opened;
  }
}

function openMap(script: ScriptMap, read: typeof readSourceMap): OpenedMap | null {
  const text = /^data:/i.test(script.map) ? textOfInlineMap(script.map) : script.map;
  const map = text === null ? null : read(text, script.lineCount);
  if (map === null) return null;
  const { url, mapName, names } = script;
  const rows = () => (typeof names === 'string' ? indexNames(names, map) : (names ?? []));
  return { url, mapName, map, names: once(() => new NameIndex(rows())) };
}

/** Worked out when it is first asked for. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** True if one of the sources is called as the script is: compiled in memory, under the name of its file. */
function hasOwnName({ url, map }: OpenedMap): boolean {
  const name = displayFile(url);
  return map.sources.some((source) => displayFile(source) === name);
}

/** A page's sources are beside its scripts; of a file they are shown as the map has them. */
function resolveSource({ file }: Place, url: string): string {
  if (!/^https?:/i.test(url) || /^[a-z][a-z\d+.-]*:/i.test(file)) return file;
  try {
    return new URL(file, url).href;
  } catch {
    return file;
  }
}
