// A process that does nothing but wait.
const { rounds } = require('../rounds.cjs');

rounds(() => null);
