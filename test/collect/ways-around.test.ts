import { describe, expect, it } from 'vitest';
import { collectChain } from '../../src/collect/collect-chain.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { caseCount } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { collect, draw } from './draw.js';
import { SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

/** global ──.leaf──> Leaf <──.child── Branch <──.child── Tree <──.tree── global; each one's .parent above it */
function tree(): { readonly heap: HeapBuilder; readonly leaf: NodeOrdinal } {
  const heap = new HeapBuilder();
  const [top, branch, leaf] = ['Tree', 'Branch', 'Leaf'].map((name) => heap.node('object', name));
  heap.edge(heap.global, 'property', 'leaf', leaf!);
  for (const [parent, child] of [[top!, branch!] as const, [branch!, leaf!] as const]) {
    heap.edge(parent, 'property', 'child', child).edge(child, 'property', 'parent', parent);
  }
  const between = heap.node('object', 'Between');
  heap.edge(heap.global, 'property', 'b', between).edge(between, 'property', 'tree', top!);
  return { heap, leaf: leaf! };
}

describe('a holder that is nearest to a root by way of the target itself', () => {
  it('is followed to the root that keeps it alive without the target', () => {
    const { heap, leaf } = tree();
    expect(draw(heap, leaf, { depth: 1 })).toEqual([
      'Between -.tree-> Tree',
      'Branch -.child-> Leaf',
      'globalThis -.b-> Between',
      'globalThis -.leaf-> Leaf',
      'Tree -.child-> Branch',
    ]);
  });

  it('is left where it is when nothing else keeps it alive', () => {
    //  global ──.node──> Node ──.owner──> Handle ──.node──> Node
    const heap = new HeapBuilder();
    const [node, handle] = [heap.node('object', 'Node'), heap.node('object', 'Handle')];
    heap.edge(heap.global, 'property', 'node', node);
    heap.edge(node, 'property', 'owner', handle).edge(handle, 'property', 'node', node);
    expect(draw(heap, node, { depth: 1 })).toEqual([
      'globalThis -.node-> Node',
      'Handle -.node-> Node',
      'Node -.owner-> Handle',
    ]);
  });

  it('is followed around all targets', () => {
    const { heap, leaf } = tree();
    const other = heap.node('object', 'Leaf');
    const branch = (leaf - 1) as NodeOrdinal;
    heap.edge(branch, 'property', 'other', other).edge(other, 'property', 'parent', branch);
    heap.edge(heap.global, 'property', 'other', other);
    const lines = draw(heap, [leaf, other], { depth: 1, group: false });
    expect(lines).toContain('Between -.tree-> Tree');
  });

  it('does not change the shortest path of a target to a root', () => {
    //  global ──.t──> Top ──.next──> Mid ──.next──> Low, and Mid from afar besides
    const heap = new HeapBuilder();
    const names = ['Top', 'Mid', 'Low', 'Far', 'Farther'];
    const [top, mid, low, far, farther] = names.map((name) => heap.node('object', name));
    heap.edge(heap.global, 'property', 't', top!).edge(top!, 'property', 'next', mid!);
    heap.edge(mid!, 'property', 'next', low!).edge(heap.global, 'property', 'f', farther!);
    heap.edge(farther!, 'property', 'far', far!).edge(far!, 'property', 'mid', mid!);
    const view = buildHeapView(heap.facts(), new FrameIndex([]));
    const chain = collectChain(view, [low!, top!], WALK_OPTIONS, SOURCE);
    expect(pictureLines(chain)).toEqual([
      'globalThis -.t-> Top',
      'Mid -.next-> Low',
      'Top -.next-> Mid',
    ]);
  });

  it('costs little if 30,000 objects lead back only to the target', () => {
    //  global ──.list──> List ⟸ owner of 30,000 Items in a row, the last of which holds it
    const heap = new HeapBuilder();
    const list = heap.node('object', 'List');
    heap.edge(heap.global, 'property', 'list', list);
    let item = heap.node('object', 'Item');
    heap.edge(item, 'property', 'list', list);
    for (let i = 0; i < caseCount(30_000); i++) {
      const before = heap.node('object', 'Item');
      heap.edge(before, 'property', 'next', item).edge(list, 'element', i, before);
      item = before;
    }
    const { nodes, limits } = collect(heap, list, { depth: 1 });
    expect(nodes.map(({ name }) => name)).toContain('globalThis');
    expect(limits.depth).toBe(true);
  });
});
