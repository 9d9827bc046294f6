// A realm of its own for each script of a user, dropped afterwards.
const vm = require('node:vm');
const { rounds } = require('../rounds.cjs');

rounds(
  (number) => {
    const context = vm.createContext({ number, answers: [] });
    vm.runInContext(
      'class Answer { constructor(n) { this.n = n; } } answers.push(new Answer(number));',
      context,
    );
  },
  { warm: 12, items: 12 },
);
