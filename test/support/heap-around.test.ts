import { expect, test } from 'vitest';
import { toText } from '../../src/report/text.js';
import { fixtureBytes } from './fixtures.js';
import { heapAround } from './heap-around.js';
import { heapOf } from './heap-of.js';
import { type SnapshotModel, toSnapshotText } from './shrink-snapshot.js';

async function drawn(text: string, className: string): Promise<string> {
  const heap = await heapOf(text);
  return toText(heap.backrefs([`class:${className}`]).subgraph, {});
}

test('the holders of a class are drawn from a part of its heap as from the whole', async () => {
  const text = fixtureBytes('node-24').toString();
  const part = toSnapshotText(heapAround(JSON.parse(text) as SnapshotModel, 'SharedTarget'));
  expect(part.length).toBeLessThan(text.length / 1.5);
  expect(await drawn(part, 'SharedTarget')).toBe(await drawn(text, 'SharedTarget'));
});
