import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import { parseTarget } from '../../src/question/target.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { ALL_CASES } from '../support/cases.js';
import { type CatalogueName, catalogueFacts } from '../support/fixtures.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

const OPTIONS = { ...WALK_OPTIONS, depth: 2 };
const SELECT = { nth: null, largest: false, all: true };

/** Step of the loop: checks the invariants of every third picture, and only of holders. */
const STEP = ALL_CASES ? 1 : 3;
const ASKED = { isThorough: ALL_CASES };

/** The engine's own words, which a picture of an ordinary program must not contain. */
const RAW = /-\{[^}]*\}->|\(internal array\)|\((?!\w+ namespace)[A-Z]\w+\)/;

/** Each construct is a class in the program, of which the program makes an object. */
function constructsIn(program: string): readonly string[] {
  const text = readFileSync(new URL(`../fixtures/programs/${program}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^class ([A-Z]\w*) \{\}/gm)].map((match) => match[1] as string);
}

function draw(
  view: HeapView,
  construct: string,
  { isChecked }: { readonly isChecked: boolean },
): readonly string[] {
  const nodes = selectTargets(view.facts, [parseTarget(`class:${construct}`)], SELECT).nodes;
  const violations = isChecked ? new InvariantChecker(view).violations(nodes, OPTIONS, ASKED) : [];
  expect(violations).toEqual([]);
  return pictureLines(collectBackrefs(view, nodes, OPTIONS, SOURCE));
}

/** The pictures of each construct in all heaps; identical ones are written once. */
async function drawAll(
  constructs: readonly string[],
  heaps: readonly CatalogueName[],
): Promise<string> {
  const views = await Promise.all(
    heaps.map(async (heap) => ({
      heap,
      view: buildHeapView(await catalogueFacts(heap), new FrameIndex([])),
    })),
  );
  const blocks = constructs.map((construct, index) => {
    const isChecked = index % STEP === 0;
    const alike = new Map<string, CatalogueName[]>();
    for (const { heap, view } of views) {
      const text = draw(view, construct, { isChecked }).join('\n    ');
      alike.set(text, [...(alike.get(text) ?? []), heap]);
    }
    return [
      construct,
      ...Array.from(alike, ([text, names]) => `  ${names.join(' ')}\n    ${text}`),
    ];
  });
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

describe('everything that can hold an object', () => {
  it('is drawn as a programmer would describe it, on each V8', async () => {
    const constructs = ['catalogue.cjs', 'catalogue-module.mjs'].flatMap(constructsIn);
    const text = await drawAll(constructs, ['node-20', 'node-24', 'node-26', 'deno-2.9']);
    expect(text.split('\n').filter((line) => RAW.test(line))).toEqual([]);
    await expect(text).toMatchFileSnapshot('../golden/collect/catalogue.txt');
  });

  it('is drawn in the same way in a page', async () => {
    const text = await drawAll(constructsIn('catalogue.html'), ['chromium-156']);
    expect(text.split('\n').filter((line) => RAW.test(line))).toEqual([]);
    await expect(text).toMatchFileSnapshot('../golden/collect/catalogue-page.txt');
  });
});
