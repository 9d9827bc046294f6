// comlink: each function that is handed over gets its own channel, which stays open until it is released.
const { MessageChannel } = require('node:worker_threads');
const comlink = require('comlink');
const nodeEndpoint = require('comlink/dist/umd/node-adapter.js');
const { rounds } = require('../rounds.cjs');

comlink.transferHandlers.set('proxy', {
  canHandle: (value) =>
    value !== null && typeof value === 'function' && comlink.proxyMarker in value,
  serialize: (value) => {
    const { port1, port2 } = new MessageChannel();
    comlink.expose(value, nodeEndpoint(port1));
    return [port2, [port2]];
  },
  deserialize: (port) => comlink.wrap(nodeEndpoint(port)),
});

class Upload {
  constructor(number) {
    this.number = number;
  }

  report(done) {
    this.done = done;
  }
}

const { port1, port2 } = new MessageChannel();
comlink.expose({ send: async (onProgress) => onProgress(1) }, nodeEndpoint(port1));
const remote = comlink.wrap(nodeEndpoint(port2));
rounds(async (number) => {
  const upload = new Upload(number);
  await remote.send(comlink.proxy((done) => upload.report(done)));
});
