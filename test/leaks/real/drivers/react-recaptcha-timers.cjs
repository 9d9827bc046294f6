// react-recaptcha starts an interval in its constructor; on a server nothing ever unmounts it.
const React = require('react');
const { renderToString } = require('react-dom/server');
const Recaptcha = require('react-recaptcha');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  renderToString(React.createElement(Recaptcha, { sitekey: 'a', elementID: `captcha-${number}` }));
});
