import { describe, expect, it } from 'vitest';
import { escapeMermaid } from '../../../src/report/mermaid/escape-mermaid.js';
import { isWithinMermaidLimits, toMermaid } from '../../../src/report/mermaid/to-mermaid.js';
import { showInvisible } from '../../../src/util/show-invisible.js';
import { checkMermaid } from '../../support/check-output.js';
import { edge, generatedSubgraph, node, richSubgraph, subgraph } from '../build-subgraph.js';
import { HOSTILE_STRINGS } from '../hostile-strings.js';

describe('toMermaid', () => {
  it('writes one of everything', async () => {
    const text = toMermaid(richSubgraph());
    await expect(text).toMatchFileSnapshot('../../golden/report/rich.mmd');
    checkMermaid(text);
  });

  it('takes the colours of the theme', () => {
    expect(toMermaid(richSubgraph(), { theme: 'dark' })).toContain('classDef target fill:#0d1117');
  });

  it.each(HOSTILE_STRINGS)('keeps %j text', (text) => {
    const nodes = (['target', 'holder', 'root', 'more'] as const).map((role) =>
      node(text, { id: role, role, preview: text }),
    );
    const mermaid = toMermaid(subgraph(nodes, [edge('root', 'target', text)]));
    checkMermaid(mermaid);
    expect(mermaid.trimEnd().split('\n')).toHaveLength(1 + 4 + 1 + 5);
  });

  it('knows what others refuse to draw', () => {
    const isSmall = (nodes: number, edges: number) => {
      const graph = generatedSubgraph(nodes, edges);
      return isWithinMermaidLimits(toMermaid(graph), graph);
    };
    expect([isSmall(50, 500), isSmall(50, 501), isSmall(900, 400)]).toEqual([true, false, false]);
  });
});

describe('escapeMermaid', () => {
  it.each(HOSTILE_STRINGS)('can be read back: %j', (text) => {
    const escaped = escapeMermaid(text, 300);
    const decoded = escaped.replace(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(decoded.replaceAll('\u2060', '')).toBe(showInvisible(text));
  });

  it('breaks up what is looked for after decoding', () => {
    expect(escapeMermaid('\\n', 9)).toBe('#92;#8288;n');
    expect(escapeMermaid('fa:fa-car $$x$$', 99)).toBe(
      'fa#58;#8288;fa#45;car #36;#8288;#36;x#36;#8288;#36;',
    );
  });
});
