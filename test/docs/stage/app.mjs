import { handle } from './server.js';

class Session {
  close() {
    return handle();
  }
}
new Session().close();
