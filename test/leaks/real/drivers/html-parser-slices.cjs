// node-html-parser: an attribute is a slice of the page's text, so a short link keeps the whole page.
const { parse } = require('node-html-parser');
const { rounds } = require('../rounds.cjs');

const links = [];
rounds((number) => {
  const text = Buffer.from(
    `<p>${'word '.repeat(2000)}</p><a href="/catalogue/page-${number}">next</a>`,
  );
  const page = parse(text.toString());
  links.push(page.querySelector('a').getAttribute('href'));
});
