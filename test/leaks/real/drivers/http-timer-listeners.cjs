// http-timer 1.0.2 with a keep-alive agent: each request adds a listener that a socket in use never calls.
const http = require('node:http');
const measure = require('http-timer');
const { rounds } = require('../rounds.cjs');

const server = http.createServer((_, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const { port } = server.address();
  process.removeAllListeners('warning');
  rounds(
    () =>
      new Promise((resolve) => {
        const request = http.get({ host: '127.0.0.1', port, agent });
        measure(request);
        request.on('response', (answer) => answer.resume().on('end', resolve));
      }),
  );
});
