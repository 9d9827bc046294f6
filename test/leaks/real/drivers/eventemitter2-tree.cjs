// EventEmitter2 0.4 with wildcards: of a listener that is removed, an empty node of the tree of names stays.
const { EventEmitter2 } = require('eventemitter2');
const { rounds } = require('../rounds.cjs');

const events = new EventEmitter2({ wildcard: true, delimiter: '::' });
rounds((number) => {
  events.once(`shop::order::${number}`, () => {});
  events.emit(`shop::order::${number}`);
});
