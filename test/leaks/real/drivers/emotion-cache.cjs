// Emotion on a server: a cache per request, but what Stylis made of each style is kept by the module.
const createCache = require('@emotion/cache').default;
const { serializeStyles } = require('@emotion/serialize');
const { insertStyles } = require('@emotion/utils');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  const cache = createCache({ key: 'css' });
  const style = serializeStyles([`background-image: url(/cover/${number}.png)`], {});
  insertStyles(cache, style, true);
});
