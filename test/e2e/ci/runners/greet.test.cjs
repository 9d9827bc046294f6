const { toGrow } = require('showbackref/jest');
const { greet } = require('./greet.cjs');

expect.extend({ toGrow });
let minute = 0;

test('each visit is kept', async () => {
  await expect(() => greet('anna', `minute ${minute++}`)).not.toGrow({ rounds: 3 });
}, 120_000);

test('each name is kept', async () => {
  await expect(() => greet('anna', 'anna')).not.toGrow({ rounds: 3, out: false });
}, 120_000);
