// Tables with a limit that are full: a least-recently-used cache, a log, a pool, sessions that expire.
const { rounds } = require('../rounds.cjs');

class Session {
  constructor(number) {
    this.number = number;
    this.log = [`started ${number}`];
  }
}

const cache = new Map();
const log = [];
const sessions = {};
rounds(
  (number) => {
    cache.set(`key ${number}`, new Session(number));
    if (cache.size > 64) cache.delete(cache.keys().next().value);
    log.push({ number });
    if (log.length > 50) log.shift();
    sessions[`session-${number}`] = new Session(number);
    delete sessions[`session-${number - 30}`];
  },
  { warm: 90 },
);
