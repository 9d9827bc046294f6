import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { LocatedHeap } from '../../src/answer/heap.js';
import { readHeap } from '../../src/answer/load-heap.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { ShowBackrefError } from '../../src/errors.js';
import { unpack } from '../../src/source/file/compression.js';
import { caseCount, countResult } from '../support/count-result.js';
import { type HeapBuilder, inChunks } from '../support/heap-builder.js';
import { type Dice, diceOf } from '../support/mutate-snapshot.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';

const CASES = caseCount(1_000, 10_000);
const MOST_MS = 5_000;
const PARTS = [
  ...[
    '@',
    'class:',
    'fn:',
    'string:',
    'var:',
    'global:',
    'largest',
    'detached',
    '/',
    '.',
    '[',
    ']',
  ],
  ...['"', "'", '\\', '(', ')', '*', '+', '?', '{', '}', '|', '^', '$', '0', '1', '99999999999'],
  ...[
    '-1',
    'N1',
    'N2',
    'e1',
    'global',
    'x',
    'é',
    '💥',
    '\u0000',
    '\u001b[31m',
    '\n',
    ' ',
    '(a+)+$',
  ],
  ...['__proto__', 'constructor', 'toString', '<script>', '../../etc/passwd', '%s'],
];
const sums = { cases: 0, answered: 0, refused: 0 };

afterAll(() => countResult('targets of all kinds', sums));

async function open(heap: HeapBuilder, packed: boolean): Promise<LocatedHeap> {
  const bytes = packed ? gzipSync(heap.bytes()) : heap.bytes();
  const chunks = unpack(inChunks(bytes, 4096), { quoted: '"case"', shellArgument: 'case' });
  const close = async () => undefined;
  const source = { kind: 'snapshot', name: 'case', bytes: chunks, live: null, close } as const;
  return (await readHeap(source, PLAIN_WORK)).heap;
}

function targetOf(heap: HeapBuilder, dice: Dice): string {
  const node = dice.pick(heap.nodes);
  const real = dice.pick([`@${node.id}`, `class:${node.name}`, node.name, `global:${node.name}`]);
  const made = Array.from({ length: dice.below(5) }, () => dice.pick(PARTS)).join('');
  return dice.pick([real, made, `${real}${made}`, made.repeat(200)]);
}

/** A sentence about what is wrong with an answer; null if it is right. */
function faultOf(heap: LocatedHeap, built: HeapBuilder, target: string, dice: Dice): string | null {
  const start = performance.now();
  try {
    const options = {
      all: dice.pick([true, false]),
      nth: dice.pick([null, 1]),
      depth: dice.below(4),
    };
    const { nodes, edges, targets } = heap.backrefs(target, options).subgraph;
    sums.answered++;
    const ids = new Set(nodes.map(({ id }) => id));
    if (targets.length === 0) return 'answers without a target';
    if (!edges.every(({ from, to }) => ids.has(from) && ids.has(to))) return 'draws loose ends';
    const known = new Set(built.nodes.map(({ id }) => `@${id}`));
    const strange = targets.find((id) => !known.has(id));
    if (strange !== undefined) return `answers for ${strange}, which is not in the heap`;
  } catch (error) {
    sums.refused++;
    if (!(error instanceof ShowBackrefError)) throw error;
    if (/\n/.test(error.message.replaceAll(target, ''))) return `says "${error.message}"`;
  }
  return performance.now() - start > MOST_MS ? 'takes too long' : null;
}

describe('whatever is typed for a target', () => {
  test(`there is an answer or a sentence: ${CASES} cases`, {
    timeout: 30_000 + CASES * 50,
  }, async () => {
    const faults: string[] = [];
    for (let seed = 1; sums.cases < CASES; seed++) {
      const dice = diceOf(seededRandom(seed));
      const built = randomHeap(seed);
      const heap = await open(built, seed % 2 === 0);
      for (let i = 0; i < 10; i++, sums.cases++) {
        const target = targetOf(built, dice);
        const fault = faultOf(heap, built, target, dice);
        if (fault !== null) faults.push(`heap ${seed}, ${JSON.stringify(target)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(sums.answered).toBeGreaterThan(CASES / 10);
    expect(sums.refused).toBeGreaterThan(CASES / 10);
  });
});
