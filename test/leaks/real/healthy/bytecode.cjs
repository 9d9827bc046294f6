// Many functions that are used now and then: V8 makes their bytecode, throws it away and makes it again.
const { rounds } = require('../rounds.cjs');

const source = Array.from(
  { length: 400 },
  (_, index) =>
    `(a) => { let b = a; for (const c of [1, 2]) b += c * ${index}; return [b, { b }]; }`,
);
const functions = new Function(`return [${source.join(', ')}];`)();
rounds(
  (number) => {
    functions[(number * 7) % functions.length](number);
  },
  { warm: 50, items: 100 },
);
