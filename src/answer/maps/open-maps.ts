import type { ScriptMaps } from '../../engine/code/scripts.js';
import type { OpenedSource } from '../../source/opened-source.js';
import { LoadedMaps, type ScriptMap } from '../../source-maps/loaded-maps.js';
import { type HeapCounts, readMapsFile } from '../../source-maps/maps-file.js';

/** The source maps that were loaded with the scripts of a heap, or kept beside its file. */
export async function openMaps(
  { live, mapsFile }: OpenedSource,
  counts: HeapCounts,
): Promise<ScriptMaps | null> {
  if (live !== null) return LoadedMaps.open(toScriptMaps(live.scripts ?? []));
  return mapsFile === undefined ? null : LoadedMaps.open(await readMapsFile(mapsFile, counts));
}

/** Maps of the scripts that a debugger reported. */
export function toScriptMaps(
  scripts: NonNullable<NonNullable<OpenedSource['live']>['scripts']>,
): readonly ScriptMap[] {
  return scripts.map(({ scriptId, url, lineCount, mapUrl, text }) => ({
    ...{ scriptId, url, lineCount, mapName: null },
    map: mapUrl,
    names: text,
  }));
}
