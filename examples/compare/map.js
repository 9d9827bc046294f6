class Session {}

const cache = new Map();
cache.set('user:42', new Session());
debugger;
