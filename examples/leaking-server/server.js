// A shop tells browsers how their orders get on. It needs no package, and its memory grows.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';

const PORT = Number(process.env.PORT ?? 8080);

/** Emits `change` with an order whenever one gets on. */
const orders = new EventEmitter();
// "MaxListenersExceededWarning: Possible EventEmitter memory leak" was all over the log
orders.setMaxListeners(0);

/** The last orders that were asked for: bounded, so not a leak. */
const recent = new Map();

class Order {
  constructor(id) {
    this.id = id;
    this.state = 'packed';
    this.items = ['book', 'pen', 'lamp'].map((name) => ({ name, price: name.length }));
  }
}

class Visit {
  constructor(request, order) {
    this.url = request.url;
    this.agent = request.headers['user-agent'];
    this.order = order;
  }
}

const server = createServer((request, response) => {
  const [, folder, id, what] = request.url.split('/');
  if (folder !== 'orders') response.writeHead(404).end();
  else if (what === 'events') tellChanges(request, response, findOrder(id));
  else response.end(JSON.stringify(findOrder(id)));
});
server.listen(PORT, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(`http://127.0.0.1:${port}/orders/1/events, process ${process.pid}`);
});

function findOrder(id) {
  const order = recent.get(id) ?? new Order(id);
  recent.set(id, order);
  if (recent.size > 100) recent.delete(recent.keys().next().value);
  return order;
}

/** Server-sent events: the state of an order now, and whenever it changes. */
function tellChanges(request, response, order) {
  const visit = new Visit(request, order);
  const tell = (changed) => {
    if (changed.id === order.id) response.write(`data: ${changed.state} for ${visit.agent}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  orders.on('change', tell);
  tell(order);
}
