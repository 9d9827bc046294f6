// import() with a new query each time, to see changes of a file: no module is ever forgotten.
const { pathToFileURL } = require('node:url');
const { rounds } = require('../rounds.cjs');

const page = pathToFileURL(require.resolve('../loaded/page.mjs')).href;
rounds(async (number) => {
  const { render } = await import(`${page}?change=${number}`);
  render();
});
