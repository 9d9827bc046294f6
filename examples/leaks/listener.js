// A session ends, but never goes: it still listens to something that lives longer.
import { EventEmitter } from 'node:events';

const settings = new EventEmitter();

class Session {
  constructor(user) {
    this.user = user;
    this.messages = Array.from({ length: 1_000 }, (_, index) => `message ${index}`);
    settings.on('change', () => this.redraw());
  }

  redraw() {}

  close() {
    this.user = null;
  }
}

function serveOneUser() {
  const session = new Session('ada');
  session.close();
}

serveOneUser();
setTimeout(() => {
  debugger;
}, 100);
