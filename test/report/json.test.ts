import { describe, expect, it } from 'vitest';
import { toJson } from '../../src/report/json.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from './build-subgraph.js';
import { HOSTILE_STRINGS } from './hostile-strings.js';

describe('toJson', () => {
  it('writes the seed as the documented schema', async () => {
    await expect(toJson(seedSubgraph())).toMatchFileSnapshot('../golden/report/seed.json');
  });

  it('has exactly the documented keys, in order, whatever the subgraph carries along', () => {
    const graph = { ...seedSubgraph(), secret: 1, masked: 3 };
    const document = JSON.parse(toJson(graph));
    expect(Object.keys(document).join()).toBe(
      'schema,command,source,targets,nodes,edges,limits,masked',
    );
    expect(Object.keys(document.nodes[0]).join()).toBe(
      'id,type,name,label,preview,location,shallowSize,retainedSize,distance,depth,role,omitted,is',
    );
    expect(Object.keys(document.edges[0]).join()).toBe('from,to,type,name,label,weak,means');
  });

  it('marks only highlighted nodes as highlighted', () => {
    const nodes: { id: string; highlighted?: true }[] = JSON.parse(toJson(richSubgraph())).nodes;
    expect(nodes.filter((one) => 'highlighted' in one).map(({ id }) => id)).toEqual(['@3']);
  });

  it('says what nodes are and references mean, and why a path ends, if that is known', () => {
    const plain = JSON.parse(toJson(richSubgraph()));
    expect(plain.nodes[0].is).toEqual({ kind: 'object', name: 'Session' });
    expect(plain.nodes[0]).not.toHaveProperty('state');
    const lost = node('T @1', { role: 'target', state: 'partly-unreachable', unreachable: 2 });
    const document = JSON.parse(
      toJson(subgraph([lost], [edge('@1', '@1', 'listener "end" (once)')])),
    );
    expect(document.nodes[0]).toMatchObject({ state: 'partly-unreachable', unreachable: 2 });
    expect(document.edges[0].means).toEqual({
      kind: 'listener',
      event: { type: 'text', text: 'end' },
      once: true,
    });
  });

  it('ends with a newline and is indented by two', () => {
    expect(toJson(seedSubgraph())).toMatch(
      /^\{\n {2}"schema": "showbackref\/graph@1",\n[\s\S]*\}\n$/,
    );
  });

  it.each(HOSTILE_STRINGS)('gives %j back unchanged from printable text', (text) => {
    const graph = subgraph([node('T', { id: '@1', label: text })], [edge('@1', '@1', text)]);
    const json = toJson(graph);
    const document = JSON.parse(json);
    expect(document.nodes[0].label).toBe(text);
    expect(document.edges[0].label).toBe(text);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u);
  });
});
