import { describe, expect, it } from 'vitest';
import { toGrowthReport } from '../../../src/report/tables/growth-report.js';
import { toInfoReport } from '../../../src/report/tables/info-report.js';
import { toStringsReport } from '../../../src/report/tables/strings-report.js';
import type { TableReport } from '../../../src/report/tables/table.js';
import { tableFormats } from '../../../src/report/tables/table-formats.js';
import { toMarkdownTables } from '../../../src/report/tables/to-markdown-table.js';
import { toTypesReport } from '../../../src/report/tables/types-report.js';
import type { TypeGrowth } from '../../../src/stats/growth.js';
import { HOSTILE_STRINGS } from '../hostile-strings.js';

function type(name: string, count: number, location: string | null = null) {
  const isEngine = name.startsWith('(');
  return { name, location, count, shallowSize: count * 40, retainedSize: count * 1234, isEngine };
}

function change(name: string, before: number, after: number, byId = true): TypeGrowth {
  const delta = after - before;
  return {
    ...{ name, location: null, before, after, delta, sizeDelta: delta * 40 },
    ...{ added: byId ? Math.max(0, delta) : null, removed: byId ? Math.max(0, -delta) : null },
    isEngine: name.startsWith('('),
  };
}

const TYPES = toTypesReport({
  types: [
    type('Session', 1204, 'file:///home/me/app/session.js:3:7'),
    type('e', 12, 'file:///home/me/app/bundle.js:1:200'),
    type('e', 3, 'file:///home/me/app/bundle.js:1:900'),
    type('{id, name, a property with a rather long name, and some more of them, always}', 2),
  ],
  cut: [type('Foo', 1), type('Bar', 2)],
  hidden: [type('(string)', 9), type('(array)', 5), type('(system)', 1)],
});

const STEPS = [
  {
    ...{ from: 'app.js:3, stop 1', to: 'app.js:5, stop 2', byId: true },
    selected: {
      types: [change('Session', 0, 1500), change('Gone', 3, 1)],
      ...{ cut: [], hidden: [change('(string)', 1, 2), change('(code)', 1, 2)] },
    },
  },
  {
    ...{ from: 'app.js:5, stop 2', to: 'app.js:9, stop 3', byId: false },
    selected: { types: [change('Session', 1500, 1501, false)], cut: [], hidden: [] },
  },
];

const WHOLE = {
  ...{ from: 'app.js:3, stop 1', to: 'app.js:9, stop 3', byId: true },
  selected: { types: [], cut: [], hidden: [] },
};

const REPORTS: Readonly<Record<string, TableReport>> = {
  types: TYPES,
  growth: toGrowthReport(WHOLE, STEPS),
  strings: toStringsReport(
    [
      {
        text: 'twice | "quoted"\n',
        isCut: false,
        copies: 2,
        size: 64,
        wasted: 32,
        isSecret: false,
      },
      { text: 'x'.repeat(1024), isCut: true, copies: 3, size: 6000, wasted: 4000, isSecret: false },
      { text: 'cut', isCut: false, copies: 2, size: 20, wasted: 10, isSecret: false },
    ],
    2,
  ),
  info: toInfoReport(
    {
      ...{ nodeCount: 1234567, edgeCount: 7654321, stringCount: 99, totalSize: 3000 },
      memory: [
        { name: 'strings', size: 2000 },
        { name: 'code', size: 1000 },
      ],
      nodeTypes: [{ type: 'string', count: 12, size: 2000 }],
      roots: [{ name: '(Stack roots)', references: 4 }],
      realms: [
        { id: 7, is: { kind: 'global' }, isRoot: true },
        { id: 9, is: { kind: 'realm-global', of: 'vm', name: 'box', isOwn: false }, isRoot: false },
      ],
      ...{ locationCount: 5, traceFunctionCount: 0, extraNativeBytes: 0, hasDetachedness: true },
      ...{ ownedNativeBytes: 0, hasRoot: true, unheldCount: 0, isCounted: true },
    },
    { kind: 'snapshot', producer: 'Node.js v26.0.0', bytes: 5_000_000 },
  ),
};

describe('tables', () => {
  for (const [name, report] of Object.entries(REPORTS)) {
    it.each(tableFormats)(`${name} as $name`, async ({ extension, write }) => {
      const text = write(report);
      await expect(text).toMatchFileSnapshot(`../../golden/tables/${name}${extension}`);
      if (extension === '.txt') {
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      }
    });
  }

  it.each(HOSTILE_STRINGS)('show %j as text that does nothing', (hostile) => {
    const report = toTypesReport({ types: [type(hostile, 1)], cut: [], hidden: [] });
    const [txt, json, md] = tableFormats.map(({ write }) => write(report)) as [
      string,
      string,
      string,
    ];
    const invisible = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
    for (const text of [txt, json, md]) expect(text.replaceAll('\n', '')).not.toMatch(invisible);
    expect(JSON.parse(json).types[0].name).toBe(hostile);
    expect(txt.trimEnd().split('\n')).toHaveLength(3);
    const [, , row = ''] = md.split('\n');
    // four cells, whatever is in the first
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(row).toMatch(/^\| (<code>[^<>]*(<span>[@#$:./-]<\/span>[^<>]*)*<\/code>|) \| 1 \| /);
  });
});

describe('text in a Markdown cell', () => {
  it.each([
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['a|b', 'a\\|b'],
    ['a\\', 'a\\\\'],
    ['`code` *b* _i_', '\\`code\\` \\*b\\* \\_i\\_'],
    ['[x](y)', '\\[x\\](y)'],
    ['@someone #12', '<span>@</span>someone <span>#</span>12'],
    ['https://a.b', 'https<span>:</span><span>/</span>/a.b'],
    ['www.a.b', 'www<span>.</span>a.b'],
    ['a\nb', 'a\\\\nb'],
  ])('%j is written %s', (name, written) => {
    const { tables } = toTypesReport({ types: [type(name, 1)], cut: [], hidden: [] });
    expect(toMarkdownTables(tables)).toContain(
      `\n| <code>${written}</code> | 1 | 40 B | 1.2 kB |\n`,
    );
  });
});
