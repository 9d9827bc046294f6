// jQuery 1: an element with a listener that is removed without jQuery stays in jQuery.cache.
const { JSDOM } = require('jsdom');
const { rounds } = require('../rounds.cjs');

const { window } = new JSDOM('<body><ul></ul></body>');
const $ = require('jquery')(window);
const list = window.document.querySelector('ul');
rounds((number) => {
  const item = window.document.createElement('li');
  list.append(item);
  $(item).on('click', () => number);
  list.innerHTML = '';
});
