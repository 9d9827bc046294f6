// One Ajv for schemas that are made per request: it keeps each of them by its text.
const Ajv = require('ajv');
const { rounds } = require('../rounds.cjs');

const ajv = new Ajv();
rounds((number) => {
  const check = ajv.compile({
    type: 'object',
    properties: { [`field${number}`]: { type: 'number' } },
  });
  check({ [`field${number}`]: number });
});
