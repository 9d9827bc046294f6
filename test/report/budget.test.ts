import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { countTokens } from '../../src/report/budget/count-tokens.js';
import { fitDocument } from '../../src/report/budget/fit-document.js';
import { type Abridged, fitGraph } from '../../src/report/budget/fit-graph.js';
import { fitTables } from '../../src/report/budget/fit-tables.js';
import { rankNodes } from '../../src/report/budget/rank-nodes.js';
import { reduceGraph } from '../../src/report/budget/reduce-graph.js';
import { findFormat, type Renderer } from '../../src/report/formats.js';
import { number, type Table, text } from '../../src/report/tables/table.js';
import { toTextTables } from '../../src/report/tables/to-text-table.js';
import { seeds } from '../support/cases.js';
import { checkMarkdown, checkPlainText } from '../support/check-output.js';
import { seededRandom } from '../support/random-heap.js';
import { randomSubgraph } from '../support/random-subgraph.js';
import { edge, node, subgraph } from './build-subgraph.js';

const ASKER = { door: 'shell', source: 'a.heapsnapshot', isLive: false, tokens: 500 } as const;
/** Text needs no drawing. */
const NO_RENDERER = {} as Renderer;
const CHECKS: Readonly<Record<string, (output: string) => unknown>> = {
  txt: checkPlainText,
  md: checkMarkdown,
  json: (document) => JSON.parse(document),
};

function fitted(picture: Subgraph, format: string, tokens: number): Promise<string> {
  const write = async (part: Subgraph, abridged: Abridged) =>
    String(await findFormat(format)?.write(part, { legend: false, abridged }, NO_RENDERER));
  return fitGraph(picture, { tokens, asker: { ...ASKER, tokens } }, { format, write });
}

describe('tokens', () => {
  test.each([
    ['', 0],
    ['held by nothing', 4],
    ['@123456', 4],
    ['├─ .a ← Map', 7],
  ])('%j takes %i at most', (words, tokens) => {
    expect(countTokens(words)).toBe(tokens);
  });
});

describe('a picture in so many tokens', () => {
  test('is never larger, and valid, whatever is in it', async () => {
    for (const seed of seeds(40, 8)) {
      const picture = randomSubgraph(seed);
      for (const format of ['txt', 'md', 'json']) {
        for (const tokens of [200, 600, 2000]) {
          const output = await fitted(picture, format, tokens);
          expect(countTokens(output), `seed ${seed}, ${format}`).toBeLessThanOrEqual(tokens);
          // where only its first lines are left, headings are missing
          if (!output.includes('Cut by the budget')) CHECKS[format]?.(output);
        }
      }
    }
  });

  test('counts truly what is left out, however few nodes are kept', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const full = heldByMany(seed);
      const ranked = rankNodes(full);
      const drawn = (picture: Subgraph) =>
        picture.nodes.filter(({ role }) => role !== 'more').length;
      for (let keep = 1; keep <= ranked.order.length; keep++) {
        const part = reduceGraph(full, ranked, keep);
        expect(drawn(part) + (part.budget?.objects ?? 0)).toBe(drawn(full));
        const ids = new Set(part.nodes.map(({ id }) => id));
        expect(part.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
        expect(ids.size).toBe(part.nodes.length);
      }
    }
  });

  test('the target and its way to a root stay, the others are counted beside it', async () => {
    const full = heldByMany(7);
    const output = await fitted(full, 'txt', 320);
    expect(output).toContain('Session @1');
    expect(output).toContain('globalThis');
    expect(output).toMatch(/\d+ more: \d+ Other/);
    expect(output).toMatch(/Cut by --budget: \d+ nodes and \d+ references; raise it to see more\./);
    expect(output.trimEnd().split('\n').at(-1)).toBe(
      "Next: showbackref a.heapsnapshot --target @1 --cut '@100->@1' --format txt --budget 320 (would it be freed without that reference?)",
    );
  });

  test('of a long way both ends stay, and the number of objects between them', () => {
    const length = 30;
    const steps = Array.from({ length }, (_, at) => node(`Step @${at + 2}`, { depth: at + 1 }));
    const root = node('globalThis', { id: '@99', role: 'root', type: 'object', depth: length + 1 });
    const ids = ['@1', ...steps.map(({ id }) => id), '@99'];
    const full = subgraph(
      [node('Session @1', { role: 'target' }), ...steps, root],
      ids.slice(1).map((id, at) => edge(id, ids[at] ?? '', '.next')),
      { targets: ['@1'] },
    );
    const part = reduceGraph(full, rankNodes(full), 6);
    const kept = part.nodes.filter(({ role }) => role !== 'more').map(({ id }) => id);
    expect(kept).toEqual(['@1', '@2', '@3', '@30', '@31', '@99']);
    const [gap] = part.nodes.filter(({ role }) => role === 'more');
    expect(gap?.omitted).toEqual({ count: 26, classes: [{ name: 'Step', count: 26 }] });
    expect(part.edges.filter(({ type }) => type === 'more')).toHaveLength(2);
  });

  test('what fits is whole', async () => {
    const small = subgraph([node('Session @1', { role: 'target' })], [], { targets: ['@1'] });
    const output = await fitted(small, 'txt', 500);
    expect(output).not.toContain('Cut by');
    expect(output).toContain('Session @1');
  });
});

