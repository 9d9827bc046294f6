import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderPdf } from '../../src/render/pdf.js';
import { renderPng } from '../../src/render/png.js';
import { outputFormats, type Renderer } from '../../src/report/formats.js';
import { caseCount } from '../support/cases.js';
import {
  checkHtml,
  checkMarkdown,
  checkMermaid,
  checkPdf,
  checkPlainText,
  checkSvg,
} from '../support/check-output.js';
import { NO_PDFKIT } from '../support/pdfkit.js';
import { seededRandom } from '../support/random-heap.js';
import { randomSubgraph, randomText } from '../support/random-subgraph.js';

/** `npm run test:fuzz` takes 2000 of either. */
const WRITTEN = Number(process.env.FUZZ_GRAPHS ?? caseCount(300));
const DRAWN = Number(process.env.FUZZ_GRAPHS ?? caseCount(25));

let graphviz: Graphviz;

beforeAll(async () => {
  graphviz = await Graphviz.load();
});

/** Draws with Graphviz without a separate thread for each picture. */
const svg = async (dot: string) => graphviz.layout(dot, 'svg', 'dot');
const RENDERER: Renderer = {
  svg,
  png: async (dot) => (await renderPng(await svg(dot), { scale: 1 })).bytes,
  pdf: async (dot) => renderPdf(await svg(dot)),
};

const CHECKS: Readonly<Record<string, (output: never) => unknown>> = {
  png: (bytes: Uint8Array) => expect(Buffer.from(bytes.subarray(1, 4)).toString()).toBe('PNG'),
  svg: checkSvg,
  pdf: checkPdf,
  html: checkHtml,
  md: checkMarkdown,
  txt: checkPlainText,
  json: (text: string) => JSON.parse(text),
  dot: checkPlainText,
  mmd: checkMermaid,
};

async function write(seed: number, kinds: readonly string[]): Promise<void> {
  const subgraph = randomSubgraph(seed);
  const random = seededRandom(seed);
  const [title, note] = [randomText(random), randomText(random)];
  const options = { legend: seed % 3 !== 0, title, notes: [note], command: randomText(random) };
  for (const { name, kind, write: writeFormat } of outputFormats) {
    // if pdfkit is missing, test/render/pdf.test.ts says so
    if (!kinds.includes(kind) || (name === 'pdf' && NO_PDFKIT !== null)) continue;
    try {
      const output = await writeFormat(subgraph, options, RENDERER);
      CHECKS[name]?.(output as never);
    } catch (cause) {
      throw new Error(`seed ${seed}, format ${name}: ${(cause as Error).message}`, { cause });
    }
  }
}

describe('random graphs of hostile text', () => {
  test(
    `${WRITTEN} as text, in every format of that kind`,
    async () => {
      for (let seed = 1; seed <= WRITTEN; seed++) await write(seed, ['text']);
    },
    60_000 + WRITTEN * 1000,
  );

  test(
    `${DRAWN} as pictures and pages`,
    async () => {
      for (let seed = 1; seed <= DRAWN; seed++) await write(seed, ['picture', 'page']);
    },
    60_000 + DRAWN * 1000,
  );

  test('every format is checked', () => {
    expect(Object.keys(CHECKS).sort()).toEqual(outputFormats.map(({ name }) => name).sort());
  });
});
