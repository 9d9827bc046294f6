// Three heap snapshots with the same work in between, for: showbackref leaks out/basket-*.heapsnapshot
import assert from 'node:assert';
import test from 'node:test';
import { writeHeapSnapshot } from 'node:v8';
import { checkOut } from './basket.js';

test('baskets are checked out', () => {
  for (const moment of [1, 2, 3]) {
    for (let customer = 0; customer < 100; customer += 1) {
      assert.equal(checkOut(`${moment}-${customer}`), 15);
    }
    writeHeapSnapshot(`out/basket-${moment}.heapsnapshot`);
  }
});
