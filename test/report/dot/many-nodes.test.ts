import { expect, test } from 'vitest';
import { toDot } from '../../../src/report/dot/to-dot.js';
import { generatedSubgraph } from '../build-subgraph.js';

test('more than 10,000 nodes are written, the limit of the printer by default', () => {
  expect(toDot(generatedSubgraph(11_000, 11_000), { legend: false })).toContain('"n10999"');
});
