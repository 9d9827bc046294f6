// Runs in Deno: a module variable that nothing exports, and a global.
class Session {
  constructor(user) {
    this.user = user;
  }
}

const sessions = new Map([['user-1', new Session('user-1')]]);
globalThis.shown = { list: [1] };
setInterval(() => sessions.size, 1000);
console.log('ready');
