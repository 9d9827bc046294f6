// Asks this program all that objgraph would be asked: `node library-questions.cjs CASE` prints JSON.
const { writeHeapSnapshot } = require('node:v8');
const showbackref = require('showbackref');

class Visitor {
  constructor(id) {
    this.id = id;
  }
}

const visitors = [];
const add = (count) => {
  for (let i = 0; i < count; i++) visitors.push(new Visitor(i));
};

/** The output of a call on standard output. */
async function printed(call) {
  const { write } = process.stdout;
  let text = '';
  process.stdout.write = (chunk) => {
    text += chunk;
    return true;
  };
  try {
    await call();
  } finally {
    process.stdout.write = write;
  }
  return text;
}

const CASES = {
  async types() {
    add(20_000);
    const stats = await showbackref.typestats();
    return {
      stats: { Visitor: stats.Visitor, '(string)': stats['(string)'] },
      count: await showbackref.count('Visitor'),
      unknown: await showbackref.count('toString'),
      common: await showbackref.mostCommonTypes({ limit: 2 }),
      table: await printed(() => showbackref.showMostCommonTypes({ limit: 2, filter: /^Visi/ })),
    };
  },
  async idleGrowth() {
    const grown = [];
    // the first two find what the calls themselves made the program load
    for (let call = 0; call < 4; call++) {
      const found = await showbackref.growth({ limit: Infinity });
      if (call > 0) grown.push(found.map(({ name }) => name));
    }
    return grown;
  },
  async growth() {
    const ask = async (options) => {
      const grown = await showbackref.growth(options);
      const found = grown.find(({ name }) => name === 'Visitor');
      return found === undefined ? null : [found.before, found.after, found.delta];
    };
    const steps = [await ask({ limit: Infinity })];
    add(100);
    const others = (await showbackref.growth()).map(({ name, delta }) => `${name} ${delta}`);
    visitors.length = 50;
    add(30);
    steps.push(await ask());
    add(60);
    const own = { peaks: {}, filter: 'visit' };
    steps.push(await ask(own));
    const table = await printed(() => showbackref.showGrowth({ filter: 'visit' }));
    const nothing = await printed(() => showbackref.showGrowth({ filter: 'visit' }));
    return { steps, others, table, nothing };
  },
  async byType() {
    class Admin extends Visitor {}
    const admin = new Admin(0);
    add(3);
    let touched = false;
    const odd = new Proxy(new Visitor(9), {
      getPrototypeOf() {
        touched = true;
        return null;
      },
    });
    const found = showbackref.byType('Visitor');
    const isSame = found.length === 4 && visitors.every((visitor) => found.includes(visitor));
    const admins = showbackref.byType('Admin');
    const functions = showbackref.byType('Function');
    return {
      isSame,
      touched: touched || odd === null,
      isAdmin: admins.length === 1 && admins[0] === admin,
      function: functions.includes(add),
      none: showbackref.byType('Nothing'),
      globals: Object.keys(globalThis).filter((name) => name.startsWith('showbackref')),
    };
  },
  async leavesNothing() {
    add(1);
    const look = () => showbackref.byType('Visitor');
    const isSame = () => look()[0] === visitors[0];
    const [found, first] = [look().length, isSame()];
    visitors.length = 0;
    let left = found;
    // one collection is not always enough
    for (let round = 0; round < 10 && left > 0; round++) {
      await new Promise(setImmediate);
      left = look().length;
    }
    return { found, first, left };
  },
  async at() {
    add(1);
    const file = process.argv[3];
    // the first connection is there before the ids are
    const none = showbackref.at('@999999999') ?? null;
    writeHeapSnapshot(file);
    const heap = await showbackref.openHeap(file);
    const [id] = heap.byType('Visitor');
    return {
      none,
      isSame: showbackref.at(id) === visitors[0],
      name: heap.at(id).name,
      heapNone: heap.at(1e9) ?? null,
    };
  },
  async graphs() {
    const x = { visitor: new Visitor(1) };
    const holder = { x };
    const file = process.argv[3];
    return {
      refs: await showbackref.showRefs(x, { depth: 1, out: file }),
      chain: await showbackref.showChain(holder.x, { paths: 2 }),
      steps: await showbackref.findBackrefChain(x.visitor),
      cut: await showbackref.showChain(x.visitor, { cut: 'Object->Visitor' }),
      gone: await showbackref.findBackrefChain(x.visitor, { cut: 'Object->Visitor' }),
    };
  },
};

CASES[process.argv[2]]().then((answer) => process.stdout.write(JSON.stringify(answer)));
