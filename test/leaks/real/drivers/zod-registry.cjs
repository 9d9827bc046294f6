// zod 3.25 (v4): a description puts a schema into the registry of all, so schemas made per request stay.
const { z } = require('zod/v4');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  z.object({ id: z.number().describe('number of the order') }).parse({ id: number });
});
