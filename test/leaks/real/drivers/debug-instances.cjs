// debug before 4.3: every logger that was ever made is in a list.
const createDebug = require('debug');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  const log = createDebug(`shop:request:${number}`);
  log('started');
});
