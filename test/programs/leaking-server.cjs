// Keeps a session for each request, for ever. With "healthy": only the newest ten.
const { createServer } = require('node:http');

class Session {
  constructor(id) {
    this.id = id;
    this.started = { at: id, path: `/page/${id}` };
  }
}

const sessions = new Map();
const isHealthy = process.argv[2] === 'healthy';
let requests = 0;

function handle() {
  requests++;
  sessions.set(requests, new Session(requests));
  if (isHealthy && sessions.size > 10) sessions.delete(requests - 10);
}

const server = createServer((_, response) => {
  handle();
  response.end(String(sessions.size));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
