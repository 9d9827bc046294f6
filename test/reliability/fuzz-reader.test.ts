import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFacts } from '../../src/answer/load-heap.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { OpenedSource } from '../../src/source/opened-source.js';
import { InvariantChecker } from '../collect/invariants.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { FIXTURE_NAMES, fixtureBytes } from '../support/fixtures.js';
import { inChunks } from '../support/heap-builder.js';
import {
  type Dice,
  diceOf,
  type MutatedSnapshot,
  mutateSnapshot,
} from '../support/mutate-snapshot.js';
import { type PlainHeap, readPlainly } from '../support/plain-reader.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';
import { type SnapshotModel, shrinkSnapshot, toSnapshotText } from '../support/shrink-snapshot.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { readFromBothEnds, readInChunks, toPlain } from './read-ways.js';

const CASES = caseCount(1_500, 20_000);
/** Far more than a small file takes on a machine that is busy with something else. */
const MOST_MS = 5_000;
const SMALL = 40;
/** One in this many of the cases that can be read is drawn as well. */
const DRAWN_EVERY = 4;
/** A mutation that renames the engine's own parts, so that folding cannot be checked. */
const RENAMES = 'a string less';

/** Messages for what the real reader refuses although the slow one can read it. */
const STRICTER =
  /is not an integer|unexpected "[.eE+]"|does not begin like one|it is UTF-16|section name has no end|(trace_function_count|extra_native_bytes) is not a count/;

const bases: SnapshotModel[] = [];
const sums = { cases: 0, read: 0, refused: 0, bothEnds: 0, drawn: 0 };

beforeAll(() => {
  for (const name of FIXTURE_NAMES) {
    bases.push(shrinkSnapshot(fixtureBytes(name).toString('utf8'), SMALL));
  }
  for (let seed = 1; seed <= 10; seed++) bases.push(JSON.parse(randomHeap(seed).text()));
});

afterAll(() => {
  const { bothEnds, ...others } = sums;
  countResult('damaged files', { ...others, 'from both ends': bothEnds });
});

/** A sentence about what is wrong with how a case is read; null if it is right. */
async function findFault(seed: number): Promise<string | null> {
  const dice = diceOf(seededRandom(seed));
  const made = mutateSnapshot(dice.pick(bases), dice);
  const start = performance.now();
  const whole = await readInChunks(made.bytes, 1 << 20);
  const ms = performance.now() - start;
  if (ms > MOST_MS) return `took ${ms} ms`;
  const inPieces = await readInChunks(made.bytes, 1 + dice.below(40));
  const expected = expectationOf(made);
  sums.cases++;
  if ('refusal' in whole) {
    sums.refused++;
    if (made.isSound) return `refuses what is sound: ${whole.refusal}`;
    if (!('refusal' in inPieces))
      return `reads in pieces what it refuses as a whole: ${whole.refusal}`;
    if (!isSameFault(inPieces.refusal, whole.refusal))
      return `says "${inPieces.refusal}" instead of "${whole.refusal}"`;
    const isStricter = expected === null || STRICTER.test(whole.refusal);
    return isStricter ? null : `refuses what can be read: ${whole.refusal}`;
  }
  sums.read++;
  if (expected === null) return 'reads what is damaged';
  if (seed % DRAWN_EVERY === 0 && !made.mutations.includes(RENAMES)) {
    const [wrong] = await faultsOfPicture(made.bytes, dice);
    if (wrong !== undefined) return `draws something else: ${wrong}`;
  }
  if ('refusal' in inPieces) return `refuses in pieces: ${inPieces.refusal}`;
  if (!isDeepStrictEqual(toPlain(whole.tables), expected)) return 'reads something else';
  if (!isDeepStrictEqual(toPlain(inPieces.tables), expected))
    return 'reads something else in pieces';
  const both = readFromBothEnds(made.bytes, dice.pick([0, 0.3, 0.7]), dice.pick([90, 200, 4096]));
  if (both === null) return null;
  sums.bothEnds++;
  return isDeepStrictEqual(toPlain(both), expected) ? null : 'reads something else from both ends';
}

/** Untrue statements in the picture of any object of this heap. */
async function faultsOfPicture(bytes: Uint8Array, dice: Dice): Promise<readonly string[]> {
  const close = async () => undefined;
  const source = {
    kind: 'snapshot',
    name: 'case',
    bytes: inChunks(bytes, 4096),
    live: null,
    close,
  };
  const facts = await readFacts(source as OpenedSource);
  const target = dice.below(facts.graph.nodeCount) as NodeOrdinal;
  const options = { ...WALK_OPTIONS, depth: dice.below(5), fanIn: 1 + dice.below(4) };
  sums.drawn++;
  return new InvariantChecker(buildHeapView(facts, new FrameIndex([]))).violations(
    [target],
    options,
  );
}

/**
 * Faults that are found at a slightly different place, because whole batches of records are
 * checked, or under another name.
 */
const TOO_MANY = /there are more .* announced/;
const NO_NUMBER = /at byte \d+: (unexpected "-"|"[\d-]+…?" is not an integer)/;

function isSameFault(one: string, other: string): boolean {
  if (one === other || TOO_MANY.test(one) || TOO_MANY.test(other)) return true;
  return NO_NUMBER.test(one) && NO_NUMBER.test(other);
}

/** The result of the slow reader; null if it cannot read the file. */
function expectationOf({ bytes }: MutatedSnapshot): PlainHeap | null {
  try {
    const heap = readPlainly(bytes);
    return heap.nodes.length === 0 ? null : heap;
  } catch {
    return null;
  }
}

function describeCase(seed: number): string {
  const dice = diceOf(seededRandom(seed));
  const { mutations } = mutateSnapshot(dice.pick(bases), dice);
  return `case ${seed} (${mutations.join(', ')})`;
}

async function faultsOf(
  count: number,
  find: (seed: number) => Promise<string | null>,
): Promise<string[]> {
  const faults: string[] = [];
  for (let seed = 1; seed <= count && faults.length < 20; seed++) {
    sayProgress(seed, count);
    const fault = await find(seed).catch((error: Error) => error.stack ?? error.message);
    if (fault !== null) faults.push(`${describeCase(seed)}: ${fault}`);
  }
  return faults;
}

describe('a file that is damaged, odd or hostile', () => {
  test('the bases are sound', () => {
    for (const base of bases) {
      expect(readPlainly(Buffer.from(toSnapshotText(base))).nodes.length).toBeGreaterThan(1);
    }
  });

  test(`is read right or refused in a sentence: ${CASES} cases`, {
    timeout: 30_000 + CASES * 50,
  }, async () => {
    expect(await faultsOf(CASES, findFault)).toEqual([]);
    // neither reader has simply refused everything
    expect(sums.read).toBeGreaterThan(CASES / 5);
    expect(sums.refused).toBeGreaterThan(CASES / 5);
    expect(sums.bothEnds).toBeGreaterThan(CASES / 50);
  });
});
