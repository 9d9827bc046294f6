import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { UNREACHABLE } from '../../src/graph/breadth-first.js';
import { computeDistances } from '../../src/graph/compute-distances.js';
import { computeDominators } from '../../src/graph/compute-dominators.js';
import { computeRetainedSizes } from '../../src/graph/compute-retained-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { findUserRoots } from '../../src/graph/user-roots.js';
import {
  FIXTURE_NAMES,
  type FixtureName,
  fixtureBytes,
  fixtureFacts,
} from '../support/fixtures.js';

/** What DevTools writes for nodes no search came by. */
const NO_DISTANCE = -5;

/** The part of DevTools' `HeapSnapshot` that is compared; all arrays by node ordinal. */
interface DevToolsSnapshot {
  readonly nodeDistances: Int32Array;
  readonly dominatorsTree: Uint32Array;
  readonly retainedSizes: Float64Array;
}

interface Toolkit {
  parse(stream: Readable): Promise<DevToolsSnapshot>;
}

const toolkit = await importToolkit();

describe('Chrome DevTools finds the same', () => {
  it.for(FIXTURE_NAMES)(
    'distances, dominators and retained sizes for %s',
    async (name, { skip }) => {
      if (toolkit === null) {
        expect(process.env.CI, 'npm ci --prefix test/oracle').not.toBe('true');
        return skip('heap-snapshot-toolkit is not installed: npm ci --prefix test/oracle');
      }
      const { graph } = await fixtureFacts(name);
      const theirs = await toolkit.parse(Readable.from([withoutTraces(name)]));
      expect(theirs.nodeDistances).toHaveLength(graph.nodeCount);
      const distances = computeDistances(graph)
        .toArray()
        .map((d) => (d === UNREACHABLE ? NO_DISTANCE : d));
      expect(differences(graph, theirs.nodeDistances, distances)).toEqual([]);
      const dominators = computeDominators(graph);
      expect(differences(graph, theirs.dominatorsTree, dominators)).toEqual([]);
      // with user roots DevTools first moves sizes of arrays and hidden nodes to their owners
      if (findUserRoots(graph).length > 0) return;
      const retained = computeRetainedSizes(graph, dominators);
      expect(differences(graph, theirs.retainedSizes, retained)).toEqual([]);
    },
  );
});

/** Up to ten differences in words: an array of 70,000 numbers tells nobody anything. */
function differences(
  graph: HeapGraph,
  theirs: ArrayLike<number>,
  ours: ArrayLike<number>,
): readonly string[] {
  const found: string[] = [];
  for (let n = 0 as NodeOrdinal; n < graph.nodeCount && found.length < 10; n++) {
    if (theirs[n] === ours[n]) continue;
    const node = `${graph.typeNameOf(n)} "${graph.nameOf(n)}" @${graph.idOf(n)}`;
    found.push(`${node}: DevTools ${theirs[n]}, showbackref ${ours[n]}`);
  }
  return found;
}

/**
 * Allocation traces have nothing to do with distances, and the toolkit stops at those of a timeline
 * with "Cannot read properties of undefined (reading 'addTraceTopNode')".
 */
function withoutTraces(name: FixtureName): string {
  const file = JSON.parse(fixtureBytes(name).toString('utf8'));
  const snapshot = { ...file.snapshot, trace_function_count: 0 };
  return JSON.stringify({ ...file, snapshot, trace_function_infos: [], trace_tree: [] });
}

/** Resolved at run time: the package is not part of the project's own dependencies. */
async function importToolkit(): Promise<Toolkit | null> {
  try {
    const path = createRequire(import.meta.url).resolve('heap-snapshot-toolkit');
    return (await import(path)) as Toolkit;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
