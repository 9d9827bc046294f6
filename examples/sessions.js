// For docs/repl.md: sessions that end and are kept all the same.
class Session {
  constructor(user) {
    this.user = user;
  }
}

const open = new Map();
const log = [];

function login(user) {
  const session = new Session(user);
  open.set(user, session);
  log.push({ user, session });
}

function logout(user) {
  open.delete(user);
}

function work(count) {
  for (let i = 0; i < count; i++) {
    login(`user ${i}`);
    logout(`user ${i}`);
  }
}

work(1);
