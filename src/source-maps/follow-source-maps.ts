import type { Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { displayFile } from '../util/display-file.js';
import { displaySource } from './display-source.js';
import { findSourceMap } from './find-source-map.js';
import { type MapScope, makeFileCheck } from './map-scope.js';
import type { Place, PlaceMapper } from './original-places.js';
import { localPathOf, MOST_BYTES, readLocalFile } from './read-local-file.js';

/** Where nodes were made as the engine says it, by node id; `file` is a path or URL. */
export type Places = ReadonlyMap<string, Place>;

export interface LocatedAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
}

/** A picture shows a few files; a heap made to keep us busy may name thousands. */
const MOST_FILES = 100;
/** Characters of all generated files together. */
const MOST_TEXT = 4 * MOST_BYTES;
const NAMED_FILES = 3;

/**
 * Shows locations of generated files as those of their sources, where a source map is found beside
 * them. A file without a map, or with a broken one, keeps its locations. Reads only regular files of
 * this machine whose names are in the heap, and the maps beside them, as far as `scope` goes.
 */
export async function followSourceMaps(
  subgraph: Subgraph,
  places: Places,
  scope: MapScope,
): Promise<LocatedAnswer> {
  const mappers = await loadMappers(places, await makeFileCheck(scope));
  const followed = new Set<string>();
  const nodes = subgraph.nodes.map((node) => {
    const place = places.get(node.id);
    const original = place && (mappers.get(place.file)?.(place.line, place.column) ?? null);
    if (place === undefined || original === null || original === undefined) return node;
    followed.add(displayFile(place.file));
    return relocate(node, place, original);
  });
  if (followed.size === 0) return { subgraph, notes: [] };
  return { subgraph: { ...subgraph, nodes }, notes: [noteOn([...followed].sort())] };
}

type FileCheck = (path: string) => Promise<boolean>;

async function loadMappers(
  places: Places,
  mayRead: FileCheck,
): Promise<ReadonlyMap<string, PlaceMapper>> {
  const byFile = new Map<string, Place[]>();
  for (const place of places.values()) {
    byFile.set(place.file, [...(byFile.get(place.file) ?? []), place]);
  }
  const mappers = new Map<string, PlaceMapper>();
  let room = MOST_TEXT;
  for (const [file, inFile] of [...byFile].slice(0, MOST_FILES)) {
    const path = localPathOf(file);
    if (path === null || room <= 0 || !(await mayRead(path))) continue;
    const generated = await readLocalFile(path);
    if (generated === null) continue;
    room -= generated.length;
    const fits = isFileOf(inFile, generated);
    const text = fits ? await findSourceMap(path, generated, mayRead) : null;
    const mapper = text === null ? null : await toMapper(text, generated);
    if (mapper !== null) mappers.set(file, mapper);
  }
  return mappers;
}

/** A place outside the file means that it is not the file that ran, so its map is not either. */
function isFileOf(places: readonly Place[], generated: string): boolean {
  const lengths = generated.split('\n').map(({ length }) => length);
  return places.every(({ line, column }) => column - 1 <= (lengths[line - 1] ?? -1));
}

async function toMapper(text: string, generated: string): Promise<PlaceMapper | null> {
  // the library is only worth its loading time where there is a map
  const { readSourceMap } = await import('./original-places.js');
  return readSourceMap(text, generated.split('\n').length);
}

function relocate(node: SubgraphNode, from: Place, to: Place): SubgraphNode {
  const file = displaySource(to.file);
  const location = `${file}:${to.line}:${to.column}`;
  if (node.type !== 'frame') return { ...node, location };
  // the words for a paused frame end with its file, and its label with the line too
  const old = displayFile(from.file);
  return {
    ...node,
    location,
    name: withEnd(node.name, old, file),
    label: withEnd(node.label, `${old}:${from.line}`, `${file}:${to.line}`),
  };
}

function withEnd(text: string, end: string, other: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) + other : text;
}

/** Whether a file is still the one that ran cannot be told. */
function noteOn(files: readonly string[]): string {
  const named = files.slice(0, NAMED_FILES);
  const rest = files.length - named.length;
  const words = rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
  return `Locations in ${words} follow source maps as they are on disk now.`;
}
