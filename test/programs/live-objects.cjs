// A server that has just been started, with enough objects for a heap of several messages; so has its worker
// thread, if it is to have one.
const http = require('node:http');
const { isMainThread, Worker } = require('node:worker_threads');

globalThis.items = Array.from({ length: 20_000 }, (_, number) => ({ number, tags: [{ number }] }));
if (isMainThread) serve();
else setInterval(() => undefined, 1000);

function serve() {
  const server = http.createServer((_, response) => response.end('ok'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    if (process.argv[2] !== 'worker') console.log(port);
    else new Worker(__filename).once('online', () => console.log(port));
  });
}
