import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Subgraph } from '../collect/picture/subgraph.js';
import type { SourcePlace } from '../engine/code/scripts.js';

/** Where the places of nodes lead to on this machine, by node id: `file:///srv/app.js#12`. */
export function placeLinks(
  subgraph: Subgraph,
  places: ReadonlyMap<string, SourcePlace>,
): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const { id, location } of subgraph.nodes) {
    const place = places.get(id);
    const path = place === undefined ? null : localPath(place.file);
    if (place === undefined || path === null || location === null) continue;
    // one that was masked, or that follows a source map, leads elsewhere
    const shown = /^(.*):\d+:\d+$/s.exec(location)?.[1];
    if (shown === undefined || !path.endsWith(shown)) continue;
    if (!location.endsWith(`:${place.line}:${place.column}`)) continue;
    links.set(id, `${pathToFileURL(path).href}#${place.line}`);
  }
  return links;
}

function localPath(file: string): string | null {
  try {
    if (file.startsWith('file:')) return fileURLToPath(file);
  } catch {
    return null;
  }
  return isAbsolute(file) ? file : null;
}
