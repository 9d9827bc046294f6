// Promise.race with a promise that never settles: each race leaves reactions there, and they hold the winner.
const { rounds } = require('../rounds.cjs');

class SensorReading {
  constructor(number) {
    this.number = number;
    this.values = [number, number + 1];
  }
}

const closed = new Promise(() => {});
async function readNext(number) {
  return await Promise.race([closed, Promise.resolve(new SensorReading(number))]);
}
rounds(readNext);
