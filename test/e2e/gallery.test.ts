import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
// @ts-expect-error plain JavaScript
import * as list from '../../docs/gallery/pictures.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { startBrowser } from '../support/browser.js';
import { referencesOf } from '../support/picture.js';
import { runBin } from '../support/run-bin.js';
import { CHROMIUM, describeRuntime } from '../support/runtimes.js';

interface Picture {
  readonly name: string;
  readonly program: string;
  readonly source: string;
  readonly ask: readonly string[];
  readonly kept: string;
}

const PICTURES: readonly Picture[] = list.PICTURES;
const POLL = { timeout: 30_000, interval: 200 };

async function ask(source: string, question: readonly string[]): Promise<Subgraph> {
  const { code, stdout, stderr } = await runBin([source, ...question, '--format', 'json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Subgraph;
}

function keptAnswer({ kept, ask: question }: Picture): Promise<Subgraph> {
  return kept.endsWith('.json')
    ? Promise.resolve(JSON.parse(readFileSync(kept, 'utf8')) as Subgraph)
    : ask(kept, question);
}

describe('the programs of the gallery still give the graphs that are drawn', () => {
  const programs = PICTURES.filter(({ program, source }) => program === source);

  test.each(programs)('$name', async (picture) => {
    const live = await ask(picture.source, picture.ask);
    expect(referencesOf(live)).toEqual(referencesOf(await keptAnswer(picture)));
  });

  describeRuntime(CHROMIUM, (chromium) => {
    const pages = PICTURES.filter(({ program, source }) => program !== source);

    test.each(pages)('$name', async (picture) => {
      const { port, stop } = await startBrowser(chromium, pathToFileURL(picture.program).href);
      onTestFinished(stop);
      const expected = referencesOf(await keptAnswer(picture));
      const live = () => ask(`127.0.0.1:${port}`, picture.ask).then(referencesOf);
      // the page has perhaps not run yet
      await expect.poll(() => live().catch(() => []), POLL).toEqual(expected);
    });
  });
});
