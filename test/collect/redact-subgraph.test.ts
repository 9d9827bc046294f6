import { describe, expect, it } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parsePattern } from '../../src/question/pattern.js';
import { renderSvg } from '../../src/render/svg.js';
import { outputFormats, type Renderer } from '../../src/report/formats.js';
import { fragmentsOf, LOOK_ALIKES, SECRETS } from '../redact/corpus.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { collect, frame, type Question } from './draw.js';

const EVERYTHING: Question = { maxNodes: 10_000, fanIn: 10_000 };

/** A heap in which every text is the content of a string and every kind of name there is. */
function heapWith(
  texts: readonly string[],
  fileOf = (text: string) => `/srv/${text}`,
): { heap: HeapBuilder; targets: NodeOrdinal[] } {
  const heap = new HeapBuilder();
  const targets: NodeOrdinal[] = [];
  const map = heap.node('object', 'Map');
  const table = heap.node('array', '', { size: 16 + 8 * (5 + 3 * texts.length) });
  heap.edge(heap.global, 'property', 'map', map).edge(map, 'internal', 'table', table);
  for (const [index, text] of texts.entries()) {
    const content = heap.node('string', text);
    const named = heap.node('object', text);
    const owner = heap.node('object', 'Object');
    const closure = heap.closure(text, {
      file: fileOf(text),
      context: heap.context({ [text]: named }),
    });
    const regexp = heap.node('regexp', text);
    const symbol = heap.node('symbol', 'symbol');
    heap.edge(symbol, 'internal', 'name', heap.node('string', text));
    heap.edge(heap.global, 'property', `p${index}`, owner);
    heap.edge(owner, 'property', 'content', content).edge(owner, 'property', text, named);
    heap.edge(owner, 'property', 'f', closure).edge(owner, 'property', 'r', regexp);
    heap.edge(owner, 'property', `<symbol ${text}>`, regexp);
    heap.edge(table, 'internal', String(5 + 3 * index), content);
    heap.edge(table, 'internal', String(6 + 3 * index), named);
    targets.push(content, named, closure, regexp, owner);
  }
  return { heap, targets };
}

/** Pictures as the SVG they are made of. */
const RENDERER: Renderer = {
  svg: (dot) => renderSvg(dot),
  png: async (dot) => Buffer.from(await renderSvg(dot)),
  pdf: async (dot) => Buffer.from(await renderSvg(dot)),
};

