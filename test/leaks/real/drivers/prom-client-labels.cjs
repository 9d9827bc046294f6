// prom-client: a label with the whole URL makes a series for each URL.
const { Counter } = require('prom-client');
const { rounds } = require('../rounds.cjs');

const requests = new Counter({ name: 'requests', help: 'requests', labelNames: ['path'] });
rounds((number) => {
  requests.inc({ path: `/orders/${number}` });
});
