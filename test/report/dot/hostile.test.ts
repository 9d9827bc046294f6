import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderSvg } from '../../../src/render/svg.js';
import { escapeLabel, escapeLeftLabel, escapeTooltip } from '../../../src/report/dot/escape.js';
import { toDot } from '../../../src/report/dot/to-dot.js';
import { showInvisible } from '../../../src/util/show-invisible.js';
import { truncate } from '../../../src/util/truncate.js';
import { inkWidth } from '../../support/measure-text.js';
import { assertXml, type DrawnElement, readSvg, readTexts } from '../../support/read-svg.js';
import { edge, node, subgraph } from '../build-subgraph.js';
import { HOSTILE_STRINGS } from '../hostile-strings.js';

const MEGABYTE = 'name "\\N" <x> \u202e'.repeat(66_000);
const STRINGS = [...HOSTILE_STRINGS, MEGABYTE];

/**
 * The text as a reader should see it, without blanks at the ends of a line, which are invisible.
 */
function shown(text: string, limit = 60): string {
  return truncate(showInvisible(text), limit).trim();
}

/** Graphviz writes some blanks as U+00A0. */
function seen(text: string | undefined): string {
  return (text ?? '').replaceAll('\u00a0', ' ').trim();
}

/** One node with the text everywhere, held by the node before it by the text. */
function hostileGraph() {
  const nodes = STRINGS.map((text, index) =>
    node(text, { id: `@${index}`, preview: text, ...(index === 0 ? { role: 'target' } : {}) }),
  );
  const edges = nodes.slice(1).map((_, index) => {
    return edge(`@${index + 1}`, '@0', STRINGS[index + 1]!);
  });
  return subgraph(nodes, edges);
}

describe('hostile text through DOT to SVG', () => {
  let svg: string;
  let nodes: Map<string, DrawnElement>;
  let edges: Map<string, DrawnElement>;

  beforeAll(async () => {
    const dot = toDot(hostileGraph(), { legend: true, title: 'x\\" <b> \u0000', notes: STRINGS });
    svg = await renderSvg(dot);
    nodes = readSvg(svg, 'node');
    edges = readSvg(svg, 'edge');
  });

  it('is valid XML with all nodes and edges and nothing else', () => {
    assertXml(svg);
    expect(nodes.size).toBe(STRINGS.length);
    expect(edges.size).toBe(STRINGS.length - 1);
    expect(svg).not.toMatch(/<(?:script|img|image|style|foreignObject)|\shref=|xlink:href=/);
  });

  it.each(STRINGS.map((text, index) => [JSON.stringify(text).slice(0, 60), text, index] as const))(
    'shows %s literally or visibly escaped, in its box',
    (_, text, index) => {
      const drawn = nodes.get(`n${index}`)!;
      expect(seen(drawn.lines[0]?.text)).toBe(shown(text));
      expect(drawn.lines.at(-1)?.text).toBe('16 B');
      const expectedTip = text === '' ? '16 B' : `${text}, ${text}, 16 B`;
      expect(seen(drawn.tooltip)).toBe(shown(expectedTip, 500));
      if (index > 0) expect(seen(edges.get(`e${index - 1}`)?.lines[0]?.text)).toBe(shown(text));
      for (const line of drawn.lines) {
        const free = drawn.right - drawn.left;
        expect(inkWidth(line.text, line.size), line.text).toBeLessThanOrEqual(free);
      }
    },
  );

  it.each(HOSTILE_STRINGS.filter((text) => shown(text, 240).length <= 78))(
    'shows the note %j in the legend',
    (text) => {
      const legend = readTexts(svg.slice(0, svg.indexOf('class="node"')));
      expect(legend.map((line) => seen(line.text))).toContain(shown(text, 240));
    },
  );

  it('shows the title', () => {
    const [title] = readTexts(svg.slice(svg.indexOf('class="cluster"')));
    expect(title?.text).toBe('x\\" <b> \\u0000');
  });
});

describe('the escaper', () => {
  it('keeps a backslash before a letter in a label set to the left', () => {
    expect(escapeLeftLabel(['', 'C:\\new', 'two\nlines'])).toBe(' \\lC:\\\\new\\ltwo\\\\nlines\\l');
  });

  it.each(HOSTILE_STRINGS)('shows %j in a separate legend', async (text) => {
    const graphviz = await Graphviz.load();
    const label = escapeLeftLabel(['', text, 'end']);
    const svg = graphviz.layout(`digraph { label="${label}"; x }`, 'svg', 'dot');
    const lines = readTexts(svg.slice(0, svg.indexOf('class="node"'))).map((line) =>
      seen(line.text),
    );
    expect(lines.filter(Boolean)).toEqual([showInvisible(text).trim(), 'end'].filter(Boolean));
  });

  it('survives every ordered pair as two lines on one Graphviz instance', async () => {
    const graphviz = await Graphviz.load();
    for (const first of HOSTILE_STRINGS) {
      const statements = HOSTILE_STRINGS.map((second, index) => {
        const label = escapeLabel([first, second]);
        return `n${index} [id="n${index}" label="${label}" tooltip="${escapeTooltip(second)}"];`;
      });
      const svg = graphviz.layout(`digraph { ${statements.join('\n')} }`, 'svg', 'nop2');
      const drawn = readSvg(svg, 'node');
      for (const [index, second] of HOSTILE_STRINGS.entries()) {
        const lines = drawn.get(`n${index}`)?.lines.map(({ text }) => seen(text));
        const expected = [first, second].map((text) => showInvisible(text).trim());
        expect(lines?.filter(Boolean)).toEqual(expected.filter(Boolean));
      }
    }
  });

  it('never begins a label with a line break', () => {
    expect(escapeLabel(['', 'x'])).toBe(' \\nx');
    expect(escapeLabel(['', '', ''])).toBe(' \\n\\n');
    expect(escapeLabel(['\n'])).toBe('\\\\n');
  });
});
