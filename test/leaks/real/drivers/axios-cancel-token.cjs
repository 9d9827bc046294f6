// One CancelToken for many axios requests: each leaves a reaction on the token's promise.
const http = require('node:http');
const axios = require('axios');
const { rounds } = require('../rounds.cjs');

const page = axios.CancelToken.source();
const server = http.createServer((_, response) => response.end('{"price": 1}'));
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  rounds((number) =>
    axios.get(url, { params: { number }, cancelToken: page.token, httpAgent, proxy: false }),
  );
});
