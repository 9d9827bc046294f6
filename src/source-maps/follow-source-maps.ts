import type { FollowedMap, Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { displayFile } from '../util/display-file.js';
import { nodeLabel, nodeName } from '../words/node-labels.js';
import { displaySource } from './display-source.js';
import { findSourceMap } from './find-source-map.js';
import { type MapScope, makeFileCheck } from './map-scope.js';
import type { Place, PlaceMapper } from './original-places.js';
import { localPathOf, MOST_BYTES, readLocalFile } from './read-local-file.js';

/**
 * The places where nodes were made, as the engine gives them, by node id; `file` is a path or URL.
 */
export type Places = ReadonlyMap<string, Place>;

export interface LocatedAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
}

/** The limit of files: a picture shows a few; a malicious heap may name thousands. */
const MOST_FILES = 100;
/** The limit of characters of all generated files together. */
const MOST_TEXT = 4 * MOST_BYTES;
const NAMED_FILES = 3;

/**
 * Maps locations in generated files to their sources if there is a source map beside the file. A
 * file without a map, or with a broken one, keeps its locations. Reads only regular files of this
 * machine whose names are in the heap, and the maps beside them, within `scope`.
 */
export async function followSourceMaps(
  subgraph: Subgraph,
  places: Places,
  scope: MapScope,
): Promise<LocatedAnswer> {
  const mappers = await loadMappers(places, await makeFileCheck(scope));
  const followed = new Map<string, string>();
  const nodes = subgraph.nodes.map((node) => {
    const place = places.get(node.id);
    const map = place && mappers.get(place.file);
    const original = map?.look(place?.line ?? 0, place?.column ?? 0) ?? null;
    if (place === undefined || map === undefined || original === null) return node;
    followed.set(displayFile(place.file), displayFile(map.name));
    return relocate(node, place, original);
  });
  if (followed.size === 0) return { subgraph, notes: [] };
  const sourceMaps = [...followed].sort(byFile).map(([file, map]) => ({ file, map }));
  return { subgraph: { ...subgraph, nodes, sourceMaps }, notes: [noteOn(sourceMaps)] };
}

/** Maps places by a map of that name. */
interface NamedMapper {
  readonly look: PlaceMapper;
  readonly name: string;
}

type FileCheck = (path: string) => Promise<boolean>;

async function loadMappers(
  places: Places,
  mayRead: FileCheck,
): Promise<ReadonlyMap<string, NamedMapper>> {
  const byFile = new Map<string, Place[]>();
  for (const place of places.values()) {
    byFile.set(place.file, [...(byFile.get(place.file) ?? []), place]);
  }
  const mappers = new Map<string, NamedMapper>();
  let room = MOST_TEXT;
  for (const [file, inFile] of [...byFile].slice(0, MOST_FILES)) {
    const path = localPathOf(file);
    if (path === null || room <= 0 || !(await mayRead(path))) continue;
    const generated = await readLocalFile(path);
    if (generated === null) continue;
    room -= generated.length;
    const fits = isFileOf(inFile, generated);
    const map = fits ? await findSourceMap(path, generated, mayRead) : null;
    const look = map === null ? null : await toMapper(map.text, generated);
    if (map !== null && look !== null) mappers.set(file, { look, name: map.name });
  }
  return mappers;
}

/**
 * False if a place is outside the file: then this is not the file that ran, and its map does not
 * apply.
 */
function isFileOf(places: readonly Place[], generated: string): boolean {
  const lengths = generated.split('\n').map(({ length }) => length);
  return places.every(({ line, column }) => column - 1 <= (lengths[line - 1] ?? -1));
}

async function toMapper(text: string, generated: string): Promise<PlaceMapper | null> {
  // the library is only worth its loading time if there is a map
  const { readSourceMap } = await import('./original-places.js');
  return readSourceMap(text, generated.split('\n').length);
}

function relocate(node: SubgraphNode, from: Place, to: Place): SubgraphNode {
  const file = displaySource(to.file);
  const located = { ...node, location: `${file}:${to.line}:${to.column}` };
  // a paused frame is named by its file and line; a masked file stays masked
  if (node.is?.kind !== 'frame' || node.is.file !== displayFile(from.file)) return located;
  const is = { ...node.is, file, line: to.line };
  return { ...located, is, name: nodeName(is), label: nodeLabel(is, node.id) };
}

/**
 * Says that maps were followed: it is unknown whether a file is still the one that ran, and another
 * day, or another machine, may have other maps and give another answer for the same heap.
 */
function noteOn(followed: readonly FollowedMap[]): string {
  const files = followed.map(({ file }) => file);
  const maps = followed.map(({ map }) => map);
  return `Locations in ${someOf(files)} follow source maps as they are on disk now (${someOf(maps)}).`;
}

function byFile([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function someOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED_FILES);
  const rest = names.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}
