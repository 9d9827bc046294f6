import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { caseCount, countResult } from '../support/count-result.js';
import { programFile } from '../support/running-program.js';
import { type ShapeName, shapeText } from '../support/shapes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);
/** The number of objects of the larger of two heaps. */
const N = caseCount(20_000, 1_000_000);
/**
 * True in a full run: in a usual run the noise of a busy machine is larger than the measured time.
 */
const IS_FULL = N >= 1_000_000;
const MOST_GROWTH = 2.6;
const MOST_MS_PER_OBJECT = 0.1;
const MOST_BYTES = 2_000_000;

const SHAPES: readonly ShapeName[] = IS_FULL
  ? ['list', 'doubly linked list', 'tree', 'ring', 'ladder', 'star', 'map', 'bipartite']
  : ['list', 'star'];

type Question = readonly [name: string, ...words: string[]];

function questionsFor(last: string): readonly Question[] {
  return [
    ['holders of all', 'backrefs', 'class:Item'],
    ['way to the last', 'chain', last],
    ['ways to the last', 'chain', last, '{"paths":3}'],
  ];
}

interface Asked {
  readonly ms: number;
  readonly mb: number;
  readonly bytes: number;
}

/** Asks three times and takes the median time: garbage is collected at arbitrary times. */
async function askThrice(file: string, words: readonly string[]): Promise<Asked> {
  const asked: Asked[] = [];
  for (let time = 0; time < (IS_FULL ? 3 : 1); time++) asked.push(await ask(file, words));
  asked.sort((a, b) => a.ms - b.ms);
  return asked[asked.length >> 1] as Asked;
}

async function ask(file: string, words: readonly string[]): Promise<Asked> {
  const { stdout } = await run(process.execPath, [programFile('asks.mjs'), file, ...words]);
  return JSON.parse(stdout) as Asked;
}

const sums = { questions: 0 };
const most = { growth: 0, seconds: 0, memory: 0 };

afterAll(() => {
  countResult(
    `questions to heaps of ${N.toLocaleString('en')} objects in ${SHAPES.length} shapes`,
    {
      ...sums,
      'most seconds of the processor': Math.round(most.seconds),
      'most time of twice as much, in %': Math.round(100 * most.growth),
      'most memory, in % of that of types': Math.round(100 * most.memory),
    },
  );
});

describe.each(SHAPES)('%s', (shape) => {
  test('is answered in time and memory that grow as it does', async () => {
    const folder = temporaryFolder();
    const [half, whole] = [N / 2, N].map((n) => {
      const file = join(folder, `${n}.heapsnapshot`);
      const text = shapeText(shape, n);
      writeFileSync(file, text);
      const [, nodes = '0'] = /"node_count":(\d+)/.exec(text.toString('latin1', 0, 4000)) ?? [];
      return { file, last: `@${2 * Number(nodes) - 1}` };
    }) as [Heap, Heap];
    const types = await ask(whole.file, ['types']);
    for (const [index, [name, ...words]] of questionsFor(whole.last).entries()) {
      const [, ...smaller] = questionsFor(half.last)[index] as Question;
      const small = await askThrice(half.file, smaller);
      const large = await askThrice(whole.file, words);
      sums.questions++;
      most.growth = Math.max(most.growth, large.ms / small.ms);
      most.seconds = Math.max(most.seconds, large.ms / 1000);
      most.memory = Math.max(most.memory, large.mb / types.mb);
      expect(large.bytes, name).toBeLessThan(MOST_BYTES);
      expect(large.ms, name).toBeLessThan(MOST_MS_PER_OBJECT * N + 10_000);
      // short times are mostly those of code that is not compiled yet
      if (IS_FULL) expect(large.ms / small.ms, name).toBeLessThan(MOST_GROWTH);
    }
  }, 1_200_000);
});

interface Heap {
  readonly file: string;
  readonly last: string;
}
