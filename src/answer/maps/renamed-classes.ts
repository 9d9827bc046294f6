import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { Target } from '../../question/target.js';
import { findClass, findFunctionsCalled } from '../../select/find-classes.js';
import { readDiskScripts } from '../../source-maps/disk-scripts.js';
import { LoadedMaps, type OpenedMap } from '../../source-maps/loaded-maps.js';
import { type MapScope, makeFileCheck } from '../../source-maps/map-scope.js';
import type { Place } from '../../source-maps/original-places.js';

/** So many scripts are looked at for the name of a class. */
const MOST_FILES = 1000;

/**
 * Has a heap follow the source maps beside its scripts where a target names a class or a function that no
 * script calls so: a minifier may have renamed it.
 */
export async function followRenamed(
  facts: HeapFacts,
  targets: readonly Target[],
  scope: MapScope,
): Promise<void> {
  if (!targets.some((target) => isUnknown(facts, target))) return;
  const files = facts.scripts.all();
  const search = { mayRead: await makeFileCheck(scope), mostFiles: MOST_FILES };
  const onDisk = await readDiskScripts(lastPlaces(facts), search);
  const opened = new Map<number, OpenedMap>();
  for (const [scriptId, file] of files) {
    const map = onDisk.get(file)?.map;
    if (map != null) opened.set(scriptId, { ...map, url: file });
  }
  if (opened.size === 0) return;
  const { maps } = facts.scripts;
  const known = maps instanceof LoadedMaps ? maps : LoadedMaps.none;
  facts.scripts.follow(known.with(opened));
}

function isUnknown(facts: HeapFacts, target: Target): boolean {
  switch (target.kind) {
    case 'class':
      return findClass(facts, target.match).nodes.length === 0;
    case 'function':
      return findFunctionsCalled(facts, target.match).length === 0;
    default:
      return false;
  }
}

/** Of each script the place furthest down, which its file has to have. */
function lastPlaces({ graph, scripts }: HeapFacts): Iterable<Place> {
  const { nodes } = graph.tables.locations;
  const last = new Map<string, Place>();
  for (let row = 0; row < nodes.length; row++) {
    const node = nodes[row] as NodeOrdinal;
    if (graph.typeOf(node) !== NodeType.closure) continue;
    const loaded = scripts.loadedPlaceOf(node);
    if (loaded?.file == null) continue;
    const { file, line, column } = loaded;
    const known = last.get(file);
    const isLast = known === undefined || (line - known.line || column - known.column) > 0;
    if (isLast) last.set(file, { file, line, column });
  }
  return last.values();
}
