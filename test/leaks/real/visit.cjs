// Asks a server of another process for so many pages: node visit.cjs PORT TIMES
const http = require('node:http');

const [port, times] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function visit(path) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, agent, path }, (answer) =>
      answer.resume().on('end', resolve),
    );
    request.on('error', reject);
  });
}

async function visitAll() {
  const start = Date.now();
  for (let number = 0; number < times; number += 1) await visit(`/${start + number}`);
  agent.destroy();
}
visitAll();
