// Calls showBackrefs in many ways: `node library-scenes.cjs SCENE…` prints the answers as JSON.
const { showBackrefs } = require('showbackref');

class Foo {}
class Bar {}
class Session {
  draw() {
    const other = new Bar();
    return showBackrefs(other);
  }
  drawThis() {
    return showBackrefs(this);
  }
}

const clients = new Map();
let kept = null;

function withLocal() {
  const x = new Foo();
  const holder = { x };
  return inner(holder.x);
}

function inner(argument) {
  return showBackrefs(argument);
}

async function withAwait() {
  const x = new Foo();
  await null;
  const list = [x];
  const graph = await showBackrefs(x);
  return list.length === 1 && graph;
}

function fillMap() {
  clients.set('anna', { foo: new Foo() });
}

/** Calls from a function that has ended, so that only what it made holds the target. */
async function fromCallback(register) {
  return new Promise((resolve, reject) => {
    register(() => showBackrefs(clients.get('anna').foo).then(resolve, reject));
  });
}

async function suspend(x) {
  await new Promise((resolve) => {
    kept = resolve;
  });
  return x;
}

const SCENES = {
  local: withLocal,
  async: withAwait,
  method: () => new Session().draw(),
  this: () => new Session().drawThis(),
  map() {
    fillMap();
    return showBackrefs(clients.get('anna').foo);
  },
  timer() {
    fillMap();
    return fromCallback((callback) => setTimeout(callback, 1));
  },
  promise() {
    fillMap();
    return fromCallback((callback) => Promise.resolve().then(callback));
  },
  function: () => showBackrefs(withLocal),
  unheld: () => showBackrefs(new Foo()),
  literal() {
    const foo = new Foo();
    const bar = new Bar();
    return showBackrefs([foo, bar]);
  },
  filtered() {
    const foos = Array.from({ length: 25 }, () => new Foo());
    return showBackrefs(foos.filter((_, index) => index > 0));
  },
  heldList() {
    const list = [new Foo()];
    return showBackrefs(list);
  },
  unheldNumbers: () => showBackrefs([1, 2]),
  literalOfUnheld: () => showBackrefs([new Foo()]),
  suspended() {
    const foo = new WeakRef(new Foo());
    void suspend(foo.deref());
    return new Promise((resolve, reject) => {
      setTimeout(() => showBackrefs(foo.deref()).then(resolve, reject), 5);
    });
  },
  global() {
    globalThis.cache = { foo: new Foo() };
    return showBackrefs(globalThis.cache.foo);
  },
  async twice() {
    const x = new Foo();
    return [await showBackrefs(x), await showBackrefs(x)];
  },
  atOnce() {
    const x = new Foo();
    return Promise.all([showBackrefs(x), showBackrefs(x), showBackrefs([x])]);
  },
};

async function play(names) {
  const answers = {};
  for (const name of names) answers[name] = await SCENES[name]();
  return answers;
}

play(process.argv.slice(2)).then((answers) => process.stdout.write(JSON.stringify(answers)));