describe('tables in so many tokens', () => {
  const table: Table = {
    title: 'Classes',
    columns: [text('class'), number('count')],
    rows: Array.from({ length: 200 }, (_, at) => [`Class${at}`, String(200 - at)]),
    notes: ['First sentence.', 'Second sentence.', 'Third sentence.', 'Last sentence.'],
  };
  const detail: Table = { ...table, title: 'Details', isDetail: true };

  test.each([200, 300, 500, 900, 3000])('%i: lines are whole and the counts true', async (most) => {
    const output = await fitTables([detail, table], most, (tables) => toTextTables(tables));
    expect(countTokens(output)).toBeLessThanOrEqual(most);
    const lines = output.split('\n');
    const rows = lines.filter((line) => line.startsWith('Class') && line !== 'Classes').length;
    const [, left = '0'] = /(\d+) more rows?/.exec(output) ?? [];
    expect(lines.filter((line) => line.startsWith('class'))).not.toEqual([]);
    expect(rows + Number(left)).toBe(400);
    expect(output).toContain('First sentence.');
    expect(output).toContain('Last sentence.');
  });

  test('a document loses the end of its last list first, and says how much', async () => {
    const document = {
      schema: 'showbackref/leaks@1',
      suspects: [{ rank: 1 }, { rank: 2 }],
      alsoGrew: Array.from({ length: 300 }, (_, at) => ({ what: `Thing ${at}` })),
      next: ['Next: look'],
    };
    const output = await fitDocument(document, 200);
    expect(countTokens(output)).toBeLessThanOrEqual(200);
    const read = JSON.parse(output);
    expect(read.suspects).toEqual(document.suspects);
    expect(read.next).toEqual(document.next);
    expect(read.alsoGrew.length + read.budget.left.alsoGrew).toBe(300);
    expect(JSON.parse(await fitDocument(document, 60))).toHaveProperty('schema');
  });
});

/** A target held by a way to a root, and by many others. */
function heldByMany(seed: number): Subgraph {
  const random = seededRandom(seed);
  const others = Array.from({ length: 40 }, (_, at) => {
    return node(`Other @${at + 2}`, { depth: 1 + Math.floor(random() * 3) });
  });
  const edges = others.map(({ id }, at) => {
    const held = at < 10 ? '@1' : `@${2 + Math.floor(random() * 10)}`;
    return edge(id, held, '.a', { count: 1 + Math.floor(random() * 5) });
  });
  return subgraph(
    [
      node('Session @1', { role: 'target' }),
      node('Map @100', { depth: 1 }),
      ...others,
      node('globalThis', { id: '@101', role: 'root', depth: 2 }),
    ],
    [edge('@100', '@1', 'Map["k"] →'), ...edges, edge('@101', '@100', '.cache')],
    { targets: ['@1'] },
  );
}
