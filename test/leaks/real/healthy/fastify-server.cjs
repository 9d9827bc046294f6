// Fastify with schemas, a hook and an error.
const fastify = require('fastify');
const { makeClient } = require('../client.cjs');
const { rounds } = require('../rounds.cjs');

const app = fastify();
const schema = { body: { type: 'object', properties: { number: { type: 'number' } } } };
app.addHook('onRequest', async (request) => {
  request.started = Date.now();
});
app.get('/orders/:id', async (request) => ({ id: request.params.id }));
app.post('/orders', { schema }, async (request) => request.body);
app.get('/error', async () => {
  throw new Error('wrong');
});

const ask = makeClient(app.server);
app.listen({ port: 0, host: '127.0.0.1' }).then(() =>
  rounds(
    async (number) => {
      await ask(`/orders/${number}?page=${number}`);
      await ask('/orders', { method: 'POST', body: JSON.stringify({ number }) });
      await ask('/error');
    },
    { warm: 40, items: 30 },
  ),
);
