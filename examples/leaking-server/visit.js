// Visitors of the server: each asks for an order, waits for its first event, and leaves.
import { get } from 'node:http';

const [visits = '200', port = process.env.PORT ?? '8080'] = process.argv.slice(2);

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
