import { createServer } from 'vite';

// a development server that renders pages itself
const server = await createServer({
  root: import.meta.dirname,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false },
});
const { startUpload, uploads } = await server.ssrLoadModule('/uploads.ts');
for (const name of ['a', 'b']) startUpload(name);
Object.assign(globalThis, { uploads });
console.log('ready');
setInterval(() => undefined, 1000);
