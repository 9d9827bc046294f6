import type { FollowedMap, Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { bothNames, displayFile } from '../util/display-file.js';
import { nodeLabel, nodeName } from '../words/node-labels.js';
import { type DiskScript, readDiskScripts } from './disk-scripts.js';
import { displaySource } from './display-source.js';
import { type MapScope, makeFileCheck } from './map-scope.js';
import type { Place } from './original-places.js';

/** A place as the engine says it, or as a map said that was loaded with the script. */
export interface KnownPlace extends Place {
  readonly mapped?: { readonly file: string; readonly map: string | null };
}

/** Where nodes were made, by node id; `file` is a path or URL. */
export type Places = ReadonlyMap<string, KnownPlace>;

export interface LocatedAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
}

/** A picture shows a few. */
const MOST_FILES = 100;
const NAMED_FILES = 3;
const COMPILED = ' (compiled)';

/**
 * Shows locations of generated files as those of their sources: where a map was loaded with the script, or
 * else where one is found beside its file. A file without a map, or with a broken one, keeps its
 * locations. Reads only regular files of this machine whose names are in the heap, and the maps beside
 * them, where `scope` allows it.
 */
export async function followSourceMaps(
  subgraph: Subgraph,
  places: Places,
  scope: MapScope,
): Promise<LocatedAnswer> {
  const loaded = [...places.values()].filter(({ mapped }) => mapped === undefined);
  const search = { mayRead: await makeFileCheck(scope), mostFiles: MOST_FILES };
  const scripts = await readDiskScripts(loaded, search);
  const found = new FoundPlaces();
  const nodes = subgraph.nodes.map((node) => {
    const place = places.get(node.id);
    return place === undefined ? node : found.locate(node, place, scripts.get(place.file));
  });
  const sourceMaps = found.followed();
  const located = sourceMaps.length === 0 ? { nodes } : { nodes, sourceMaps };
  return { subgraph: { ...subgraph, ...located }, notes: found.notes() };
}

/** Relocates nodes, and keeps in mind by what. */
class FoundPlaces {
  readonly #onDisk = new Map<string, string>();
  readonly #loaded = new Set<string>();
  readonly #compiled = new Set<string>();

  locate(node: SubgraphNode, place: KnownPlace, script: DiskScript | undefined): SubgraphNode {
    const { mapped } = place;
    if (mapped !== undefined) {
      const file = displayFile(mapped.file);
      if (mapped.map === null) this.#loaded.add(file);
      else this.#onDisk.set(file, displayFile(mapped.map));
      return relocate(node, place, place);
    }
    if (script?.isWhatRan === false) {
      this.#compiled.add(displayFile(place.file));
      return markCompiled(node, place);
    }
    const map = script?.map ?? null;
    const original = map?.map.placeOf(place.line, place.column) ?? null;
    if (map === null || original === null) return node;
    this.#onDisk.set(displayFile(place.file), displayFile(map.mapName ?? 'inline'));
    const name = node.is !== undefined && 'name' in node.is ? node.is.name : null;
    const sourceName = name === null ? null : map.names().nameOf(place, name);
    return rename(relocate(node, place, original), sourceName);
  }

  followed(): readonly FollowedMap[] {
    const loaded = [...this.#loaded].map((file) => ({ file, map: 'inline' }));
    const onDisk = [...this.#onDisk].map(([file, map]) => ({ file, map }));
    return [...loaded, ...onDisk].sort(byFile);
  }

  notes(): readonly string[] {
    return [
      ...(this.#loaded.size > 0 ? [noteOnLoaded([...this.#loaded].sort())] : []),
      ...(this.#onDisk.size > 0 ? [noteOnDisk([...this.#onDisk].sort(byKey))] : []),
      ...(this.#compiled.size > 0 ? [noteOnCompiled([...this.#compiled].sort())] : []),
    ];
  }
}

function relocate(node: SubgraphNode, from: Place, to: Place): SubgraphNode {
  const file = displaySource(to.file);
  const located = { ...node, location: `${file}:${to.line}:${to.column}` };
  // a paused frame is named by its file and line; a masked file stays masked
  if (node.is?.kind !== 'frame' || node.is.file !== displayFile(from.file)) return located;
  return described(located, { ...node.is, file, line: to.line });
}

/** A line of the text that ran, which the file does not have. */
function markCompiled(node: SubgraphNode, { file }: Place): SubgraphNode {
  const located = { ...node, location: `${node.location}${COMPILED}` };
  if (node.is?.kind !== 'frame' || node.is.file !== displayFile(file)) return located;
  return described(located, { ...node.is, file: node.is.file + COMPILED });
}

function rename(node: SubgraphNode, sourceName: string | null): SubgraphNode {
  const { is } = node;
  if (sourceName === null || (is?.kind !== 'object' && is?.kind !== 'function')) return node;
  return described(node, { ...is, name: bothNames(sourceName, is.name ?? '') });
}

function described(node: SubgraphNode, is: NonNullable<SubgraphNode['is']>): SubgraphNode {
  return { ...node, is, name: nodeName(is), label: nodeLabel(is, node.id, node.count) };
}

function noteOnLoaded(files: readonly string[]): string {
  return `Locations in ${someOf(files)} follow the source maps that were loaded with the scripts.`;
}

/**
 * Says that maps were followed: it is unknown whether a file is still the one that ran, and another
 * day, or another machine, may have other maps and give another answer for the same heap.
 */
function noteOnDisk(followed: readonly (readonly [string, string])[]): string {
  const files = followed.map(([file]) => file);
  const maps = followed.map(([, map]) => map);
  return `Locations in ${someOf(files)} follow source maps as they are on disk now (${someOf(maps)}).`;
}

function noteOnCompiled(files: readonly string[]): string {
  return `${someOf(files)}: what ran is not the text that is in the file now, and no source map of it is known, so lines are those of what ran. A heap that showbackref takes or captures itself has the maps of scripts that are compiled in memory.`;
}

function byFile(a: FollowedMap, b: FollowedMap): number {
  return a.file < b.file ? -1 : 1;
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function someOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED_FILES);
  const rest = names.length - named.length;
  return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more`;
}
