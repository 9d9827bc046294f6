// A server of Deno with a cache of 50 sessions: it prints its port, and answers all requests.
class Session {
  constructor(path) {
    this.path = path;
    this.basket = [];
  }
}

const sessions = new Map();
const server = globalThis.Deno.serve({ port: 0, hostname: '127.0.0.1', onListen }, (request) => {
  const { pathname } = new URL(request.url);
  sessions.set(pathname, new Session(pathname));
  if (sessions.size > 50) sessions.delete(sessions.keys().next().value);
  return new Response(JSON.stringify([...sessions.keys()]));
});

function onListen({ port }) {
  console.log(port);
}

await server.finished;
