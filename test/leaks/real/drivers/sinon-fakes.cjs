// sinon's own sandbox keeps every stub until restore() is called.
const sinon = require('sinon');
const { rounds } = require('../rounds.cjs');

class Mailer {
  constructor(number) {
    this.number = number;
  }

  send() {
    return this.number;
  }
}

rounds((number) => {
  const mailer = new Mailer(number);
  sinon.stub(mailer, 'send').returns(0);
  mailer.send();
});
