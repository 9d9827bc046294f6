import type { Growth, TypeGrowth } from '../../stats/growth.js';
import type { SelectedTypes } from '../../stats/select-types.js';
import { formatBytes } from '../../util/format-bytes.js';
import { countOf, formatCount } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { hiddenClasses, labelClasses, shownLocation } from './class-label.js';
import { type ContainerRow, toContainerRecord, toContainerTable } from './container-table.js';
import { idsDiffer } from './ids-differ.js';
import { formatChange, number, type Table, type TableReport, text } from './table.js';

/** The change from one moment to another. */
export interface GrowthStep {
  /** The name of each moment in messages: `a.heapsnapshot`, `stop 2`. */
  readonly from: string;
  readonly to: string;
  readonly byId: boolean;
  readonly selected: SelectedTypes<TypeGrowth>;
}

/** The result of a comparison besides classes. */
export interface FoundBesides {
  readonly containers?: readonly ContainerRow[];
  /** Sentences on who holds the drawn new objects. */
  readonly sentences?: readonly string[];
}

/**
 * The answer of `growth`: from the first moment to the last, and, if there are more than two, each
 * step in between.
 */
export function toGrowthReport(
  whole: GrowthStep,
  steps: readonly GrowthStep[],
  { containers = [], sentences = [] }: FoundBesides = {},
): TableReport {
  const document = {
    schema: 'showbackref/growth@1',
    ...toRecord(whole),
    ...(steps.length > 1 ? { steps: steps.map(toRecord) } : {}),
    ...(containers.length > 0 && { containers: containers.map(toContainerRecord) }),
    ...(sentences.length > 0 && { sentences }),
  };
  const parts = steps.length > 1 ? steps : [];
  const tables: Table[] = parts.map((step) => ({ ...toTable(step), isDetail: true }));
  tables.push(toTable(whole));
  if (containers.length > 0) {
    tables.push(toContainerTable(containers, whole));
  }
  return { document, tables: withSentences(tables, sentences) };
}

/** Adds sentences about the drawing at the end. */
function withSentences(tables: readonly Table[], sentences: readonly string[]): readonly Table[] {
  return tables.map((table, at) => {
    return at < tables.length - 1 ? table : { ...table, notes: [...table.notes, ...sentences] };
  });
}

function toRecord({ from, to, byId, selected }: GrowthStep) {
  const comparedBy = byId ? 'id' : 'class';
  return { from, to, comparedBy, types: selected.types.map(toTypeRecord) };
}

function toTypeRecord(type: TypeGrowth) {
  const { name, before, after, added, removed, delta, sizeDelta } = type;
  return {
    ...{ name, before, after, added, removed, delta, sizeDelta },
    location: shownLocation(type),
  };
}

function toTable({ from, to, byId, selected }: GrowthStep): Table {
  const { types, cut } = selected;
  const label = labelClasses([...types, ...cut]);
  const places = placeColumn(types);
  const counts = [number('before'), number('after'), number('added'), number('removed')];
  return {
    title: `From ${from} to ${to}`,
    columns: [text('class'), ...counts, number('delta'), number('size'), ...places.columns],
    rows: types.map((type) => [
      label(type),
      formatCount(type.before),
      formatCount(type.after),
      orUnknown(type.added),
      orUnknown(type.removed),
      formatChange(type.delta),
      formatSizeChange(type.sizeDelta),
      ...places.cellsOf(type),
    ]),
    notes: notesOn({ ...selected, byId }),
  };
}

/** A column with the places of the classes' definitions, if the heap has any of them. */
function placeColumn(types: readonly TypeGrowth[]) {
  const isKnown = types.some((type) => lineOf(type) !== '');
  return {
    columns: isKnown ? [text('defined at')] : [],
    cellsOf: (type: TypeGrowth) => (isKnown ? [lineOf(type)] : []),
  };
}

/** `app.js:3`, without the column; empty for a runtime's own files, which do not help a reader. */
function lineOf(type: TypeGrowth): string {
  const place = shownLocation(type);
  return place === null || place.startsWith('node:') ? '' : place.replace(/(:\d+):\d+$/, '$1');
}

function orUnknown(count: number | null): string {
  return count === null ? '?' : formatCount(count);
}

function formatSizeChange(bytes: number): string {
  const size = formatBytes(Math.abs(bytes));
  if (bytes === 0) return size;
  return bytes > 0 ? `+${size}` : `-${size}`;
}

function notesOn({ types, cut, hidden, byId }: SelectedTypes<TypeGrowth> & Pick<Growth, 'byId'>) {
  const notes: Sentence[] = [];
  if (types.length === 0) notes.push('No change to list.');
  if (cut.length > 0) {
    notes.push(
      say`${countOf(cut.length, 'more class', 'more classes')} changed; ${option('limit')} shows more.`,
    );
  }
  if (hidden.length > 0) {
    const size = hidden.reduce((sum, { sizeDelta }) => sum + sizeDelta, 0);
    notes.push(
      say`${hiddenClasses(hidden)} together ${formatSizeChange(size)}; ${option('all')} shows them.`,
    );
  }
  notes.push(byId ? 'Compared by object id.' : idsDiffer('Compared by class only'));
  return notes;
}
