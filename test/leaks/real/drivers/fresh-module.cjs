// A file is loaded afresh each time: it leaves require.cache, but not the children of the module that asks.
const { rounds } = require('../rounds.cjs');

const file = require.resolve('../loaded/price-list.cjs');
rounds((number) => {
  delete require.cache[file];
  require('../loaded/price-list.cjs').price(number);
});
