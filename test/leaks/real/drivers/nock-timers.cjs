// nock 13: every timer of every delayed answer stays in a list.
const http = require('node:http');
const nock = require('nock');
const { rounds } = require('../rounds.cjs');

rounds(async (number) => {
  nock('http://prices.test').get(`/${number}`).delay(1).reply(200, { number });
  await new Promise((resolve) => {
    http.get(`http://prices.test/${number}`, (answer) => answer.resume().on('end', resolve));
  });
});
