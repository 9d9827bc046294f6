// How large the pictures of real leaks and of the gallery are, with and without --everything, and what they say first:
// fills in the table of docs/reading.md.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chainSentences } from '../../dist/report/sentences.js';
import { PICTURES } from './pictures.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = join(ROOT, 'docs/reading.md');
const BLOCK = /(<!-- sizes -->\n)[\s\S]*?(<!-- end -->)/;

/** Leaks of published packages, from their saved heaps. */
const LEAKS = [
  ['mobx-react', 'observers-of-mobx', 'BasketRequest'],
  ['next-i18next', 'listener-of-i18next', 'RequestLocale'],
  ['react-query', 'timer-of-react-query', 'ProfileResponse'],
  ['react-side-effect', 'instances-of-side-effect', 'ArticleBody'],
  ['stealthy-require', 'children-of-module', 'PriceTable'],
];

const rows = [
  ...LEAKS.map(([name, file, target]) => {
    const kept = `test/fixtures/leaks/${file}.heapsnapshot.gz`;
    return { name, argv: [kept, '--target', `class:${target}`] };
  }),
  ...PICTURES.filter(({ kept, name }) => kept.endsWith('.gz') && name !== 'reading').map(
    ({ name, kept, ask }) => ({ name, argv: [kept, ...ask] }),
  ),
];

const lines = [];
for (const { name, argv } of rows) {
  const [everything, essential] = [await measure([...argv, '--everything']), await measure(argv)];
  const cells = [name, everything.boxes, everything.pixels, essential.boxes, essential.pixels];
  lines.push(`| ${[...cells, essential.blamed].join(' | ')} |`);
}
const head = [
  '| leak | boxes, arrows with `--everything` | pixels | boxes, arrows | pixels | what holds |',
  '|---|---|---|---|---|---|',
];
const text = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  text.replace(BLOCK, (_, begin, end) => `${begin}\n${[...head, ...lines].join('\n')}\n\n${end}`),
);

/** Pixels are those of a usual screen, of which a PNG has two each way. */
async function measure(argv) {
  const folder = mkdtempSync(join(tmpdir(), 'showbackref-sizes-'));
  try {
    const [json, svg] = [join(folder, 'a.json'), join(folder, 'a.svg')];
    const asked = ['bin/showbackref.js', ...argv, '--out', json, '--out', svg];
    await promisify(execFile)(process.execPath, asked, { cwd: ROOT });
    const answer = JSON.parse(readFileSync(json, 'utf8'));
    const [, width, height] = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(
      readFileSync(svg, 'utf8'),
    );
    const [sentence = ''] = chainSentences(answer);
    return {
      boxes: `${answer.nodes.length}, ${answer.edges.length}`,
      pixels: `${width} x ${height}`,
      blamed: blamed(answer, sentence),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The object that holds all of them, else how the sentence ends. */
function blamed({ nodes, edges }, sentence) {
  const bold = edges.find(({ holds }) => holds !== undefined);
  const holder = nodes.find(({ id }) => id === bold?.from);
  if (holder !== undefined) return `\`${bold.label}\` of ${code(holder.label)}`;
  return code(sentence.split(', which is ').at(-1).replace(/\.$/, ''));
}

function code(text) {
  return text.replace(/ @\d+/, '').replaceAll('|', '\\|').replaceAll('*', '\\*');
}
