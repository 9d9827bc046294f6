import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatCount } from '../../util/format-count.js';
import { formatChange, number, type Table, text } from './table.js';

/** A Map, Set, array or dictionary that got more entries from moment to moment. */
export interface ContainerRow {
  /** Heap id, `@5`. */
  readonly id: string;
  /** Class of the container. */
  readonly name: string;
  /** Who holds it, on the shortest way from a root; null where no way leads to it. */
  readonly holder: { readonly node: SubgraphNode; readonly edge: SubgraphEdge } | null;
  /** The whole way in words. */
  readonly sentence: string;
  /** Entries at each moment; null before it was there. */
  readonly counts: readonly (number | null)[];
  readonly delta: number;
}

/** Sentences below the table: of the first ones only. */
const MOST_SENTENCES = 3;

export function toContainerTable(
  rows: readonly ContainerRow[],
  { from, to }: { readonly from: string; readonly to: string },
): Table {
  return {
    title: `Containers that got more entries from ${from} to ${to}`,
    columns: [text('container'), text('held as'), text('by'), number('entries'), number('delta')],
    rows: rows.map(({ id, name, holder, counts, delta }) => [
      `${name} ${id}`,
      holder?.edge.label ?? '',
      holder?.node.label ?? '',
      counts.map((count) => (count === null ? '-' : formatCount(count))).join(' → '),
      formatChange(delta),
    ]),
    notes: rows
      .slice(0, MOST_SENTENCES)
      .flatMap(({ sentence }) => (sentence === '' ? [] : [sentence])),
  };
}

export function toContainerRecord({ id, name, holder, sentence, counts, delta }: ContainerRow) {
  return {
    id,
    name,
    holder: holder === null ? null : { id: holder.node.id, label: holder.node.label },
    label: holder?.edge.label ?? null,
    location: holder?.node.location ?? null,
    counts,
    delta,
    sentence,
  };
}
