// goober on a server keeps the class names and styles of all renders in a module's cache.
const { css, extractCss } = require('goober');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  css({ color: 'red', width: `${number}px` });
  extractCss();
});
