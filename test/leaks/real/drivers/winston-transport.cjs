// winston: a logger per request, all with one transport, which keeps the listeners of each.
const winston = require('winston');
const { rounds } = require('../rounds.cjs');

const transport = new winston.transports.Console({ silent: true });
transport.setMaxListeners(0);
rounds((number) => {
  const logger = winston.createLogger({
    transports: [transport],
    defaultMeta: { request: number },
  });
  logger.info('done');
});
