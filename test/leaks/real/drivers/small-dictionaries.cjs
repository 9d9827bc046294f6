// Twelve shops with a dictionary of orders each: none has many keys, all of them grow.
const { rounds } = require('../rounds.cjs');

class Order {
  constructor(number) {
    this.number = number;
  }
}

class Shop {
  constructor() {
    this.orders = {};
  }
}

const shops = Array.from({ length: 12 }, () => new Shop());
rounds(
  (number) => {
    shops[number % shops.length].orders[`order-${number}`] = new Order(number);
  },
  { warm: 12 },
);
