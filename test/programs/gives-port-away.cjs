// Has a server where its inspector would be, which answers as one. When it is asked for the path in its
// argument, another process gets the port, and an inspector there. Prints the number of that one.
const { spawn } = require('node:child_process');
const { createServer, get } = require('node:http');

const [, , path] = process.argv;
const host = '127.0.0.1';
const port = process.debugPort;
const HEIR = 'process.stdin.resume().on("end", () => process.exit())';

const answers = {
  '/json/version': { Browser: 'node.js/v24.0.0', 'Protocol-Version': '1.1' },
  '/json/list': [{ id: 'a', type: 'node', webSocketDebuggerUrl: `ws://${host}:${port}/a` }],
};

function giveAway() {
  server.close();
  const argv = [`--inspect=${host}:${port}`, '-e', HEIR];
  // ends with this process, whatever ends it
  const heir = spawn(process.execPath, argv, { stdio: ['pipe', 'ignore', 'pipe'] });
  console.log(heir.pid);
  return new Promise((resolve) => {
    heir.stderr.on('data', (text) => {
      if (/listening on/.test(text)) resolve();
    });
  });
}

const server = createServer(async (request, response) => {
  if (request.url !== path) return response.end(JSON.stringify(answers[request.url]));
  await giveAway();
  // the first question is answered by the one that has the port now, the second one is still ours
  if (path === '/json/list') return response.end(JSON.stringify(answers[path]));
  get({ host, port, path }, (answer) => answer.pipe(response));
});
server.listen(port, host, () => console.log('ready'));
setInterval(() => undefined, 1000);
