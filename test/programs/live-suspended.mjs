// A server's handlers that wait for something that never comes; nothing pauses it.
class Session {
  constructor(user) {
    this.user = user;
  }
}

async function handle(request) {
  const session = new Session(request.user);
  const reply = await new Promise((resolve) => {
    globalThis.finish = resolve;
  });
  return [session, reply];
}

void handle({ user: 'anna' });
setInterval(() => undefined, 1000);
process.stdout.write('ready\n');
