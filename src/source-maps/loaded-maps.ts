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
  /** What was renamed, or the script's text, which says so; null where neither is known. */
  readonly names: readonly NameRow[] | string | null;
}

interface ScriptPlace {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

interface OpenedMap {
  readonly script: ScriptMap;
  readonly map: PlaceMapper;
  names: NameIndex | null;
}

/** Source maps of a heap's scripts, by V8's numbers of those. Each is read when it is first asked for. */
export class LoadedMaps {
  readonly #scripts = new Map<number, ScriptMap>();
  readonly #opened = new Map<number, OpenedMap | null>();
  readonly #read: typeof readSourceMap;

  private constructor(scripts: readonly ScriptMap[], read: typeof readSourceMap) {
    for (const script of scripts) this.#scripts.set(script.scriptId, script);
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
    const found = opened?.map.placeOf(line, column) ?? null;
    if (opened === null || found === null) return null;
    const { url, mapName } = opened.script;
    const mapped = { file: url, map: mapName };
    return { ...found, file: resolveSource(found, url), mapped };
  }

  nameOf(place: ScriptPlace, name: string): string | null {
    const opened = this.#open(place.scriptId);
    return opened === null ? null : namesOf(opened).nameOf(place, name);
  }

  loadedNames(isWanted: (original: string) => boolean): ReadonlySet<string> {
    const found = new Set<string>();
    for (const scriptId of this.#scripts.keys()) {
      const opened = this.#open(scriptId);
      if (opened === null) continue;
      for (const name of namesOf(opened).loadedNames(isWanted)) found.add(name);
    }
    return found;
  }

  fileOf(scriptId: number): string | null {
    return this.#scripts.get(scriptId)?.url || null;
  }

  #open(scriptId: number): OpenedMap | null {
    const known = this.#opened.get(scriptId);
    if (known !== undefined) return known;
    const script = this.#scripts.get(scriptId);
    const text = script === undefined ? null : mapTextOf(script);
    const map = text === null || script === undefined ? null : this.#read(text, script.lineCount);
    const opened = map === null || script === undefined ? null : { script, map, names: null };
    this.#opened.set(scriptId, opened);
    return opened;
  }
}

function mapTextOf({ map }: ScriptMap): string | null {
  return /^data:/i.test(map) ? textOfInlineMap(map) : map;
}

function namesOf(opened: OpenedMap): NameIndex {
  opened.names ??= new NameIndex(rowsOf(opened));
  return opened.names;
}

function rowsOf({ script: { names }, map }: OpenedMap): readonly NameRow[] {
  return typeof names === 'string' ? indexNames(names, map) : (names ?? []);
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
