// Visitors of the server: each asks for an order, waits for its first event, and leaves.
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const [visits = '200', port = process.env.PORT ?? '8080'] = process.argv.slice(2);

await untilOpen();
for (let visit = 0; visit < Number(visits); visit += 1) await look(visit);
console.log(`${visits} visitors have come and gone`);

function look(visit) {
  return new Promise((resolve, reject) => {
    const path = `/orders/${visit}/events`;
    const request = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.once('data', () => {
        request.destroy();
        resolve();
      });
    });
    request.on('error', reject);
  });
}

// a server that was started in the same moment needs some time
async function untilOpen() {
  for (let attempts = 100; attempts > 0 && !(await isOpen()); attempts -= 1) await wait(100);
}

function isOpen() {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}
