import { toGrow } from 'showbackref/vitest';
import { expect, test } from 'vitest';
import { greet } from '../src/greet.js';

expect.extend({ toGrow });
let minute = 0;

test('visits are not kept', { timeout: 60_000 }, async () => {
  await expect(() => greet({ name: 'anna', at: minute++ })).not.toGrow({ rounds: 3 });
});
