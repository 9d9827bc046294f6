/**
 * Keeps things that have ended, each kind in a separate variable, beside as many that have not, and
 * writes a heap snapshot: node ended.cjs OUT
 */
const cp = require('node:child_process');
const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const v8 = require('node:v8');
const { Worker } = require('node:worker_threads');
const zlib = require('node:zlib');
const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
const { createRenderer, h } = require('@vue/runtime-core');
const { Terminal } = require('@xterm/headless');
const React = require('react');
const TestRenderer = require('react-test-renderer');
const { Subject } = require('rxjs');

const MANY = 8;
const ended = {};
const open = {};

function times(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}

async function sockets() {
  const server = net.createServer();
  server.listen(0);
  await once(server, 'listening');
  const accept = async () => {
    const client = net.connect(server.address().port);
    const [socket] = await once(server, 'connection');
    socket.resume();
    return { client, socket };
  };
  const pairs = [];
  for (let i = 0; i < MANY; i++) pairs.push(await accept());
  ended.sockets = pairs.map(({ socket }) => socket);
  for (const { client, socket } of pairs) {
    client.destroy();
    await once(socket, 'close');
  }
  open.sockets = [];
  for (let i = 0; i < MANY; i++) open.sockets.push((await accept()).socket);
}

async function messages() {
  const server = http.createServer((_, response) => {
    (server.holds ? open.responses : ended.responses).push(response);
    if (!server.holds) response.end('ok');
    else response.write('wait');
  });
  ended.responses = [];
  open.responses = [];
  server.listen(0);
  await once(server, 'listening');
  const ask = async () => {
    const request = http.get({ port: server.address().port, agent: false });
    const [answer] = await once(request, 'response');
    answer.resume();
    return request;
  };
  ended.requests = [];
  for (let i = 0; i < MANY; i++) {
    const request = await ask();
    await once(request, 'close');
    ended.requests.push(request);
  }
  server.holds = true;
  open.requests = [];
  for (let i = 0; i < MANY; i++) open.requests.push(await ask());
}

async function workers() {
  ended.workers = times(3, () => new Worker('', { eval: true }));
  await Promise.all(ended.workers.map((worker) => once(worker, 'exit')));
  open.workers = times(3, () => new Worker('setInterval(() => {}, 1e6)', { eval: true }));
  await Promise.all(open.workers.map((worker) => once(worker, 'online')));
}

async function programs() {
  const start = (code) => cp.spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  ended.programs = times(5, () => start(''));
  await Promise.all(ended.programs.map((program) => once(program, 'exit')));
  open.programs = times(5, () => start('setInterval(() => {}, 1e6)'));
  await Promise.all(open.programs.map((program) => once(program, 'spawn')));
}

async function streams() {
  ended.streams = times(MANY, () => zlib.createGzip().resume());
  for (const stream of ended.streams) {
    stream.end('text');
    await once(stream, 'close');
  }
  open.streams = times(MANY, () => zlib.createGzip());
}

function signals() {
  const listen = () => {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => {});
    return controller;
  };
  ended.signals = times(MANY, () => {
    const controller = listen();
    controller.abort();
    // too late: it is never called, and never removed
    controller.signal.addEventListener('abort', () => {});
    return controller.signal;
  });
  open.signals = times(MANY, () => listen().signal);
}

function components() {
  class View extends React.Component {
    render() {
      return null;
    }
  }
  const mount = () => TestRenderer.create(React.createElement(View));
  ended.fibers = times(MANY, () => {
    const root = mount();
    const { _reactInternals: fiber } = root.getInstance();
    root.unmount();
    return fiber;
  });
  open.fibers = times(MANY, () => mount().getInstance()._reactInternals);
  const nothing = () => ({});
  const { createApp } = createRenderer({
    ...{ insert: nothing, remove: nothing, createElement: nothing, createText: nothing },
    ...{ createComment: nothing, setText: nothing, setElementText: nothing },
    ...{ parentNode: nothing, nextSibling: nothing, patchProp: nothing },
  });
  const app = () => {
    const created = createApp({ render: () => h('p') });
    created.mount({});
    return created;
  };
  ended.components = times(MANY, () => {
    const created = app();
    const { _instance: instance } = created;
    created.unmount();
    return instance;
  });
  open.components = times(MANY, () => app()._instance);
}

function others() {
  const subject = new Subject();
  ended.subscribers = times(MANY, () => {
    const subscriber = subject.subscribe(() => {});
    subscriber.unsubscribe();
    return subscriber;
  });
  open.subscribers = times(MANY, () => subject.subscribe(() => {}));
  const tracer = new BasicTracerProvider().getTracer('test');
  ended.spans = times(MANY, () => {
    const span = tracer.startSpan('work');
    span.end();
    return span;
  });
  open.spans = times(MANY, () => tracer.startSpan('work'));
  ended.disposables = times(MANY, () => {
    const terminal = new Terminal({ allowProposedApi: true });
    terminal.dispose();
    return terminal;
  });
  open.disposables = times(MANY, () => new Terminal({ allowProposedApi: true }));
}

async function main() {
  await sockets();
  await messages();
  await workers();
  await programs();
  await streams();
  signals();
  components();
  others();
  globalThis.ended = ended;
  globalThis.open = open;
  // gives whatever is about to end the time to do so
  await new Promise((resolve) => setTimeout(resolve, 100));
  v8.writeHeapSnapshot(process.argv[2]);
  for (const program of open.programs) program.kill();
  process.exit(0);
}

main();
