// styled-components 5.0.0-rc.2: createGlobalStyle registers a group of its own with every render on a server.
const React = require('react');
const { renderToString } = require('react-dom/server');
const { createGlobalStyle, ServerStyleSheet } = require('styled-components');
const { rounds } = require('../rounds.cjs');

const Reset = createGlobalStyle`body { margin: 0 }`;
rounds(() => {
  const sheet = new ServerStyleSheet();
  try {
    renderToString(sheet.collectStyles(React.createElement(Reset)));
  } finally {
    sheet.seal();
  }
});
