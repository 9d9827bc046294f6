import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { declareMissing } from '../../support/declare-missing.js';
import { leaksIn, MISSING_PACKAGES, snapshotsOf } from './run-program.js';

/** The references by which each copy of graceful-fs holds the copy before: five chains beside each other. */
const CHAINS: Readonly<Record<string, RegExp>> = {
  ReadStream: /^(fs\$|File)?ReadStream$/,
  WriteStream: /^(fs\$|File)?WriteStream$/,
  close: /^fs\$close$/,
  closeSync: /^fs\$closeSync$/,
  chdir: /^(origCwd|chdir)$/,
};
const LONG_MS = 180_000;

interface Heap {
  readonly snapshot: { readonly meta: Record<'node_fields' | 'node_types' | 'edge_types', never> };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

if (MISSING_PACKAGES !== null) declareMissing('the chains of graceful-fs', MISSING_PACKAGES);
else {
  it('graceful-fs: five chains keep all copies, each of them alone; the first suspect is one of them', {
    timeout: LONG_MS,
  }, async () => {
    const program = { execPath: process.execPath, rounds: 2 };
    const snapshots = await snapshotsOf('drivers/graceful-fs.cjs', program);
    const heap: Heap = JSON.parse(readFileSync(snapshots.at(-1) ?? '', 'utf8'));
    const copies = copiesWithout(heap, []);
    expect(copies).toBe(130);
    const names = Object.keys(CHAINS);
    for (const name of names) {
      expect([name, copiesWithout(heap, [name])]).toEqual([name, copies]);
      const others = names.filter((other) => other !== name);
      expect([name, copiesWithout(heap, others)]).toEqual([name, copies]);
    }
    expect(copiesWithout(heap, names)).toBe(1);
    const { suspects } = await leaksIn(snapshots);
    expect(suspects[0]?.holder.label).toMatch(/^(fs\$|File)?(Read|Write)Stream|^fs\$close/);
    // all that the copies are, though no chain alone would set it free: some 40 kB each
    const held = suspects.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(held).toBeGreaterThan(copies * 30_000);
  });
}

/** Functions of copies that are reached without the references of some chains. */
function copiesWithout({ snapshot, nodes, edges, strings }: Heap, cut: readonly string[]): number {
  const { meta } = snapshot as unknown as {
    readonly meta: Record<'node_fields' | 'edge_fields', readonly string[]> &
      Record<'node_types' | 'edge_types', readonly (readonly string[])[]>;
  };
  const width = meta.node_fields.length;
  const typeOf = (edge: number) => meta.edge_types[0]?.[edges[edge * 3] ?? 0] ?? '';
  const nameOf = (edge: number) => {
    const isNumbered = /element|hidden/.test(typeOf(edge));
    return isNumbered ? '' : (strings[edges[edge * 3 + 1] ?? 0] ?? '');
  };
  const firstEdge = [0];
  for (let node = 0; node * width < nodes.length; node += 1) {
    firstEdge.push((firstEdge[node] ?? 0) + (nodes[node * width + 4] ?? 0));
  }
  const seen = new Set([0]);
  let copies = 0;
  for (const node of seen) {
    const type = meta.node_types[0]?.[nodes[node * width] ?? 0];
    if (type === 'closure' && strings[nodes[node * width + 1] ?? 0] === 'enqueue') copies += 1;
    for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge += 1) {
      if (typeOf(edge) === 'weak') continue;
      const name = nameOf(edge);
      if (cut.some((chain) => CHAINS[chain]?.test(name))) continue;
      seen.add((edges[edge * 3 + 2] ?? 0) / width);
    }
  }
  return copies;
}
