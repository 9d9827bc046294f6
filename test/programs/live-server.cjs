// A server that keeps every session: says its port, then answers with how many there are.
const http = require('node:http');

class Session {
  constructor(user) {
    this.user = user;
  }
}

const sessions = new Map([['user-1', new Session('user-1')]]);

const server = http.createServer((request, response) => {
  sessions.set(request.url, new Session(request.url));
  response.end(String(sessions.size));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
