// Hogan keeps each template by its text, in a cache without a limit.
const hogan = require('hogan.js');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  hogan.compile(`<p id="${number}">{{name}}</p>`).render({ name: 'a' });
});
