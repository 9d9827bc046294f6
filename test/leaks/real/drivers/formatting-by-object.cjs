// @transferwise/formatting keeps formatters by the options object, and callers write a new one each time.
const { formatDate } = require('@transferwise/formatting');
const { rounds } = require('../rounds.cjs');

const day = new Date(0);
rounds(() => {
  formatDate(day, 'en-GB', { month: 'long', year: 'numeric' });
});
