// Looked at while one function waits for a promise and another for its next call.
class Session {
  constructor(user) {
    this.user = user;
  }
}
class Row {}

async function answer(request) {
  const session = new Session(request.user);
  const reply = await new Promise((resolve) => {
    globalThis.finish = resolve;
  });
  return [session, reply];
}

function* readRows() {
  for (;;) {
    const row = new Row();
    yield 1;
    yield row;
  }
}

void answer({ user: 'anna' });
globalThis.rows = readRows();
globalThis.rows.next();
debugger;
