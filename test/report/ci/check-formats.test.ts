import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { shellFormatsOf } from '../../../src/question/format-names.js';
import type { Check, Finding } from '../../../src/report/ci/check.js';
import { checkFormats } from '../../../src/report/ci/check-formats.js';
import { smallPicture } from '../../../src/report/ci/small-picture.js';
import { toGithub } from '../../../src/report/ci/to-github.js';
import { toJunit } from '../../../src/report/ci/to-junit.js';
import { toSarif } from '../../../src/report/ci/to-sarif.js';
import { caseCount } from '../../support/cases.js';
import { checkMermaid, checkPlainText, checkSummary } from '../../support/check-output.js';
import { randomCheck } from '../../support/random-check.js';
import { edge, node, richSubgraph, subgraph } from '../build-subgraph.js';

const FINDING: Finding = {
  rule: 'leak',
  verdict: 'fails',
  title: 'cache (Map of Session) · app.js',
  sentences: ['Map @1 is the module variable cache of app.js.', 'It went from 1 to 3.'],
  reason: null,
  spot: { file: 'src/app.js', line: 3, column: 7 },
  fingerprint: 'abc',
  facts: { counts: [1, 2, 3], bytes: 99 },
  picture: richSubgraph(),
};
const CHECK: Check = {
  command: 'leaks',
  subject: '3 moments, a to c',
  source: 'c.heapsnapshot',
  findings: [FINDING],
  nothing: 'No suspect.',
  notes: [],
  tables: [],
};
const of = (changes: Partial<Finding>): Check => ({
  ...CHECK,
  findings: [{ ...FINDING, ...changes }],
});

interface SarifResult {
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: { readonly startLine: number };
      };
    },
  ];
  readonly suppressions?: readonly { readonly justification: string }[];
}

function resultsOf(check: Check): readonly SarifResult[] {
  return JSON.parse(toSarif(check)).runs[0].results;
}

test('the formats are those that a command line may ask for', () => {
  const names = shellFormatsOf('leaks').map(({ name }) => name);
  expect(names.slice(-3)).toEqual(checkFormats.map(({ name }) => name));
});

