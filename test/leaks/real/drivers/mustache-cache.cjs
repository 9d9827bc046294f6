// Mustache keeps each template by its text: values written into templates make each of them new.
const mustache = require('mustache');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  mustache.render(`<form id="form-${number}">{{name}}</form>`, { name: 'a' });
});
