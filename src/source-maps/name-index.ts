import type { PlaceMapper } from './original-places.js';

/** A class or function whose name in the source is another one; line and column are 1-based. */
export interface NameRow {
  readonly kind: 'class' | 'function';
  /** Where a class begins, and where the parameters of a function do. */
  readonly line: number;
  readonly column: number;
  /** In the script as it was loaded. */
  readonly loaded: string;
  readonly original: string;
}

type Position = Pick<NameRow, 'line' | 'column'>;

/** From the beginning of a word: those of a packed image have a million characters. */
const NAME = String.raw`(?<![\w$])([\w$]{1,100})(?![\w$])`;
const GAP = String.raw`\s{0,4}`;
const IS = `${GAP}=${GAP}`;
const PARAMETERS = String.raw`(?=\([^()]{0,400}\)${GAP}=>|[\w$]{1,100}${GAP}=>)`;
const CLASS = new RegExp(
  String.raw`(?<![\w$.])class\s{1,4}${NAME}|${NAME}${IS}class(?![\w$])`,
  'dg',
);
const FUNCTION = new RegExp(
  String.raw`(?<![\w$.])function${GAP}\*?${GAP}${NAME}${GAP}(?=\()` +
    String.raw`|${NAME}${IS}(?:async${GAP})?(?:function${GAP}\*?${GAP}(?=\()|${PARAMETERS})`,
  'dg',
);

/**
 * The classes and functions that a minifier has renamed in a script. Text that looks like a declaration may
 * be in a string or a comment, so it only counts where the map says that the name there stands for another.
 */
export function indexNames(text: string, map: PlaceMapper): readonly NameRow[] {
  const lines = new Positions(text);
  const rows: NameRow[] = [];
  for (const kind of ['class', 'function'] as const) {
    for (const match of text.matchAll(kind === 'class' ? CLASS : FUNCTION)) {
      const loaded = match[1] ?? match[2] ?? '';
      const [offset = 0] = match.indices?.[1] ?? match.indices?.[2] ?? [];
      const { line, column } = lines.at(offset);
      const original = map.nameAt(line, column);
      if (original === null || original === loaded) continue;
      const place = lines.at(match.index + (kind === 'class' ? 0 : match[0].length));
      rows.push({ kind, ...place, loaded, original });
    }
  }
  return rows;
}

/** Finds the names of sources for places at which objects were made. */
export class NameIndex {
  readonly #byName = new Map<string, NameRow[]>();

  constructor(rows: readonly NameRow[]) {
    for (const row of [...rows].sort(comparePositions)) {
      const known = this.#byName.get(row.loaded);
      if (known === undefined) this.#byName.set(row.loaded, [row]);
      else known.push(row);
    }
  }

  /** A function is made where its parameters are, and an object in the class that begins before. */
  nameOf(place: Position, loaded: string): string | null {
    const before = this.#byName.get(loaded)?.filter((row) => comparePositions(row, place) <= 0);
    const exact = before?.find((row) => comparePositions(row, place) === 0);
    const found = exact ?? before?.findLast(({ kind }) => kind === 'class');
    return found?.original ?? null;
  }

  loadedNames(isWanted: (original: string) => boolean): readonly string[] {
    const rows = [...this.#byName.values()].flat();
    return rows.filter(({ original }) => isWanted(original)).map(({ loaded }) => loaded);
  }
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** Offsets of a text as lines and columns. */
class Positions {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }
}