describe('sarif', () => {
  test('has the line of the holder, and a fingerprint', () => {
    expect(resultsOf(CHECK)).toMatchObject([
      {
        ruleId: 'leak',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/app.js', uriBaseId: '%SRCROOT%' },
              region: { startLine: 3, startColumn: 7 },
            },
          },
        ],
        partialFingerprints: { 'showbackref/v1': 'abc' },
      },
    ]);
  });

  test('what is accepted is suppressed, with the reason', () => {
    const [result] = resultsOf(of({ verdict: 'accepted', reason: 'has a limit' }));
    expect(result?.level).toBe('warning');
    expect(result?.suppressions).toMatchObject([{ justification: 'has a limit' }]);
  });

  test('limits that are kept are not results', () => {
    expect(resultsOf(of({ rule: 'limit', verdict: 'passes' }))).toEqual([]);
  });

  test('without a file the place is the heap in which it was found', () => {
    const [{ physicalLocation } = expect.fail('a place')] =
      resultsOf(of({ spot: null }))[0]?.locations ?? [];
    expect(physicalLocation).toEqual({ artifactLocation: { uri: 'c.heapsnapshot' } });
  });

  test.each([
    ['javascript:alert(1)//x.js', 'javascript%3Aalert(1)/x.js'],
    ['a b/ü.js', 'a%20b/%C3%BC.js'],
    ['../../etc/passwd', 'etc/passwd'],
    ['//evil.example/x.js', 'evil.example/x.js'],
  ])('the file %s is the relative address %s', (file, uri) => {
    const [result] = resultsOf(of({ spot: { file, line: 1, column: null } }));
    expect(result?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test('no text becomes a link or the place of an argument', () => {
    const [result] = resultsOf(of({ title: '[click](http://evil.example) {0} {a, b}' }));
    expect(result?.message.text).toMatch(
      /^\\\[click\\\]\(http:\/\/evil\.example\) \{\{0\}\} \{a, b\}: /,
    );
  });
});

describe('junit', () => {
  test('one case for each suspect, which fails with the sentences, the place and the tree', () => {
    const text = toJunit(CHECK);
    expect(text).toContain('<testsuite name="showbackref leaks" tests="1" failures="1"');
    expect(text).toContain('name="leak: cache (Map of Session) · app.js"');
    expect(text).toContain('src/app.js:3:7\n');
    expect(text).toMatch(/└─ .* ← /);
  });

  test('what is accepted is skipped, what is noted passes, and nothing found is a case that passes', () => {
    expect(toJunit(of({ verdict: 'accepted', reason: 'a < b' }))).toContain(
      '<skipped>Accepted: a &lt; b</skipped>',
    );
    expect(toJunit(of({ verdict: 'noted' }))).toContain('failures="0"');
    expect(toJunit({ ...CHECK, findings: [] })).toContain(
      '<testcase classname="showbackref.leaks" name="No suspect."/>',
    );
  });
});

describe('github', () => {
  test('has the sentence, the diagram and the tree to unfold', () => {
    const text = toGithub(CHECK);
    expect(text).toMatch(/^## showbackref leaks: 1 failed, 3 moments, a to c\n/);
    expect(text).toContain('### ❌ leak: cache (Map of Session) · app.js at `src/app.js:3`');
    expect(text).toContain('It went from 1 to 3.');
    expect(text).toMatch(/```mermaid\nflowchart TB\n/);
    expect(text).toMatch(/<details><summary>Who holds it, as text<\/summary>\n\n```text\n/);
  });

  test('stays under 900 kB, and says what did not fit', () => {
    const findings = Array.from({ length: 3000 }, () => ({ ...FINDING, title: 'x'.repeat(400) }));
    const text = toGithub({ ...CHECK, findings });
    expect(Buffer.byteLength(text)).toBeLessThan(900_000);
    expect(text).toMatch(/\n\d+ more parts did not fit into this summary\.\n$/);
  });

  test('a long way has one box for its middle, and the diagram twelve at most', () => {
    const length = 40;
    const nodes = Array.from({ length }, (_, at) =>
      node(`Node @${at}`, {
        id: `@${at}`,
        depth: at,
        role: at === 0 ? 'target' : at === length - 1 ? 'root' : 'holder',
      }),
    );
    const edges = nodes.slice(1).map(({ id }, at) => edge(id, `@${at}`, '.next'));
    const long = subgraph(nodes, edges);
    const small = smallPicture(long, 12);
    expect(small.nodes.map(({ label }) => label)).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((at) => `Node @${at}`),
      ...[37, 38, 39].map((at) => `Node @${at}`),
      '29 more',
    ]);
    expect(small.edges.slice(-2)).toMatchObject([
      { from: '@37', to: 'more:between' },
      { from: 'more:between', to: '@7' },
    ]);
    expect(toGithub(of({ picture: long }))).toContain('The diagram shows 12 of 40 boxes;');
  });

  test('a wide picture keeps the way to the root and what is nearest', () => {
    const around = Array.from({ length: 30 }, (_, at) => `@${at + 10}`);
    const wide = subgraph(
      [
        node('Target @1', { id: '@1', role: 'target', depth: 0 }),
        ...around.map((id) => node(`Holder ${id}`, { id, depth: 1 })),
        node('Map @2', { id: '@2', depth: 1 }),
        node('module app.js', { id: '@3', depth: 2, role: 'root' }),
      ],
      [...around.map((id) => edge(id, '@1', '.a')), edge('@2', '@1', '.b'), edge('@3', '@2', 'x')],
    );
    const small = smallPicture(wide, 12);
    expect(small.nodes).toHaveLength(12);
    expect(small.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['@1', '@2', '@3']));
  });
});

test(`${caseCount(300)} checks of hostile text are what each format allows, and no more`, () => {
  for (let seed = 1; seed <= caseCount(300); seed++) {
    const check = randomCheck(seed);
    try {
      checkXml(toJunit(check));
      checkPlainText(toJunit(check));
      JSON.parse(toSarif(check));
      checkPlainText(toSarif(check));
      const summary = toGithub(check);
      checkSummary(summary, 1 + check.findings.length);
      for (const [, diagram = ''] of summary.matchAll(/^```+mermaid\n(.*?)^```+$/gms)) {
        checkMermaid(diagram);
        expect(diagram.match(/^ {2}n\d+[[(]/gm)?.length ?? 0).toBeLessThanOrEqual(12);
      }
    } catch (cause) {
      throw new Error(`seed ${seed}: ${(cause as Error).message}`, { cause });
    }
  }
});

const XML_ELEMENTS = ['testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out'];

function checkXml(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => expect(XML_ELEMENTS).toContain(name));
  parser.write(text).close();
}
