import type { SelectedTypes } from '../../stats/select-types.js';
import type { TypeStats } from '../../stats/type-stats.js';
import { formatBytes } from '../../util/format-bytes.js';
import { countOf, formatCount } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { hiddenClasses, labelClasses, shownLocation } from './class-label.js';
import { number, type TableReport, text } from './table.js';

/** The answer of `types`. */
export function toTypesReport(selected: SelectedTypes<TypeStats>): TableReport {
  const { types, cut } = selected;
  const label = labelClasses([...types, ...cut]);
  return {
    document: { schema: 'showbackref/types@1', types: types.map(toRecord) },
    tables: [
      {
        title: null,
        columns: [text('class'), number('count'), number('shallow'), number('retained')],
        rows: types.map((type) => [
          label(type),
          formatCount(type.count),
          formatBytes(type.shallowSize),
          formatBytes(type.retainedSize),
        ]),
        notes: notesOn(selected),
      },
    ],
  };
}

function toRecord(type: TypeStats) {
  const { name, count, shallowSize, retainedSize } = type;
  return { name, count, shallowSize, retainedSize, location: shownLocation(type) };
}

function notesOn({ types, cut, hidden }: SelectedTypes<TypeStats>): readonly Sentence[] {
  const notes: Sentence[] = [];
  if (types.length === 0 && hidden.length === 0) notes.push('No class matches.');
  if (cut.length > 0) {
    notes.push(
      say`${countOf(cut.length, 'more class', 'more classes')} with ${sumOf(cut)}; ${option('limit')} shows more.`,
    );
  }
  if (hidden.length > 0) {
    notes.push(say`${hiddenClasses(hidden)} ${sumOf(hidden)}; ${option('all')} shows them.`);
  }
  return notes;
}

function sumOf(types: readonly TypeStats[]): string {
  const count = types.reduce((sum, type) => sum + type.count, 0);
  const size = types.reduce((sum, type) => sum + type.shallowSize, 0);
  const objects = count === 1 ? 'object' : 'objects';
  return `${formatCount(count)} ${objects} (${formatBytes(size)})`;
}
