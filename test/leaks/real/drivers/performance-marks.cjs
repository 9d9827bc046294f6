// performance.mark and measure per request: the timeline keeps each entry until it is cleared.
const { performance } = require('node:perf_hooks');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  performance.mark(`request-${number}`, { detail: { path: `/orders/${number}` } });
  performance.measure(`render-${number}`, `request-${number}`);
});
