// react-side-effect: what is rendered on a server stays mounted until rewind() is called, and nobody calls it.
const React = require('react');
const { renderToString } = require('react-dom/server');
const withSideEffect = require('react-side-effect');
const { rounds } = require('../rounds.cjs');

console.error = () => {};
const Title = withSideEffect(
  (all) => all.at(-1)?.title ?? '',
  () => {},
  (title) => title,
)(({ title }) => React.createElement('title', null, title));
rounds((number) => {
  renderToString(React.createElement(Title, { title: `Order ${number}` }));
});
