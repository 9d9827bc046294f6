import { createServer } from 'vite';

const server = await createServer({
  root: import.meta.dirname,
  logLevel: 'error',
  server: { host: '127.0.0.1', port: 0 },
});
await server.listen();
console.log(`http://127.0.0.1:${server.httpServer?.address().port}/`);
