import { textOfInlineMap } from './find-source-map.js';
import type { ScriptMap } from './loaded-maps.js';
import { indexNames, type NameRow } from './name-index.js';
import type { readSourceMap } from './original-places.js';
import { MOST_BYTES, readLocalFile } from './read-local-file.js';

/** By which a file of maps is known to belong to a heap. */
export interface HeapCounts {
  readonly nodeCount: number;
  readonly edgeCount: number;
}

const FORMAT = 'showbackref/maps@1';
const LONGEST_NAME = 1000;

/** A name in the file: kind, line, column, what it was loaded as, and what the source calls it. */
type WrittenName = readonly [NameRow['kind'], number, number, string, string];

interface WrittenScript {
  readonly id: number;
  readonly url: string;
  readonly lines: number;
  readonly map: unknown;
  readonly names: readonly WrittenName[];
}

/**
 * The source maps of a heap's scripts as the text of a file, without the texts of the sources; null where
 * there are none. Those that make the file too large to be read again are left out.
 */
export async function toMapsText(
  scripts: readonly ScriptMap[],
  heap: HeapCounts,
): Promise<string | null> {
  if (scripts.length === 0) return null;
  const { readSourceMap } = await import('./original-places.js');
  const written: string[] = [];
  let room = MOST_BYTES / 2;
  for (const script of scripts) {
    const text = writeScript(script, readSourceMap);
    if (text === null || text.length > room) continue;
    room -= text.length;
    written.push(text);
  }
  if (written.length === 0) return null;
  const head = JSON.stringify({ format: FORMAT, heap });
  return `${head.slice(0, -1)},"scripts":[\n${written.join(',\n')}\n]}\n`;
}

/** The maps beside a saved heap; none where there is no such file, or one of another heap. */
export async function readMapsFile(file: string, heap: HeapCounts): Promise<readonly ScriptMap[]> {
  const text = await readLocalFile(file);
  if (text === null) return [];
  try {
    return toScripts(JSON.parse(text), heap);
  } catch {
    return [];
  }
}

function writeScript(script: ScriptMap, read: typeof readSourceMap): string | null {
  const { scriptId: id, url, lineCount: lines, names } = script;
  const text = /^data:/i.test(script.map) ? textOfInlineMap(script.map) : script.map;
  const reader = text === null ? null : read(text, lines);
  if (text === null || reader === null) return null;
  const rows = typeof names === 'string' ? indexNames(names, reader) : (names ?? []);
  const written: WrittenScript = {
    ...{ id, url, lines, map: withoutTexts(JSON.parse(text)) },
    names: rows.map(({ kind, line, column, loaded, original }) => {
      return [kind, line, column, loaded, original];
    }),
  };
  return JSON.stringify(written);
}

/** The parts of a map that places are found by: neither the sources' texts nor their identifiers. */
function withoutTexts(map: Record<string, unknown>): unknown {
  const { version, file, sourceRoot, sources, mappings, sections } = map;
  if (!Array.isArray(sections)) return { version, file, sourceRoot, sources, names: [], mappings };
  const parts = sections.map(({ offset, map: inner }) => ({ offset, map: withoutTexts(inner) }));
  return { version, file, sections: parts };
}

/** The file may hold anything. */
function toScripts(value: unknown, heap: HeapCounts): readonly ScriptMap[] {
  if (!isObject(value) || value.format !== FORMAT || !isObject(value.heap)) return [];
  const { nodeCount, edgeCount } = value.heap;
  if (nodeCount !== heap.nodeCount || edgeCount !== heap.edgeCount) return [];
  const { scripts } = value;
  return Array.isArray(scripts) ? scripts.flatMap(toScript) : [];
}

function toScript(value: unknown): readonly ScriptMap[] {
  if (!isObject(value)) return [];
  const { id, url, lines, map, names } = value;
  if (!isCount(id) || typeof url !== 'string' || !isCount(lines) || !isObject(map)) return [];
  const rows = Array.isArray(names) ? names.flatMap(toName) : [];
  const text = JSON.stringify(map);
  return [{ scriptId: id, url, lineCount: lines, map: text, mapName: null, names: rows }];
}

function toName(value: unknown): readonly NameRow[] {
  if (!Array.isArray(value)) return [];
  const [kind, line, column, loaded, original]: readonly unknown[] = value;
  if ((kind !== 'class' && kind !== 'function') || !isCount(line) || !isCount(column)) return [];
  if (!isName(loaded) || !isName(original)) return [];
  return [{ kind, line, column, loaded, original }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}
