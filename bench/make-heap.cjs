// Writes a heap snapshot of COUNT groups of objects: `node make-heap.cjs COUNT FILE`. With further files it goes
// on as a program that leaks, and writes each of them after one hundredth of COUNT more.
// 20000 make about 27 MB, 200000 about 240 MB, 1000000 about 1.2 GB.
const v8 = require('node:v8');

class Item {
  constructor(number) {
    this.number = number;
    this.title = `item-${number}`;
    this.children = [];
    this.facts = {
      at: number * 1.5,
      tags: [`a${number % 100}`, `b${number % 7}`],
      byNumber: new Map([[number, { value: number }]]),
    };
    this.next = () => this.number + number;
  }
}

class Leak extends Item {}

const [, , size, file, ...later] = process.argv;
const count = Number(size);
const items = [];
const cache = new Map();
for (let i = 0; i < count; i++) {
  const item = i % 1000 === 0 ? new Leak(i) : new Item(i);
  if (i > 0) items[(i * 7919) % i].children.push(item);
  items.push(item);
  cache.set(`key${i}`, item);
}
globalThis.items = items;
globalThis.cache = cache;
v8.writeHeapSnapshot(file);

const sessions = new Map();
globalThis.sessions = sessions;
for (const next of later) {
  for (let i = 0; i < count / 100; i++) sessions.set(`session${sessions.size}`, new Item(i));
  v8.writeHeapSnapshot(next);
}
