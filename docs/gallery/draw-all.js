import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { renderOutputs } from '../../dist/answer/write-graph.js';
import { renderPng } from '../../dist/render/png.js';
import { findFormatOfFile } from '../../dist/report/formats.js';
import { chainSentences } from '../../dist/report/sentences.js';
import { annotate } from './annotate.js';
import { fillPage } from './fill-page.js';
import { PICTURES } from './pictures.js';

const ROOT = new URL('../../', import.meta.url);
const EXTENSIONS = ['.json', '.txt', '.svg', '.png'];

/** The expected content of every file of the gallery, by its path in the repository. */
export async function drawAll() {
  const files = new Map();
  const sections = new Map();
  for (const picture of PICTURES) {
    const drawn = await draw(picture);
    files.set(picture.picture, await finish(drawn, picture));
    sections.set(picture.name, {
      ...picture,
      programText: read(picture.program),
      sentences: chainSentences(JSON.parse(drawn.get('.json'))),
      tree: String(drawn.get('.txt')),
    });
  }
  for (const page of new Set(PICTURES.map(({ page }) => page))) {
    files.set(page, Buffer.from(fillPage(page, { text: read(page), sections, read })));
  }
  return files;
}

/** The outputs of one question, by extension. */
function draw({ kept, ask }) {
  return kept.endsWith('.json') ? drawAnswer(JSON.parse(read(kept))) : drawHeap([kept, ...ask]);
}

/** With its numbers, if it has some. */
async function finish(drawn, { marks }) {
  if (marks === undefined) return drawn.get('.png');
  const { bytes } = await renderPng(annotate(String(drawn.get('.svg')), marks), { fonts: [] });
  return Buffer.from(bytes);
}

async function drawAnswer(answer) {
  const outputs = EXTENSIONS.map((extension) => {
    return { format: findFormatOfFile(`answer${extension}`), file: null };
  });
  const contents = await renderOutputs(answer, outputs, { legend: true, theme: 'light' });
  return new Map(contents.map((content, index) => [EXTENSIONS[index], Buffer.from(content)]));
}

/** By the command line, as a reader would. */
async function drawHeap(argv) {
  const folder = mkdtempSync(join(tmpdir(), 'showbackref-gallery-'));
  try {
    const files = EXTENSIONS.map((extension) => join(folder, `answer${extension}`));
    const outs = files.flatMap((file) => ['--out', file]);
    await promisify(execFile)(process.execPath, ['bin/showbackref.js', ...argv, ...outs], {
      cwd: fileURLToPath(ROOT),
    });
    return new Map(files.map((file) => [extname(file), readFileSync(file)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(path) {
  return readFileSync(new URL(path, ROOT), 'utf8');
}
