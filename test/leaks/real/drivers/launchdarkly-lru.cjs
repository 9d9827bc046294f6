// LaunchDarkly's LruCache: clear() empties everything but the index of its keys.
const { LruCache } = loadLruCache();
const { rounds } = require('../rounds.cjs');

function loadLruCache() {
  const main = require.resolve('@launchdarkly/js-server-sdk-common');
  const file = require('node:path').join(main, '../cache/LruCache.js');
  return { LruCache: require(file).default };
}

const seen = new LruCache({ max: 100 });
rounds((number) => {
  seen.set(`user-${number}`, true);
  if (number % 10 === 9) seen.clear();
});
