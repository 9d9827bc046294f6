import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ShowBackrefError } from '../../src/errors.js';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { unpack } from '../../src/source/file/compression.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { FIXTURE_NAMES, fixtureBytes } from '../support/fixtures.js';
import { inChunks } from '../support/heap-builder.js';
import { mutatePacked } from '../support/mutate-packed.js';
import { diceOf } from '../support/mutate-snapshot.js';
import { type PlainHeap, readPlainly } from '../support/plain-reader.js';
import { seededRandom } from '../support/random-heap.js';
import { shrinkSnapshot, toSnapshotText } from '../support/shrink-snapshot.js';
import { toPlain } from './read-ways.js';

const CASES = caseCount(500, 5_000);
const MOST_MS = 5_000;
const SMALL = 40;
const NAME = { quoted: '"case"', shellArgument: 'case' };
const CODES = ['SNAPSHOT_INVALID', 'SNAPSHOT_TRUNCATED'];

const bases = FIXTURE_NAMES.map((name) => {
  const bytes = Buffer.from(toSnapshotText(shrinkSnapshot(fixtureBytes(name).toString(), SMALL)));
  return { bytes, heap: readPlainly(bytes) };
});
const sums = { cases: 0, read: 0, refused: 0 };

afterAll(() => countResult('damaged packed files', sums));

/** The result of reading, or the one sentence that refuses it. */
async function read(bytes: Buffer, pieces: number): Promise<PlainHeap | string> {
  try {
    return toPlain(await readSnapshot(unpack(inChunks(bytes, pieces), NAME), { name: 'case' }));
  } catch (error) {
    if (!(error instanceof ShowBackrefError) || !CODES.includes(error.code)) throw error;
    if (!/^"case" .{8,400}$/.test(error.message)) throw new Error(`says "${error.message}"`);
    return error.message;
  }
}

/** A sentence about what is wrong with how a case is read; null if it is right. */
async function findFault(seed: number): Promise<string | null> {
  const dice = diceOf(seededRandom(seed));
  const { bytes, heap } = dice.pick(bases);
  const made = mutatePacked(bytes, dice);
  const start = performance.now();
  const whole = await read(made.bytes, 1 << 20);
  const inPieces = await read(made.bytes, 1 + dice.below(300));
  sums.cases++;
  const fault = (words: string) => `case ${seed} (${made.what}): ${words}`;
  if (performance.now() - start > MOST_MS) return fault('takes too long');
  if (typeof whole === 'string') {
    sums.refused++;
    if (made.isSound) return fault(`refuses what is sound: ${whole}`);
    return typeof inPieces === 'string' ? null : fault(`reads in pieces what it refuses: ${whole}`);
  }
  sums.read++;
  if (!isDeepStrictEqual(whole, heap)) return fault('reads something else');
  return isDeepStrictEqual(inPieces, heap) ? null : fault(`in pieces: ${inPieces}`);
}

describe('a packed file that is damaged', () => {
  test(`is read right or refused in a sentence: ${CASES} cases`, {
    timeout: 30_000 + CASES * 50,
  }, async () => {
    const faults: string[] = [];
    for (let seed = 1; seed <= CASES && faults.length < 20; seed++) {
      sayProgress(seed, CASES);
      const fault = await findFault(seed).catch((error: Error) => `case ${seed}: ${error.stack}`);
      if (fault !== null) faults.push(fault);
    }
    expect(faults).toEqual([]);
    expect(sums.read).toBeGreaterThan(CASES / 10);
    expect(sums.refused).toBeGreaterThan(CASES / 5);
  });
});
