import { describe, expect, it } from 'vitest';
import { computeShallowSizes } from '../../src/graph/compute-shallow-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { Redactor } from '../../src/redact/redactor.js';
import { describeHeap } from '../../src/stats/heap-info.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { openInDevTools } from './toolkit.js';

describe('Chrome DevTools sums up the same memory', () => {
  it.for(FIXTURE_NAMES)('in the categories of %s', async (name, { skip }) => {
    const theirs = await openInDevTools(name, skip);
    if (theirs === null) return;
    const facts = await fixtureFacts(name);
    const sizes = new Map(
      describeHeap(facts, new Redactor('none')).memory.map((part) => [part.name, part.size]),
    );
    const sizeOf = (category: string) => sizes.get(category) ?? 0;
    const { native, v8heap } = theirs.getStatistics();
    expect({
      native: sizeOf('outside the heap') + sizeOf('typed arrays and Buffers'),
      code: sizeOf('code'),
      strings: sizeOf('strings'),
      system: sizeOf('engine'),
      // DevTools takes the functions called Array for arrays
      jsArrays: sizeOf('arrays') + sizeOfFunctionsCalledArray(facts.graph),
    }).toEqual({
      native: native.total,
      code: v8heap.code,
      strings: v8heap.strings,
      system: v8heap.system,
      jsArrays: v8heap.jsArrays,
    });
  });
});

function sizeOfFunctionsCalledArray(graph: HeapGraph): number {
  return computeShallowSizes(graph).reduce((sum, size, n) => {
    const node = n as NodeOrdinal;
    const isCalledArray = graph.typeNameOf(node) === 'closure' && graph.nameOf(node) === 'Array';
    return isCalledArray ? sum + size : sum;
  }, 0);
}
