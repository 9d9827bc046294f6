// typedi 0.10: reset() empties the container of a request, but the list of containers keeps it.
require('reflect-metadata');
const { Container } = require('typedi');
const { rounds } = require('../rounds.cjs');

class Basket {
  items = [];
}

rounds((number) => {
  const request = `request-${number}`;
  Container.of(request).set({ id: 'basket', value: new Basket() });
  Container.of(request).get('basket');
  Container.of(request).reset();
});
