import { test } from 'node:test';
import { assertNoGrowth } from 'showbackref/assert';
import { greet } from './greet.cjs';

let minute = 0;

test('each visit is kept', async () => {
  await assertNoGrowth(() => greet('anna', `minute ${minute++}`), {
    rounds: 3,
    out: 'out/visits.png',
  });
});

test('each name is kept', async () => {
  await assertNoGrowth(() => greet('anna', 'anna'), { rounds: 3 });
});
