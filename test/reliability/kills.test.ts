import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openWebSocket } from '../../src/source/inspector/web-socket.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { type KillMoment, type KillTarget, killTool } from '../support/kill-tool.js';
import { noRelayWithin } from '../support/relays.js';
import {
  endProgram,
  listeningPorts,
  programFile,
  type RunningProgram,
  startProgram,
} from '../support/running-program.js';
import { RUNTIMES } from '../support/runtimes.js';

const KILLS = caseCount(12, 2000);
/** In a small share of them as many kinds of moments as in all. */
const STRIDE = KILLS < 2000 ? 167 : 1;
const DOUBLE_KILLS = caseCount(0, 200);
/** More than there are cores, so that both always have work. */
const LANES = 2 * cpus().length;
/** A relay has ten minutes; here nothing takes long. */
const RELAY_MS = 120_000;
/** More than it takes to die. */
const DYING_MS = 400;
const PROGRAM = programFile('live-objects.cjs');
const runtimes = RUNTIMES.filter(({ missing }) => missing === null);

/** Whose inspector: opened by the tool, for the first time or again, also for a worker; or from the start. */
const KINDS = ['fresh', 'fresh', 'again', 'address', 'worker'] as const;
type Kind = (typeof KINDS)[number];

interface Case {
  readonly kind: Kind;
  readonly execPath: string;
  readonly moment: KillMoment;
}

/** The same for the same number: every version, kind and moment comes with every other. */
function toCase(n: number): Case {
  const round = Math.floor(n / runtimes.length);
  const kind = KINDS[round % KINDS.length] as Kind;
  const turn = Math.floor(round / KINDS.length);
  const execPath = runtimes[n % runtimes.length]?.execPath as string;
  return { kind, execPath, moment: toMoment(kind, turn) };
}

function toMoment(kind: Kind, turn: number): KillMoment {
  // a fraction that is spread evenly and never the same
  const random = (turn * 0.618_034) % 1;
  const [first, ...more] = [
    { after: 'its start', ms: Math.round(random * 1500) },
    { after: 'the signal', ms: turn % 31 },
    { after: 'the port is open', ms: (turn * 7) % 600 },
    { after: 'the port is open', ms: 350 + Math.round(random * 100) },
  ] as const;
  // no signal, and a port that is open already
  return kind === 'address' ? first : ([first, ...more][turn % 4] as KillMoment);
}

interface Counts {
  kills: number;
  died: number;
  open: number;
  left: number;
}

const newCounts = (): Counts => ({ kills: 0, died: 0, open: 0, left: 0 });

// what a process has open is read from /proc
describe.runIf(process.platform === 'linux')('the tool is killed', () => {
  test(`${KILLS} times: no process dies of it, and no inspector stays open`, {
    timeout: 60_000 + KILLS * 5000,
  }, async () => {
    const counts = newCounts();
    await inLanes(KILLS, (n, port) => killOnce(toCase(n * STRIDE), { port, counts }));
    expect({ ...counts, kills: 0 }).toEqual({ kills: 0, died: 0, open: 0, left: 0 });
    countResult('the tool is killed at fixed and random moments', {
      kills: counts.kills,
      'processes that died': counts.died,
      'inspectors left open': counts.open,
      'relays left': counts.left,
    });
  });

  // the one thing that nothing can be done about: counted, and told in SECURITY.md
  test.runIf(DOUBLE_KILLS > 0)(
    `${DOUBLE_KILLS} times together with its relay`,
    { timeout: 60_000 + DOUBLE_KILLS * 5000 },
    async () => {
      const counts = newCounts();
      await inLanes(DOUBLE_KILLS, (n, port) => {
        const round = Math.floor(n / runtimes.length);
        const moment: KillMoment = { after: 'the port is open', ms: 50 + ((round * 37) % 500) };
        return killOnce({ ...toCase(n), kind: 'fresh', moment }, { port, counts, withRelay: true });
      });
      countResult('the tool and its relay are killed at once', {
        kills: counts.kills,
        'processes that died': counts.died,
        'inspectors left open': counts.open,
      });
    },
  );
});

/** Shows that there is something to be protected from: what any other client does to a program. */
test.runIf(DOUBLE_KILLS > 0)(
  `${DOUBLE_KILLS} clients without a relay hang up while the heap is on its way`,
  { timeout: 60_000 + DOUBLE_KILLS * 5000 },
  async () => {
    const counts = newCounts();
    await inLanes(DOUBLE_KILLS, async (n) => {
      const program = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', PROGRAM]);
      await hangUpAfter(1 + (n % 30), await program.inspector());
      await wait(DYING_MS);
      counts.kills++;
      if (hasEnded(program)) counts.died++;
      await endProgram(program.child);
    });
    countResult(`clients without a relay hang up, ${process.version}`, {
      clients: counts.kills,
      'processes that died': counts.died,
    });
  },
);

/** Asks for the heap, and is gone after so many messages. */
async function hangUpAfter(most: number, url: string): Promise<void> {
  let left = most;
  let enough = () => {};
  const received = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const channel = await openWebSocket(url, () => {
    if (--left === 0) enough();
  });
  for (const [id, method] of ['start', 'stop'].entries()) {
    const name = `HeapProfiler.${method}TrackingHeapObjects`;
    channel.send(JSON.stringify({ id: id + 1, method: name, params: {} }));
  }
  await Promise.race([received, wait(RELAY_MS / 10)]);
  channel.destroy();
}

interface Surroundings {
  readonly port: number;
  readonly counts: Counts;
  readonly withRelay?: boolean;
}

async function killOnce(
  { kind, execPath, moment }: Case,
  { port, counts, withRelay = false }: Surroundings,
): Promise<void> {
  const flag = kind === 'address' ? '--inspect' : '--inspect-port';
  const argv = [`${flag}=127.0.0.1:${port}`, PROGRAM, ...(kind === 'worker' ? ['worker'] : [])];
  const program = await startProgram(execPath, argv);
  const source = kind === 'address' ? await program.inspector() : `pid:${program.pid}`;
  const more = kind === 'worker' ? ['--worker', '1'] : [];
  const target: KillTarget = { pid: program.pid, source, port, argv: more };
  const moments = kind === 'again' ? [moment, moment] : [moment];
  for (const each of moments) {
    await killTool(target, each, { withRelay });
    counts.kills++;
    if (!(await noRelayWithin(source, RELAY_MS))) counts.left++;
    if (hasEnded(program)) break;
  }
  if (hasEnded(program)) {
    counts.died++;
    console.log(`dead: ${kind}, ${moment.ms} ms after ${moment.after}, ${execPath}`);
  } else if (listeningPorts(program.pid).includes(port) !== (kind === 'address')) {
    counts.open++;
    if (!withRelay)
      console.log(`open: ${kind}, ${moment.ms} ms after ${moment.after}, ${execPath}`);
  }
  await endProgram(program.child);
}

function hasEnded({ child }: RunningProgram): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Some at a time, each lane with a separate port. */
async function inLanes(count: number, work: (n: number, port: number) => Promise<void>) {
  let next = 0;
  const lanes = Array.from({ length: Math.min(LANES, count) }, async () => {
    const port = await freePort();
    while (next < count) {
      sayProgress(next, count);
      await work(next++, port);
    }
  });
  await Promise.all(lanes);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
