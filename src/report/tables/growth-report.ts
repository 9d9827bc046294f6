import type { TypeGrowth } from '../../stats/growth.js';
import type { SelectedTypes } from '../../stats/select-types.js';
import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { hiddenClasses, labelClasses, shownLocation } from './class-label.js';
import { formatChange, number, type Table, type TableReport, text } from './table.js';

/** What changed from one moment to another. */
export interface GrowthStep {
  /** What messages call the two moments: `a.heapsnapshot`, `stop 2`. */
  readonly from: string;
  readonly to: string;
  readonly byId: boolean;
  readonly selected: SelectedTypes<TypeGrowth>;
}

/**
 * The answer of `growth`: from the first moment to the last, and with more than two each step on the
 * way.
 */
export function toGrowthReport(whole: GrowthStep, steps: readonly GrowthStep[]): TableReport {
  const document = {
    schema: 'showbackref/growth@1',
    ...toRecord(whole),
    ...(steps.length > 1 ? { steps: steps.map(toRecord) } : {}),
  };
  const shown = steps.length > 1 ? [...steps, whole] : [whole];
  return { document, tables: shown.map((step) => toTable(step)) };
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
  const counts = [number('before'), number('after'), number('added'), number('removed')];
  return {
    title: `From ${from} to ${to}`,
    columns: [text('class'), ...counts, number('delta'), number('size')],
    rows: types.map((type) => [
      label(type),
      formatCount(type.before),
      formatCount(type.after),
      orUnknown(type.added),
      orUnknown(type.removed),
      formatChange(type.delta),
      formatSizeChange(type.sizeDelta),
    ]),
    notes: notesOn(selected, byId),
  };
}

function orUnknown(count: number | null): string {
  return count === null ? '?' : formatCount(count);
}

function formatSizeChange(bytes: number): string {
  const size = formatBytes(Math.abs(bytes));
  if (bytes === 0) return size;
  return bytes > 0 ? `+${size}` : `-${size}`;
}

function notesOn({ types, cut, hidden }: SelectedTypes<TypeGrowth>, byId: boolean) {
  const notes: Sentence[] = [];
  if (types.length === 0) notes.push('No change to list.');
  if (cut.length > 0) {
    notes.push(
      say`${formatCount(cut.length)} more classes changed; ${option('limit')} shows more.`,
    );
  }
  if (hidden.length > 0) {
    const size = hidden.reduce((sum, { sizeDelta }) => sum + sizeDelta, 0);
    notes.push(
      say`${hiddenClasses(hidden)} together ${formatSizeChange(size)}; ${option('all')} shows them.`,
    );
  }
  notes.push(
    byId
      ? 'Compared by object id.'
      : 'Compared by class only: the object ids of different processes say nothing about each other.',
  );
  return notes;
}
