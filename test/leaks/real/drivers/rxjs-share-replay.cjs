// shareReplay(1) of a source that never ends: subscribers that left are gone, but each view's pipe stays.
const { Subject } = require('rxjs');
const { shareReplay } = require('rxjs/operators');
const { rounds } = require('../rounds.cjs');

class OrderView {
  constructor(number) {
    this.number = number;
  }

  show(order) {
    this.order = order;
  }
}

const orders = new Subject();
rounds((number) => {
  const view = new OrderView(number);
  const shared = orders.pipe(shareReplay(1));
  const subscription = shared.subscribe((order) => view.show(order));
  orders.next({ number });
  subscription.unsubscribe();
});
