// One small object for every ten requests stays, among much that comes and goes.
const http = require('node:http');
const { listen, makeClient } = require('../client.cjs');
const { rounds } = require('../rounds.cjs');

class AuditNote {
  constructor(number) {
    this.number = number;
  }
}

class Session {
  constructor(number) {
    this.number = number;
    this.basket = Array.from({ length: 20 }, (_, index) => ({
      item: index,
      name: `item ${index}`,
    }));
  }
}

const sessions = new Map();
const log = [];
const notes = [];
let handled = 0;
const server = http.createServer((request, response) => {
  handled += 1;
  sessions.set(request.url, new Session(handled));
  if (sessions.size > 50) sessions.delete(sessions.keys().next().value);
  log.push({ url: request.url, headers: request.headers });
  if (log.length > 100) log.shift();
  if (handled % 10 === 0) notes.push(new AuditNote(handled));
  response.end(JSON.stringify([...sessions.keys()]));
});
const ask = makeClient(server);
listen(server).then(() => rounds((number) => ask(`/orders/${number}`), { warm: 120, items: 100 }));
