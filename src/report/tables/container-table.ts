import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { formatCount } from '../../util/format-count.js';
import { formatChange, number, type Table, text } from './table.js';

/** A Map, Set, array or dictionary that got more entries from moment to moment. */
export interface ContainerRow {
  /** Heap id, `@5`. */
  readonly id: string;
  /** Class of the container. */
  readonly name: string;
  /** The holder on the shortest path from a root; null if no path leads to it. */
  readonly holder: { readonly node: SubgraphNode; readonly edge: SubgraphEdge } | null;
  /** The whole path in words. */
  readonly sentence: string;
  /** The number of entries at each moment; null before it existed. */
  readonly counts: readonly (number | null)[];
  readonly delta: number;
}

/** The number of containers with a sentence below the table. */
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
