// A cache with a limit that becomes full between the second and the third snapshot.
const { rounds } = require('../rounds.cjs');

class Product {
  constructor(number) {
    this.number = number;
    this.name = `product ${number}`;
  }
}

const products = new Map();
rounds((number) => {
  products.set(number, new Product(number));
  if (products.size > 100) products.delete(products.keys().next().value);
});
