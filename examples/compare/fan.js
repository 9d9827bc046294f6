class Item {
  constructor(held) {
    this.held = held;
  }
}

function around(items) {
  return items.flatMap((item) => Array.from({ length: 9 }, () => new Item(item)));
}

function makeRim(centre) {
  return around(around(around([centre])));
}

const centre = new Item(null);
const rim = makeRim(centre);
debugger;
