// Express with a parsed body, a query, a file, an error and a bounded log.
const http = require('node:http');
const express = require('express');
const { listen, makeClient } = require('../client.cjs');
const { rounds } = require('../rounds.cjs');

const app = express();
const log = [];
app.use(express.json());
app.use((request, _, next) => {
  log.push({ path: request.path, query: request.query });
  if (log.length > 20) log.shift();
  next();
});
app.get('/orders/:id', (request, response) => response.json({ id: request.params.id }));
app.post('/orders', (request, response) => response.status(201).json(request.body));
app.get('/file', (_, response) => response.sendFile(__filename));
app.get('/error', () => {
  throw new Error('wrong');
});
app.use((error, _request, response, _next) => response.status(500).end(error.message));

const server = http.createServer(app);
const ask = makeClient(server);
listen(server).then(() =>
  rounds(
    async (number) => {
      await ask(`/orders/${number}?page=${number}`);
      await ask('/orders', { method: 'POST', body: JSON.stringify({ number }) });
      await ask('/file');
      await ask('/error');
    },
    { warm: 40, items: 30 },
  ),
);