/** The readable text of each output, including characters that Mermaid spells out. */
async function writeAll(subgraph: Subgraph): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>();
  for (const { name, write } of outputFormats) {
    const text = String(await write(subgraph, { legend: true }, RENDERER));
    const spelt = (_: string, code: string) => String.fromCharCode(Number(code));
    outputs.set(name, name === 'mmd' ? text.replace(/#(\d+);/g, spelt) : text);
  }
  return outputs;
}

/**
 * Uncut, cut in the middle by an output that shows 40 or 60 characters of a text, and after an
 * escape.
 */
const PLACES: readonly (readonly [string, (text: string) => string])[] = [
  ['as they are', (text) => text],
  ['where a preview is cut', (text) => `${'x '.repeat(15)}${text}`],
  ['after characters that are escaped', (text) => `"\\\n\t<&> ${text}`],
];

describe('no secret of the corpus is in any byte of any output', () => {
  it.each(PLACES)('%s', async (_, place) => {
    const { heap, targets } = heapWith(SECRETS.map(({ text }) => place(text)));
    const frames = [
      frame('main', Object.fromEntries(SECRETS.map(({ text }, i) => [text, targets[i]!]))),
    ];
    const subgraph = collect(heap, targets, { ...EVERYTHING, frames });
    const fragments = new Set(SECRETS.flatMap(({ secret }) => fragmentsOf(secret)));
    const outputs = await writeAll(subgraph);
    expect([...outputs.keys()]).toEqual(outputFormats.map(({ name }) => name));
    for (const [name, output] of outputs) {
      const found = [...fragments].flatMap((fragment) => {
        const at = output.indexOf(fragment);
        return at < 0 ? [] : [output.slice(Math.max(0, at - 60), at + 40)];
      });
      expect(found, name).toEqual([]);
    }
    expect(subgraph.masked).toBeGreaterThan(50);
  });

  it('the test would detect them', async () => {
    const { heap, targets } = heapWith(SECRETS.map(({ text }) => text));
    const subgraph = collect(heap, targets, { ...EVERYTHING, redact: 'none' });
    expect(subgraph.masked).toBe(0);
    const json = (await writeAll(subgraph)).get('json') ?? '';
    for (const { secret } of SECRETS) {
      expect(
        fragmentsOf(secret).some((fragment) => json.includes(fragment)),
        secret,
      ).toBe(true);
    }
  });

  it('look-alikes stay', async () => {
    // half a name that belongs to nobody looks like one of a user
    const texts = LOOK_ALIKES.filter((text) => !/Users/.test(text));
    const { heap, targets } = heapWith(texts, () => '/srv/app.js');
    const shown = collect(heap, targets, EVERYTHING);
    expect(shown).toEqual(collect(heap, targets, { ...EVERYTHING, redact: 'none' }));
  });
});

/** global ──.config──> Object ──[name]──> string */
function held(name: string, content = 'open sesame'): Subgraph {
  const heap = new HeapBuilder();
  const config = heap.node('object', 'Object');
  const text = heap.node('string', content);
  heap.edge(heap.global, 'property', 'config', config).edge(config, 'property', name, text);
  return collect(heap, text);
}

describe('a secret by its name', () => {
  it.each([
    ...['password', 'dbPassword', 'DB_PASSWORD', 'passwd', 'pwd', 'apiKey', 'x-api-key', 'apikey'],
    ...['authorization', 'Authorization', 'token', 'accessToken', 'refresh_token', 'authtoken'],
    ...['secret', 'clientSecret', 'cookie', 'set-cookie', '#privateKey', 'SECRET_KEY_BASE'],
    ...['awsSecretAccessKey', 'credentials', 'passphrase', 'sessionId', 'auth', 'password2'],
  ])('.%s', (name) => {
    const { nodes, masked } = held(name);
    expect(nodes[0]?.preview).toBe('"<secret 1>"');
    expect(masked).toBe(1);
  });

  it.each([
    ...['tokenizer', 'maxTokens', 'publicKey', 'keyboard', 'secretary', 'passwordField', 'key'],
    ...['isPassword', 'hasToken', 'accessKeyId', 'tokenType', 'cookieName', 'monkey', 'compass'],
  ])('not .%s', (name) => {
    expect(held(name).nodes[0]?.preview).toBe('"open sesame" 11 chars');
  });

  it('shows no length, and nothing at all of an empty text', () => {
    expect(held('password', '').nodes[0]?.preview).toBe('"" 0 chars');
  });

  it('keeps the kind of a secret that is recognised by its form', () => {
    expect(held('token', 'ghp_aB3dE5gH7jK9aB3dE5gH7jK9aB3dE5gH7jK9').nodes[0]?.preview).toBe(
      '"<github token 1>"',
    );
  });

  it('a Map key, a variable, a header before its value, a holder that is not drawn', () => {
    const heap = new HeapBuilder();
    const map = heap.node('object', 'Map');
    const table = heap.node('array', '', { size: 152 });
    const headers = heap.node('object', 'Array');
    const local = heap.node('string', 'local one');
    const texts = ['in a map', 'in a list', 'not drawn'].map((text) => heap.node('string', text));
    heap.edge(heap.global, 'property', 'm', map).edge(map, 'internal', 'table', table);
    heap.edge(table, 'internal', '5', heap.node('string', 'password'));
    heap.edge(table, 'internal', '6', texts[0]!);
    heap.edge(heap.global, 'property', 'headers', headers);
    heap.edge(headers, 'element', 0, heap.node('string', 'Authorization'));
    heap.edge(headers, 'element', 1, texts[1]!);
    heap.edge(heap.global, 'property', 'a', texts[2]!);
    const hidden = heap.node('object', 'Hidden');
    heap.edge(heap.global, 'property', 'h', hidden).edge(hidden, 'property', 'token', texts[2]!);
    const frames = [frame('main', { password: local })];
    const { nodes } = collect(heap, [...texts, local], {
      frames,
      hide: [parsePattern('Hidden')],
    });
    const previews = nodes.slice(0, 4).map(({ preview }) => preview);
    expect(previews).toEqual([1, 2, 3, 4].map((n) => `"<secret ${n}>"`));
  });

  it('a concatenation held under such a name, and both halves', () => {
    // ──.password──> "correct" + "horse"
    const heap = new HeapBuilder();
    const whole = heap.node('concatenated string', 'correcthorse');
    const halves = ['correct', 'horse'].map((text) => heap.node('string', text));
    heap.edge(heap.global, 'property', 'password', whole);
    heap.edge(whole, 'internal', 'first', halves[0]!).edge(whole, 'internal', 'second', halves[1]!);
    const { nodes } = collect(heap, [whole, ...halves]);
    const previews = nodes.slice(0, 3).map(({ preview }) => preview);
    expect(previews).toEqual(['"<secret 1>"', '"<secret 2>"', '"<secret 3>"']);
  });

  it('the name of a function does not count for its variables', () => {
    const heap = new HeapBuilder();
    const text = heap.node('string', 'plain');
    const { nodes } = collect(heap, text, { frames: [frame('getToken', { x: text })] });
    expect(nodes[0]?.preview).toBe('"plain" 5 chars');
  });
});

/** The content line of each text, by the name of what holds it one step up. */
function previewsIn(build: (heap: HeapBuilder) => readonly NodeOrdinal[]): readonly string[] {
  const heap = new HeapBuilder();
  const texts = build(heap);
  const { nodes } = collect(heap, texts, EVERYTHING);
  const ids = texts.map((text) => `@${2 * text + 1}`);
  return ids.map((id) => nodes.find((node) => node.id === id)?.preview ?? '');
}

/** A Map or Set held by a global of that name, with texts as keys or members. */
function collectionNamed(heap: HeapBuilder, kind: 'Map' | 'Set', name: string) {
  const collection = heap.node('object', kind);
  const table = heap.node('array', '', { size: 16 + 8 * 17 });
  heap.edge(heap.global, 'property', name, collection).edge(collection, 'internal', 'table', table);
  return table;
}

describe('one container below a name', () => {
  it.each(['password', 'passwords', 'apiKeys', 'refreshTokens', 'credentials'])(
    'the elements of a list called %s',
    (name) => {
      const previews = previewsIn((heap) => {
        const list = heap.node('object', 'Array');
        const text = heap.node('string', 'open sesame');
        heap.edge(heap.global, 'property', name, list).edge(list, 'element', 0, text);
        return [text];
      });
      expect(previews).toEqual(['"<secret 1>"']);
    },
  );

  it.each(['tokens', 'words', 'passengers', 'keys'])('not those of a list called %s', (name) => {
    const previews = previewsIn((heap) => {
      const list = heap.node('object', 'Array');
      const text = heap.node('string', 'identifier');
      heap.edge(heap.global, 'property', name, list).edge(list, 'element', 0, text);
      return [text];
    });
    expect(previews).toEqual(['"identifier" 10 chars']);
  });

  it('the members of a Set, the keys of a Map of sessions, which are in its labels too', () => {
    const heap = new HeapBuilder();
    const tokens = collectionNamed(heap, 'Set', 'tokens');
    const sessions = collectionNamed(heap, 'Map', 'sessions');
    const texts = ['member one', 'session one'].map((text) => heap.node('string', text));
    const user = heap.node('object', 'User');
    heap.edge(tokens, 'internal', '5', texts[0]!);
    heap.edge(sessions, 'internal', '5', texts[1]!).edge(sessions, 'internal', '6', user);
    const { nodes, edges } = collect(heap, [...texts, user], EVERYTHING);
    expect(nodes.slice(0, 2).map(({ preview }) => preview)).toEqual([
      '"<secret 1>"',
      '"<secret 2>"',
    ]);
    expect(edges.map(({ label }) => label)).toContain('Map["<secret 2>"] →');
  });

  it('but not the keys of a Map of cookies, which are names', () => {
    const heap = new HeapBuilder();
    const cookies = collectionNamed(heap, 'Map', 'cookies');
    const key = heap.node('string', 'theme');
    const value = heap.node('string', 'dark');
    heap.edge(cookies, 'internal', '5', key).edge(cookies, 'internal', '6', value);
    const { nodes } = collect(heap, [key, value], EVERYTHING);
    expect(nodes.slice(0, 2).map(({ preview }) => preview)).toEqual([
      '"theme" 5 chars',
      '"<secret 1>"',
    ]);
  });

  it('a value beside its name, a field of credentials', () => {
    const previews = previewsIn((heap) => {
      const pair = heap.node('object', 'Object');
      const credentials = heap.node('object', 'Object');
      const texts = ['beside', 'field', 'other'].map((text) => heap.node('string', text));
      heap.edge(heap.global, 'property', 'pair', pair);
      heap.edge(pair, 'property', 'name', heap.node('string', 'DB_PASSWORD'));
      heap.edge(pair, 'property', 'value', texts[0]!).edge(pair, 'property', 'kind', texts[2]!);
      heap.edge(heap.global, 'property', 'credentials', credentials);
      heap.edge(credentials, 'property', 'user', texts[1]!);
      return texts;
    });
    expect(previews).toEqual(['"<secret 1>"', '"<secret 2>"', '"other" 5 chars']);
  });

  it('the names of the properties of an object that is used as a store of sessions', () => {
    const heap = new HeapBuilder();
    const store = heap.node('object', 'Object');
    const session = heap.node('object', 'Session');
    const id = 'q8Zk2LmX91vT';
    heap.edge(heap.global, 'property', 'sessions', store).edge(store, 'property', id, session);
    const subgraph = collect(heap, [session, store], EVERYTHING);
    expect(JSON.stringify(subgraph)).not.toContain(id);
    expect(subgraph.edges.map(({ label }) => label)).toContain('.<secret 1>');
  });
});

describe('a text in pieces', () => {
  const token = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;

  it('each half of a token that is only recognised as a whole', () => {
    const previews = previewsIn((heap) => {
      const whole = heap.node('concatenated string', '');
      const inner = heap.node('concatenated string', '');
      const texts = [`key ${token.slice(0, 15)}`, token.slice(15, 30), `${token.slice(30)} end`];
      const [a, b, c] = texts.map((text) => heap.node('string', text));
      heap.edge(heap.global, 'property', 'whole', whole);
      heap.edge(whole, 'internal', 'first', inner).edge(whole, 'internal', 'second', c!);
      heap.edge(inner, 'internal', 'first', a!).edge(inner, 'internal', 'second', b!);
      return [a!, b!, c!];
    });
    expect(previews).toEqual([
      '"key <github token 1>" 19 chars',
      '"<github token 1>"',
      '"<github token 1> end" 14 chars',
    ]);
  });

  it('a half without a secret stays unchanged', () => {
    const previews = previewsIn((heap) => {
      const whole = heap.node('concatenated string', '');
      const [a, b] = ['the key is: ', token].map((text) => heap.node('string', text));
      heap.edge(heap.global, 'property', 'whole', whole);
      heap.edge(whole, 'internal', 'first', a!).edge(whole, 'internal', 'second', b!);
      return [a!];
    });
    expect(previews).toEqual(['"the key is: " 12 chars']);
  });
});

it('a variable of a suspended function, whose name V8 does not keep', () => {
  // global ──.it──> Generator ──parameters_and_registers──> array ──2──> text
  const previews = previewsIn((heap) => {
    const generator = heap.node('object', 'Generator');
    const registers = heap.node('array', '');
    const text = heap.node('string', 'hunter2');
    heap.edge(heap.global, 'property', 'it', generator);
    heap.edge(generator, 'internal', 'function', heap.closure('logIn'));
    heap.edge(generator, 'internal', 'parameters_and_registers', registers);
    heap.edge(registers, 'internal', '2', text);
    return [text];
  });
  expect(previews).toEqual(['"<unnamed local 1>"']);
});

describe('a token after a character that labels escape', () => {
  const token = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;
  it.each(['\n', '\t', '\u0007', '\u001b[31m', '\\', '"', '\u2028', '\u200b', '%0A', '\\n'])(
    '%j',
    async (before) => {
      const heap = new HeapBuilder();
      const owner = heap.node('object', 'Object');
      const held = heap.node('object', 'Foo');
      heap.edge(heap.global, 'property', 'owner', owner);
      heap.edge(owner, 'property', `line one${before}${token}`, held);
      heap.edge(owner, 'property', `<symbol x${before}${token}>`, held);
      for (const [name, output] of await writeAll(collect(heap, [held, owner], EVERYTHING))) {
        expect(output, name).not.toContain(token.slice(4, 12));
        expect(output, name).toMatch(/github token 1/);
      }
    },
  );
});

describe('the text of the masks', () => {
  it('the same secret has the same mask wherever it is; numbers follow the picture', () => {
    const heap = new HeapBuilder();
    const owner = heap.node('object', 'Object');
    const texts = ['to b@example.org', 'a@example.org', 'a@example.org, b@example.org'];
    const nodes = texts.map((text) => heap.node('string', text));
    heap.edge(heap.global, 'property', 'o', owner);
    for (const [i, node] of nodes.entries()) heap.edge(owner, 'property', `p${i}`, node);
    const subgraph = collect(heap, nodes);
    expect(subgraph.nodes.slice(0, 3).map(({ preview }) => preview)).toEqual([
      '"to <email 1>" 16 chars',
      '"<email 2>"',
      '"<email 2>, <email 1>" 28 chars',
    ]);
    expect(subgraph.masked).toBe(2);
  });

  it('counts only what is shown: Map keys of omitted holders are not', () => {
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    const owner = heap.node('object', 'Object');
    heap.edge(heap.global, 'property', 'owner', owner);
    for (let i = 0; i < 20; i++) heap.edge(owner, 'property', `p${i}`, foo);
    for (let i = 0; i < 20; i++) {
      const map = heap.node('object', 'Map');
      const table = heap.node('array', '', { size: 152 });
      heap.edge(heap.global, 'property', `m${i}`, map).edge(map, 'internal', 'table', table);
      heap.edge(table, 'internal', '5', heap.node('string', `u${i}@example.org`));
      heap.edge(table, 'internal', '6', foo);
    }
    const { masked, edges } = collect(heap, foo, { fanIn: 3 });
    const labels = edges.map(({ label }) => label).filter((label) => label.includes('<'));
    expect(new Set(labels).size).toBe(masked);
    expect(masked).toBeLessThanOrEqual(3);
    for (let n = 1; n <= masked; n++) expect(labels).toContain(`Map["<email ${n}>"] →`);
  });

  it('masks names first, and makes labels from masked names', () => {
    const token = `ghp_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'}`;
    const heap = new HeapBuilder();
    const foo = heap.node('object', 'Foo');
    heap.edge(heap.global, 'property', token, foo);
    const [edge] = collect(heap, foo).edges;
    expect(edge?.name).toMatch(/^<[a-z ]+ 1>$/);
    expect(edge?.means).toEqual({ kind: 'property', name: edge?.name, isIdentifier: true });
    expect(edge?.label).toBe(`.${edge?.name}`);
  });

  it('a text that looks like a mask stays and is not counted', () => {
    expect(held('x', 'see <jwt 1> there')).toMatchObject({ masked: 0 });
  });

  it('ids of targets stay', () => {
    const subgraph = held('password');
    expect(subgraph.targets).toEqual([subgraph.nodes[0]?.id]);
    expect(subgraph.nodes[0]?.label).toBe(`string ${subgraph.targets[0]}`);
  });
});

describe('--redact all', () => {
  it('masks every string and path, keeps names of classes, variables and properties', async () => {
    const heap = new HeapBuilder();
    const session = heap.node('object', 'Session');
    const text = heap.node('string', 'nothing secret');
    const closure = heap.closure('onData', {
      file: '/srv/app/my server.js',
      line: 3,
      context: heap.context({ session }),
    });
    const map = heap.node('object', 'Map');
    const table = heap.node('array', '', { size: 152 });
    heap.edge(heap.global, 'property', 'listeners', closure);
    heap
      .edge(heap.global, 'property', './src/view.vue', text)
      .edge(session, 'property', 'title', text);
    heap.edge(heap.global, 'property', 'm', map).edge(map, 'internal', 'table', table);
    heap.edge(table, 'internal', '5', text).edge(table, 'internal', '6', session);
    const frames = [frame('main', { session })];
    const subgraph = collect(heap, [session, text], { frames, redact: 'all' });
    const labels = subgraph.edges.map(({ label }) => label);
    expect(labels).toEqual(
      expect.arrayContaining([
        'Map["<text 1>"] →',
        '.title',
        expect.stringMatching(/^\["<file \d>"\]$/),
        'local session in main()',
      ]),
    );
    const byName = (name: string) => subgraph.nodes.find((node) => node.label.startsWith(name));
    expect(byName('string')?.preview).toBe('"<text 1>"');
    expect(byName('onData()')?.location).toMatch(/^<file \d>:3:1$/);
    expect(byName('main()')?.label).toMatch(/^main\(\) <file \d>:7$/);
    expect(byName('Session')).toBeDefined();
    for (const output of (await writeAll(subgraph)).values()) {
      expect(output).not.toMatch(/nothing|my server|app\.js|view\.vue/);
    }
  });

  it('leaves no string of the corpora', async () => {
    const texts = [...SECRETS.map(({ text }) => text), ...LOOK_ALIKES];
    const heap = new HeapBuilder();
    const owner = heap.node('object', 'Object');
    heap.edge(heap.global, 'property', 'o', owner);
    const nodes = texts.map((text) => heap.node('string', text));
    for (const [i, node] of nodes.entries()) heap.edge(owner, 'property', `p${i}`, node);
    const subgraph = collect(heap, nodes, { ...EVERYTHING, redact: 'all' });
    for (const { preview } of subgraph.nodes.slice(0, texts.length)) {
      expect(preview).toMatch(/^"<text \d+>"$/);
    }
    expect(subgraph.masked).toBe(new Set(texts).size);
  });
});
