const first = () => kept;
const { Script } = require('node:vm');

const kept = { kept: 1 };
class Made {
  constructor() {
    this.held = kept;
  }
}
class Bare {
  held = kept;
}
exports.all = [first, new Made(), new Bare()];

const script = new Script('(kept) => function moved() { return kept; }', {
  filename: '/elsewhere/moved.js',
  lineOffset: 10,
  columnOffset: 5,
});
exports.moved = script.runInThisContext()(kept);
