import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseInspectorAddress } from '../../src/source/inspector/inspector-address.js';
import { openInspector } from '../../src/source/inspector/inspector-source.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { CLIENTS, startLoad } from '../support/request-load.js';
import { listeningPorts, programFile, startProgram } from '../support/running-program.js';

const CAPTURES = caseCount(8, 500);
/**
 * The first captures, during which caches and pools fill; the collectors of both sides run when
 * they want.
 */
const WARM_UP = Math.ceil(CAPTURES / 4);
const MOST_GROWTH = 60e6;

// descriptors and memory of a process are read from /proc
test.runIf(process.platform === 'linux')(
  `${CAPTURES} heaps of a server under load: nothing is lost, nothing grows`,
  { timeout: 60_000 + CAPTURES * 2000 },
  async () => {
    const program = await startProgram(process.execPath, [
      ...['--inspect=127.0.0.1:0', programFile('live-server.cjs')],
    ]);
    const name = await program.inspector();
    const address = parseInspectorAddress(name);
    if (address === null) throw new Error(`${name} is not an address`);
    const load = startLoad(Number(program.firstLine));
    const own = process.pid;
    let start = { there: measure(program.pid), here: measure(own) };
    for (let n = 0; n < CAPTURES; n++) {
      sayProgress(n, CAPTURES);
      if (n === WARM_UP) start = { there: measure(program.pid), here: measure(own) };
      const source = await openInspector(
        { address, name, page: null, worker: null },
        { expressions: [] },
      );
      let size = 0;
      for await (const chunk of source.bytes) size += chunk.length;
      await source.close();
      expect(size).toBeGreaterThan(100_000);
    }
    const { answered, lost } = await load.stop();
    const end = { there: measure(program.pid), here: measure(own) };
    expect(lost).toBe(0);
    expect(answered).toBeGreaterThan(CAPTURES);
    expect(program.child.exitCode).toBeNull();
    for (const side of ['there', 'here'] as const) {
      // a connection may be on its way out
      expect(end[side].descriptors).toBeLessThanOrEqual(start[side].descriptors + CLIENTS);
      expect(end[side].listeners).toBe(start[side].listeners);
      expect(end[side].bytes - start[side].bytes).toBeLessThan(MOST_GROWTH);
    }
    countResult('heaps of a server under load', {
      captures: CAPTURES,
      'requests answered': answered,
      'requests lost': lost,
      'descriptors more in the server': Math.max(
        0,
        end.there.descriptors - start.there.descriptors,
      ),
      'MB more in the server': Math.round((end.there.bytes - start.there.bytes) / 1e6),
      'MB more in the tool': Math.round((end.here.bytes - start.here.bytes) / 1e6),
    });
  },
);

function measure(pid: number) {
  const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    listeners: listeningPorts(pid).length,
    bytes: Number(resident) * 1024,
  };
}
