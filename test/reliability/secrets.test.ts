import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HELD_OUT_TOKENS } from '../redact/kinds/held-out-kinds.js';
import { ISSUED_KINDS } from '../redact/kinds/issued-kinds.js';
import {
  type KindResult,
  measureHeldOut,
  measureIssued,
  measureLookAlikes,
  measureNames,
  measureSyntax,
  sumOf,
} from '../redact/kinds/measure.js';
import { SECRET_NAMES } from '../redact/kinds/named-kinds.js';
import { SYNTAX_KINDS } from '../redact/kinds/syntax-kinds.js';
import { textsOf, tokensOf } from '../redact/kinds/templates.js';
import { countResult } from '../support/count-result.js';
import { runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const heldOut = measureHeldOut();
const isHeldOutToken = ({ kind }: KindResult) => HELD_OUT_TOKENS.some(([name]) => name === kind);
const MEASURED: readonly (readonly [string, readonly KindResult[], number])[] = [
  ['tokens by issuer, masked', measureIssued(), 0.95],
  ['secrets by what stands around them, masked', measureSyntax(), 0.95],
  ['names of secrets, known', measureNames(), 0.95],
  ['look-alikes, kept', measureLookAlikes(), 0.98],
  ['tokens that no rule was made for, masked', heldOut.masked.filter(isHeldOutToken), 0],
  [
    'texts and names that no rule was made for, masked',
    heldOut.masked.filter((result) => !isHeldOutToken(result)),
    0.8,
  ],
  ['look-alikes that no rule was made for, kept', heldOut.kept, 0.98],
];

describe('invented secrets by kind', () => {
  test.each(MEASURED)('%s', (what, results, least) => {
    const { right, all } = sumOf(results);
    const byKind = results.map(({ kind, right, all }) => [kind, `${right} of ${all}`]);
    countResult(what, { all: `${right} of ${all}`, ...Object.fromEntries(byKind) });
    expect(right / all).toBeGreaterThanOrEqual(least);
  });
});

const sums = { secrets: 0, outputs: 0, shown: 0 };
afterAll(() => countResult('secrets in real heaps, through the command line', sums));

const FORMATS = ['dot', 'json', 'txt', 'md', 'html', 'mmd', 'svg'] as const;

/**
 * A program that holds each text in the usual ways; texts that are recognised without a name also
 * as names.
 */
const PROGRAM = `
const { readFileSync } = require('node:fs');
const { texts, tokens, named, held } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const unique = (text) => Buffer.from(text).toString();
class Holder {}
const holder = globalThis.holder = new Holder();
holder.texts = texts.map(unique);
holder.named = named.map(([name, text]) => ({ [name]: unique(text) }));
holder.keys = new Map(tokens.slice(0, 40).map((token) => [unique(token), {}]));
holder.properties = tokens.slice(40, 80).map((token) => ({ ['x\\n' + token]: {} }));
const next = held.map(unique);
holder.password = [next[0]];
holder.pair = { name: 'password', value: next[1] };
holder.tokens = new Set([next[2]]);
holder.sessions = new Map([[next[3], {}]]);
holder.whole = next[5] + process.argv[3];
holder.waits = new Promise(() => {});
async function logIn(password) { await holder.waits; return password; }
logIn(next[4]);
setInterval(() => {}, 1000);
setTimeout(() => { debugger; }, 0);
`;

/** In a list, beside its name, in a Set, as a key, and as a local; the halves of a token come after. */
const HELD = [
  ...['blue-tram-seven', 'grey-moth-eight', 'pink-fern-nine', 'old-lamp-eleven'],
  ...['wet-stone-twelve', 'ghp_aB3dE5gH7jK9aB3d'],
] as const;
const HALF = 'E5gH7jK9aB3dE5gH7jK9';

const QUESTION = [
  ...['refs', 'x.heapsnapshot', '--target', 'holder', '--quiet', '--depth=6', '--fan-in=10000'],
  ...['--max-nodes=20000', '--no-group'],
];

test('none is in any output about a real heap that contains them all', {
  timeout: 300_000,
}, async () => {
  const cwd = temporaryFolder();
  const tokens = tokensOf(ISSUED_KINDS, 11).filter(({ text, secret }) => text === secret);
  const around = textsOf(SYNTAX_KINDS, 12);
  const names = Object.values(SECRET_NAMES).flat();
  const named = names.map((name, i) => [name, `open-sesame-${i}-q`] as const);
  const data = {
    texts: [...tokens, ...around].map(({ text }) => text),
    tokens: tokens.map(({ text }) => text),
    named,
    held: HELD,
  };
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(data));
  writeFileSync(join(cwd, 'program.cjs'), PROGRAM);
  const script = ['program.cjs', '--out', 'x.heapsnapshot', '--', 'data.json', HALF];
  const saved = await runBin(['capture', ...script], { cwd });
  expect(saved.code, saved.stderr).toBe(0);
  const ask = async (format: string, ...options: string[]) => {
    const out = join(cwd, `x.${format}`);
    const { code, stderr } = await runBin([...QUESTION, ...options, '--out', out], { cwd });
    expect(code, stderr).toBe(0);
    return readFileSync(out, 'utf8');
  };
  const pieces = [
    ...[...tokens, ...around].map(({ secret }) => secret),
    ...named.map(([, text]) => text),
    ...HELD,
  ];
  const isShown = (output: string) => (secret: string) => output.includes(secret.slice(0, 24));
  const open = await ask('json', '--redact', 'none');
  // a picture has no room for the end of a long text, and four digits may be a coordinate
  const wanted = pieces.filter((secret) => secret.length >= 6).filter(isShown(open));
  expect(wanted.length).toBeGreaterThan(400);
  expect(wanted).toEqual(expect.arrayContaining([...HELD]));
  sums.secrets = wanted.length;
  for (const format of FORMATS) {
    const output = await ask(format);
    expect(output, format).toMatch(/secret 1\b/);
    expect(output, format).toMatch(/unnamed loca/);
    const shown = wanted.filter(isShown(output));
    sums.outputs++;
    sums.shown += shown.length;
    expect(shown, format).toEqual([]);
  }
});
