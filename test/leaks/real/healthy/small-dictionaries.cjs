// Dictionaries of a few changing keys: who is online, by number.
const { rounds } = require('../rounds.cjs');

class Visitor {
  constructor(number) {
    this.number = number;
  }
}

const online = {};
const rooms = Array.from({ length: 8 }, () => ({}));
rounds(
  (number) => {
    online[`visitor-${number}`] = new Visitor(number);
    delete online[`visitor-${number - 20}`];
    const room = rooms[number % rooms.length];
    room[number] = new Visitor(number);
    delete room[number - 8 * 12];
  },
  { warm: 120 },
);
