// React on a server: a page as text and as a stream for each request.
const http = require('node:http');
const React = require('react');
const { renderToPipeableStream, renderToString } = require('react-dom/server');
const { listen, makeClient } = require('../client.cjs');
const { rounds } = require('../rounds.cjs');

const h = React.createElement;
const Theme = React.createContext('light');

function Order({ id }) {
  const [label] = React.useState(() => `Order ${id}`);
  const theme = React.useContext(Theme);
  return h('li', { className: theme, onClick: () => label }, label);
}

function Page({ id }) {
  const orders = Array.from({ length: 5 }, (_, index) => h(Order, { key: index, id: id + index }));
  return h(Theme.Provider, { value: 'dark' }, h('ul', null, orders));
}

const server = http.createServer((request, response) => {
  const id = Number(request.url.slice(1));
  if (id % 2 === 0) response.end(renderToString(h(Page, { id })));
  else renderToPipeableStream(h(Page, { id })).pipe(response);
});
const ask = makeClient(server);
listen(server).then(() => rounds((number) => ask(`/${number}`), { warm: 60, items: 60 }));
