import { beforeAll, describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../../src/collect/collect-backrefs.js';
import { FrameIndex } from '../../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../../src/engine/heap-view.js';
import { parseTarget } from '../../../src/question/target.js';
import { chainSentences } from '../../../src/report/sentences.js';
import { selectTargets } from '../../../src/select/select-targets.js';
import { SOURCE } from '../../collect/invariants.js';
import { DIFFERENCES, SCENARIOS } from '../../collect/scenarios.js';
import { type FixtureName, fixtureFacts, V8_SCENARIOS } from '../../support/fixtures.js';
import { WALK_OPTIONS } from '../../support/walk-options.js';

/** A heap in which every scenario is drawn as in most heaps. */
const MODEL: FixtureName = 'node-24';

async function viewOf(fixture: FixtureName): Promise<HeapView> {
  return buildHeapView(await fixtureFacts(fixture), new FrameIndex([]));
}

/** All sentences on a scenario, without the ids, which differ in each heap. */
function sentencesOn(view: HeapView, target: string): readonly string[] {
  const choice = { nth: null, largest: false, all: true };
  const nodes = selectTargets(view.facts, [parseTarget(target)], choice).nodes;
  const subgraph = collectBackrefs(view, nodes, WALK_OPTIONS, SOURCE);
  const sentences = chainSentences(subgraph, { most: 100 });
  return sentences.map((sentence) => sentence.replace(/ @\d+/g, '')).sort();
}

function differsIn(fixture: FixtureName, target: string): boolean {
  return DIFFERENCES.some((d) => d.fixture === fixture && d.target === target);
}

function report(view: HeapView, targets: readonly string[]): string {
  return targets.map((target) => `${target}\n${indented(sentencesOn(view, target))}\n`).join('\n');
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

describe('sentences on real heaps', () => {
  let model: HeapView;
  beforeAll(async () => {
    model = await viewOf(MODEL);
  });

  it('describes every scenario', async () => {
    const targets = SCENARIOS.map(({ target }) => target);
    await expect(report(model, targets)).toMatchFileSnapshot('../../golden/report/sentences.txt');
  });

  it.each(V8_SCENARIOS.filter((name) => name !== MODEL))('says the same for %s', async (name) => {
    const view = await viewOf(name);
    const alike = SCENARIOS.filter(({ target }) => !differsIn(name, target));
    expect(alike.length).toBeGreaterThan(20);
    for (const { target } of alike) {
      expect(sentencesOn(view, target), target).toEqual(sentencesOn(model, target));
    }
  });

  it('describes what JavaScriptCore does not name', async () => {
    const targets = DIFFERENCES.filter(
      ({ fixture, target, lines }) =>
        fixture === 'bun-1.4' && lines !== null && target !== 'class:SharedTarget',
    ).map(({ target }) => target);
    const text = report(await viewOf('bun-1.4'), targets);
    await expect(text).toMatchFileSnapshot('../../golden/report/sentences-bun.txt');
  });
});
