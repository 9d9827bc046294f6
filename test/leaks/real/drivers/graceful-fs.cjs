// graceful-fs before 4.1.12 wraps fs.close again each time it is loaded afresh: a chain of wrappers.
const { rounds } = require('../rounds.cjs');

const own = ['graceful-fs.js', 'fs.js', 'legacy-streams.js', 'polyfills.js'].map((file) =>
  require.resolve(`graceful-fs/${file}`),
);
rounds(() => {
  for (const file of own) delete require.cache[file];
  require('graceful-fs');
  module.children.length = 0;
});
