import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PlaceMapper, readSourceMap } from '../../source-maps/original-places.js';
import { LineNumbers } from './syntax.js';

/** The text that a function was written in, and where the function is in it. */
export interface OriginalFunction {
  /** Path of the source. */
  readonly file: string;
  /** The text of all lines. */
  readonly lines: readonly string[];
  readonly firstLine: number;
  readonly lastLine: number;
  /** The line of the source that a place in the loaded text comes from. */
  lineAt(offset: number): number;
}

/** A text as it was loaded. */
export interface LoadedText {
  readonly text: string;
  readonly file: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The sources of a loaded text, by the map that the text has or names; null where none can be read. */
export class OriginalSources {
  readonly #map: PlaceMapper;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #folder: string;
  readonly #loaded: LineNumbers;
  readonly #lines = new Map<string, readonly string[] | null>();

  private constructor(loaded: LineNumbers, { map, texts, folder }: MapOfText) {
    this.#loaded = loaded;
    this.#map = map;
    this.#texts = texts;
    this.#folder = folder;
  }

  static of({ text, file }: LoadedText): OriginalSources | null {
    const url = sourceMapUrlOf(text);
    if (url === null) return null;
    const loaded = new LineNumbers(text);
    const found = readMap(url, file, loaded.count);
    return found === null ? null : new OriginalSources(loaded, found);
  }

  /** Null where the map does not say where the function is from, or its source cannot be read. */
  functionAt({ start, end }: Range): OriginalFunction | null {
    const source = this.#placeOf(start)?.file;
    if (source === undefined) return null;
    const file = this.#pathOf(source);
    const lines = this.#linesOf(source, file);
    if (lines === null) return null;
    const lineIn = (offset: number) => {
      const place = this.#placeOf(offset);
      return place?.file === source ? place.line : null;
    };
    const first = lineIn(start) ?? 1;
    const last = Math.max(first, lineIn(end - 1) ?? first);
    if (last > lines.length) return null;
    const lineAt = (offset: number) => Math.min(last, Math.max(first, lineIn(offset) ?? first));
    return { file, lines, firstLine: first, lastLine: last, lineAt };
  }

  #placeOf(offset: number) {
    const line = this.#loaded.at(offset);
    return this.#map.placeOf(line, offset - this.#loaded.startOf(line) + 1);
  }

  #pathOf(source: string): string {
    if (source.startsWith('file:')) return fileURLToPath(source);
    return isAbsolute(source) ? source : resolve(this.#folder, source);
  }

  #linesOf(source: string, file: string): readonly string[] | null {
    const known = this.#lines.get(source);
    if (known !== undefined) return known;
    const text = this.#texts.get(source) ?? readText(file);
    const lines = text?.split(/\r\n|[\n\r]/) ?? null;
    this.#lines.set(source, lines);
    return lines;
  }
}

interface MapOfText {
  readonly map: PlaceMapper;
  /** Of the sources that are in the map, by the names it has for them. */
  readonly texts: ReadonlyMap<string, string>;
  /** The paths of sources begin here. */
  readonly folder: string;
}

function readMap(url: string, file: string, lineCount: number): MapOfText | null {
  try {
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url);
    const path = resolve(dirname(file), inline ? '.' : decodeURI(url));
    const data = inline?.[2] ?? '';
    const decoded = inline?.[1] ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
    const text = inline ? decoded : readText(path);
    const map = text === null ? null : readSourceMap(text, lineCount);
    if (text === null || map === null) return null;
    return { map, texts: textsOf(text, map), folder: inline ? path : dirname(path) };
  } catch {
    // the address cannot be decoded
    return null;
  }
}

function textsOf(text: string, { sources }: PlaceMapper): ReadonlyMap<string, string> {
  const { sourcesContent } = JSON.parse(text) as { readonly sourcesContent?: unknown };
  const texts: readonly unknown[] = Array.isArray(sourcesContent) ? sourcesContent : [];
  return new Map(
    sources.flatMap((name, at) => {
      const own = texts[at];
      return typeof own === 'string' && own !== '' ? [[name, own] as const] : [];
    }),
  );
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The address of its map that the end of a text gives. */
function sourceMapUrlOf(text: string): string | null {
  const last = [...text.matchAll(/^\s*\/\/[#@] sourceMappingURL=(\S+)\s*$/gm)].at(-1);
  return last?.[1] ?? null;
}
