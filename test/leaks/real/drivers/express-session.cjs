// express-session with its default MemoryStore: a session for each visitor without a cookie, never swept.
const http = require('node:http');
const express = require('express');
const session = require('express-session');
const { rounds } = require('../rounds.cjs');

process.env.NODE_ENV = 'test';
const app = express();
app.use(session({ secret: 'a', resave: false, saveUninitialized: true }));
app.get('/', (request, response) => {
  request.session.basket = [`item of ${request.query.visit}`];
  response.end('ok');
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const visit = (number) =>
    new Promise((resolve) => {
      http.get({ port, agent, path: `/?visit=${number}` }, (answer) =>
        answer.resume().on('end', resolve),
      );
    });
  rounds(visit);
});
