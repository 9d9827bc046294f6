/** Sends requests to a server of the same process, over one connection that is kept open. */
const http = require('node:http');

function makeClient(server) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return (path, { method = 'GET', body } = {}) =>
    new Promise((resolve, reject) => {
      const { port } = server.address();
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const options = { host: '127.0.0.1', port, agent, path, method, headers };
      const request = http.request(options, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve(text));
      });
      request.on('error', reject);
      request.end(body);
    });
}

/** Starts the server on any free port. */
function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}

module.exports = { listen, makeClient };
