// cls-hooked: the context of a request is kept for every asynchronous resource until that is destroyed,
// and a promise in the context keeps itself alive through it.
const { rounds } = require('../rounds.cjs');
const { createNamespace } = require('cls-hooked');

class RequestTrace {
  constructor(number) {
    this.path = `/orders/${number}`;
  }
}

const namespace = createNamespace('shop');
rounds((number) => {
  namespace.run(() => {
    namespace.set('trace', new RequestTrace(number));
    namespace.set('user', Promise.resolve(number));
  });
});
