// require-in-the-middle: each hook wraps require of the hook before, and unhook() cannot take out one in between.
const Hook = require('require-in-the-middle');
const { rounds } = require('../rounds.cjs');

let last = null;
rounds(() => {
  const hook = new Hook(['express'], (exports) => exports);
  last?.unhook();
  last = hook;
});
