import { expect, test } from 'vitest';
import { attachToProcess } from '../../src/source/process/pid-source.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { type KillMoment, killTool } from '../support/kill-tool.js';
import { noRelayWithin } from '../support/relays.js';
import { startLoad } from '../support/request-load.js';
import { listeningPorts, programFile, startProgram } from '../support/running-program.js';
import { reserveUsualPort } from '../support/usual-port.js';

const ROUNDS = caseCount(4, 500);
const RELAY_MS = 120_000;

// what a process has open is read from /proc
test.runIf(process.platform === 'linux')(
  `a server under load: ${ROUNDS} heaps and ${ROUNDS} kills of the tool, no request is lost`,
  { timeout: 300_000 + ROUNDS * 8000 },
  async () => {
    await reserveUsualPort();
    const program = await startProgram(process.execPath, [programFile('live-server.cjs')]);
    const { pid, firstLine } = program;
    const load = startLoad(Number(firstLine));
    const source = `pid:${pid}`;
    let open = 0;
    for (let n = 0; n < ROUNDS; n++) {
      sayProgress(n, ROUNDS);
      expect(await sizeOfHeap(pid)).toBeGreaterThan(100_000);
      await killTool({ pid, source, port: 9229 }, toMoment(n));
      expect(await noRelayWithin(source, RELAY_MS)).toBe(true);
      if (listeningPorts(pid).length > 1) open++;
    }
    const { answered, lost } = await load.stop();
    expect([lost, open, program.child.exitCode]).toEqual([0, 0, null]);
    countResult('a server under load', {
      captures: ROUNDS,
      kills: ROUNDS,
      'requests answered': answered,
      'requests lost': lost,
      'inspectors left open': open,
    });
  },
);

function toMoment(n: number): KillMoment {
  return n % 2 === 0
    ? { after: 'its start', ms: (n * 37) % 900 }
    : { after: 'the port is open', ms: (n * 13) % 300 };
}

async function sizeOfHeap(pid: number): Promise<number> {
  const notes: string[] = [];
  const onNote = (sentence: string) => void notes.push(sentence);
  const live = await attachToProcess({ pid, worker: null, onNote });
  await live.look([]);
  let size = 0;
  for await (const chunk of live.takeHeap()) size += chunk.length;
  await live.close();
  expect(notes).toEqual([]);
  return size;
}
