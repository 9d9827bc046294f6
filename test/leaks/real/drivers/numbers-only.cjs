// Nothing that piles up is an object: numbers, bytes of one Buffer, one text, memory of WebAssembly.
const { rounds } = require('../rounds.cjs');

const latencies = [];
const statuses = [];
const seen = new Map();
const visitors = new Set();
const counts = {};
const memory = new WebAssembly.Memory({ initial: 1 });
const upload = { received: Buffer.alloc(0) };
const audit = { text: '' };

rounds((number) => {
  for (let i = number * 100; i < (number + 1) * 100; i += 1) {
    latencies.push(i / 2);
    statuses.push(i % 7);
    seen.set(i, number);
    visitors.add(i);
    counts[i] = number;
  }
  upload.received = Buffer.concat([upload.received, Buffer.alloc(3000)]);
  audit.text += `request ${number}${' took 3 ms;'.repeat(20)}`;
  if (number % 5 === 0) memory.grow(1);
});
