import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { readGraphvizSvg } from '../../../src/render/graphviz-svg.js';
import { renderSvg } from '../../../src/render/svg.js';
import { toDot } from '../../../src/report/dot/to-dot.js';
import { describeEdge } from '../../../src/report/node-details.js';
import { caseCount } from '../../support/cases.js';
import { fixtureFile } from '../../support/fixtures.js';
import { heapOf } from '../../support/heap-of.js';

/** At 100 %: a PNG has two pixels for each of these. */
const PAGE = { width: 1600, height: 1200 };

/** Real leaks, with the arrow that a maintainer has to see. */
const LEAKS = [
  {
    leak: 'observers-of-mobx',
    target: 'class:BasketRequest',
    boxes: 10,
    blamed: [
      'module driver.js -shopSettings.$mobx.values.currency.observers-> Array, holds 123 of 123',
      'Array, holds 123 of 123 =[*] x 123=> Reaction x 123',
    ],
  },
  {
    leak: 'listener-of-i18next',
    target: 'class:RequestLocale',
    boxes: 5,
    blamed: [
      'module next-i18next/dist/commonjs/createClient/node.js -instance-> I18n x 123',
      'I18n x 123 -.translator.observers["*"][0] › _this8 x 122-> I18n x 123',
    ],
  },
  {
    leak: 'timer-of-react-query',
    target: 'class:ProfileResponse',
    boxes: 8,
    blamed: ['timers, holds 123 of 123 =timer 300000 ms x 123=> Timeout x 123'],
  },
  {
    leak: 'instances-of-side-effect',
    target: 'class:ArticleBody',
    boxes: 11,
    blamed: [
      'module driver.js -DocumentTitle › scope › outer scope › mountedInstances-> Array, holds 123 of 123',
      'Array, holds 123 of 123 =[*] x 123=> SideEffect x 123',
    ],
  },
  {
    leak: 'children-of-module',
    target: 'class:PriceTable',
    boxes: 7,
    blamed: ['Array, holds 123 of 123 =[*] x 123=> Module x 123'],
  },
] as const;

function arrows({ nodes, edges }: Subgraph): readonly string[] {
  const names = new Map(
    nodes.map(({ id, label, holds }) => {
      const share = holds === undefined ? '' : `, holds ${holds.count} of ${holds.of}`;
      return [id, label.replace(/ @\d+$/, '') + share];
    }),
  );
  return edges.map((edge) => {
    const label = describeEdge(edge);
    const arrow = edge.holds === undefined ? `-${label}->` : `=${label}=>`;
    return `${names.get(edge.from)} ${arrow} ${names.get(edge.to)}`;
  });
}

describe('the picture of a real leak', () => {
  // the layout of each takes a second
  test.each(LEAKS.slice(0, caseCount(LEAKS.length, 2)))(
    '$leak fits on a page and shows what holds everything',
    async (leak) => {
      const heap = await heapOf(fixtureFile(`leaks/${leak.leak}.heapsnapshot.gz`));
      const { subgraph } = heap.backrefs([leak.target]);
      expect(arrows(subgraph)).toEqual(expect.arrayContaining([...leak.blamed]));
      expect(subgraph.nodes.length).toBe(leak.boxes);
      const svg = await renderSvg(toDot(subgraph, { legend: true }));
      const { width, height } = readGraphvizSvg(svg);
      expect(width).toBeLessThanOrEqual(PAGE.width);
      expect(height).toBeLessThanOrEqual(PAGE.height);
    },
  );
});
