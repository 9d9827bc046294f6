// Runs the tests. Some need port 9229, where Node.js opens inspectors: if a debugger has it already, all of them
// run in a separate network (Linux), in which it is free.
import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const RUN = [process.execPath, VITEST, 'run', ...process.argv.slice(2)];
/** A new network has a loopback interface that is down. */
const WITH_LOOPBACK = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (taken) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** The command that gives a program a separate network; null if this user cannot have one. */
function ownNetwork() {
  // the same user inside, with the right to turn on loopback
  const asUser = ['unshare', '--user', '--map-current-user', '--keep-caps', '--net'];
  const ways = [['unshare', '--net'], asUser].map((way) => [...way, ...WITH_LOOPBACK]);
  return ways.find(([file, ...args]) => spawnSync(file, [...args, 'true']).status === 0) ?? null;
}

async function commandLine() {
  if (!(await isTaken(9229))) return RUN;
  const way = ownNetwork();
  process.stderr.write(
    way === null
      ? 'Port 9229 is taken, as a rule by a debugger, and tests that need it will fail: let go of it first.\n'
      : 'Port 9229 is taken, as a rule by a debugger: the tests run in a separate network.\n',
  );
  return [...(way ?? []), ...RUN];
}

const [file, ...args] = await commandLine();
const running = spawn(file, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => running.kill(signal));
running.once('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
