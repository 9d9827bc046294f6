import { gunzipSync, gzipSync } from 'node:zlib';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTree } from '../../src/answer/leaks/parse-tree.js';
import {
  type LeaksAnswer,
  type SavedMoment,
  searchLeaks,
} from '../../src/answer/leaks/search-leaks.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import { ShowBackrefError } from '../../src/errors.js';
import { Redactor } from '../../src/redact/redactor.js';
import { renderPng } from '../../src/render/png.js';
import { outputFormats, type Renderer } from '../../src/report/formats.js';
import { tableFormats } from '../../src/report/tables/table-formats.js';
import type { Moment } from '../../src/source/opened-source.js';
import { checkHtml, checkPlainText, checkSvg } from '../support/check-output.js';
import { caseCount, countResult, sayProgress } from '../support/count-result.js';
import { type HeapBuilder, inChunks } from '../support/heap-builder.js';
import { hostileMoment } from '../support/hostile-moments.js';
import { type Dice, diceOf } from '../support/mutate-snapshot.js';
import { seededRandom } from '../support/random-heap.js';

const SERIES = caseCount(40, 2_000);
/** Of a machine with other work; some take a second alone. */
const MOST_MS = 30_000;
/** Every how many-th answer is drawn, too. */
const DRAWN = 10;
const sums = { series: 0, moments: 0, suspects: 0, pictures: 0, refused: 0 };

afterAll(() => countResult('leaks in hostile heaps that do not belong together', sums));

let renderer: Renderer;

beforeAll(async () => {
  const graphviz = await Graphviz.load();
  const svg = async (dot: string) => graphviz.layout(dot, 'svg', 'dot');
  const png = async (dot: string) => (await renderPng(await svg(dot), { scale: 1 })).bytes;
  renderer = { svg, png, pdf: png };
});

describe('leaks of hostile heaps', { timeout: 60_000 + SERIES * 5_000 }, () => {
  test(`${SERIES} series of 1 to 5 moments, in every format`, async () => {
    for (let seed = 1; seed <= SERIES; seed++) {
      sayProgress(seed, SERIES);
      const dice = diceOf(seededRandom(seed));
      const before = performance.now();
      try {
        await check(dice, seed);
      } catch (cause) {
        throw new Error(`seed ${seed}: ${(cause as Error).message}`, { cause });
      }
      expect(performance.now() - before, `seed ${seed}`).toBeLessThan(MOST_MS);
      sums.series++;
    }
  });

  test('a damaged tree is refused in one sentence', async () => {
    for (let seed = 1; seed <= SERIES; seed++) {
      const dice = diceOf(seededRandom(seed));
      const trees: Uint8Array[] = [];
      await look([hostileMoment(dice, 0)], trees);
      const text = [...gunzipSync(trees[0] ?? new Uint8Array())];
      for (let n = 1 + dice.below(4); n > 0; n--) text[dice.below(text.length)] = dice.below(256);
      const cut = dice.below(4) === 0 ? dice.below(text.length) : text.length;
      const packed = gzipSync(Uint8Array.from(text.slice(0, cut)));
      try {
        const tree = parseTree(packed, 'saved');
        await look([{ label: 'saved', tree }, hostileMoment(dice, 1)], []);
      } catch (error) {
        if (!(error instanceof ShowBackrefError)) throw new Error(`seed ${seed}`, { cause: error });
        sums.refused++;
      }
    }
  });
});

/** One process, several, or a mixture; the last look may follow saved trees. */
async function check(dice: Dice, seed: number): Promise<void> {
  const isOne = dice.below(2) === 0;
  const heaps = Array.from({ length: 1 + dice.below(5) }, (_, moment) => {
    return hostileMoment(isOne ? diceOf(seededRandom(seed)) : dice, moment);
  });
  const trees: Uint8Array[] = [];
  const answer = await look(heaps, trees);
  expectSound(answer, heaps.length);
  await writeAll(answer, seed);
  if (heaps.length < 2) return;
  // what is left of the moments before says the same of them
  const saved: Uint8Array[] = [];
  await look(heaps.slice(0, -1), saved);
  const tree = parseTree(saved[0] ?? new Uint8Array(), 'saved');
  const again = await look([{ label: 'saved', tree }, heaps.at(-1) as HeapBuilder], []);
  expect(again.document.suspects.length, 'of a tree').toBeLessThanOrEqual(1_000);
}

async function look(
  heaps: readonly (HeapBuilder | SavedMoment)[],
  trees: Uint8Array[],
): Promise<LeaksAnswer> {
  sums.moments += heaps.length;
  return searchLeaks(
    {
      moments: momentsOf(heaps),
      isLive: false,
      saveTree: null,
      onTree: (packed) => trees.push(packed),
      lastTyped: 'last.heapsnapshot',
      redactor: new Redactor('secrets'),
      isKnownNamed: true,
      draw: 'all',
      spelling: 'flags',
    },
    PLAIN_WORK,
  );
}

async function* momentsOf(
  heaps: readonly (HeapBuilder | SavedMoment)[],
): AsyncGenerator<Moment | SavedMoment> {
  for (const [at, heap] of heaps.entries()) {
    if ('tree' in heap) {
      yield heap;
      continue;
    }
    const bytes = inChunks(heap.bytes(), 65_536);
    const close = async () => undefined;
    yield {
      label: `${at}.heapsnapshot`,
      source: { kind: 'snapshot', name: `${at}`, bytes, live: null, close },
    };
  }
}

function expectSound({ document }: LeaksAnswer, moments: number): void {
  expect(document.moments).toHaveLength(moments);
  for (const suspect of document.suspects) {
    sums.suspects++;
    expect(suspect.counts).toHaveLength(moments);
    const numbers = [...suspect.counts, suspect.bytes, suspect.exclusiveBytes];
    expect(numbers.every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
    expect(suspect.exclusiveBytes).toBeLessThanOrEqual(suspect.bytes);
    expect(suspect.fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(suspect.holder.label.length).toBeLessThan(2_000);
    if (suspect.evidence === 'leak') expect(moments).toBeGreaterThanOrEqual(3);
    if (suspect.evidence === 'size') expect(moments).toBe(1);
  }
}

async function writeAll({ report, drawings }: LeaksAnswer, seed: number): Promise<void> {
  for (const { name, write } of tableFormats) {
    const text = write(report);
    if (name === 'json') JSON.parse(text);
    else checkPlainText(text);
    if (name === 'md') expect(text).not.toMatch(/<(?!br>|\/?code>|\/?span>)/);
  }
  const [first] = drawings.values();
  if (first === undefined) return;
  for (const { name, kind, write } of outputFormats) {
    if (name === 'pdf' || (kind !== 'text' && seed % DRAWN !== 0)) continue;
    const output = await write(
      first.subgraph,
      { legend: true, notes: first.notes.map(String) },
      renderer,
    );
    sums.pictures++;
    if (name === 'svg') checkSvg(String(output));
    if (name === 'html') checkHtml(String(output));
    if (name === 'txt') checkPlainText(String(output));
  }
}
