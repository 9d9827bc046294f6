// preact-render-to-string 5.1.15 keeps every text that it ever escaped.
const { h } = require('preact');
const { render } = require('preact-render-to-string');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  render(h('p', { title: 'Order' }, `Thank you for order ${number} & see you soon`));
});
