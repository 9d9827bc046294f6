// The program that the commands of the documentation name: it has all they ask for.
const { handle, cache } = require('./server.js');

class Session {
  constructor(user) {
    this.user = user;
  }
  close() {
    this.user = null;
  }
}

function primes(limit) {
  const found = [];
  for (let n = 2; n < limit; n++) {
    if (found.every((prime) => n % prime > 0)) found.push(n);
  }
  return found;
}

function onData() {
  return cache;
}

cache.entries = [new Session('a'), new Session('b')];
process.on('data', onData);
primes(200);
new Session('c').close();
debugger;
for (let n = 0; n < 300; n++) cache.entries.push(new Session(n));
handle();
debugger;
for (let n = 0; n < 300; n++) cache.entries.push(new Session(n));
handle();
debugger;
exports.handle = handle;
