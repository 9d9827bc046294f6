import { createServer } from 'node:http';

const server = createServer().listen(0, '127.0.0.1', () => {
  const listening = { server };
  debugger;
});
