import { beforeAll, describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseTarget } from '../../src/question/target.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';
import { DIFFERENCES, SCENARIOS } from './scenarios.js';

const HOLDING_SCENARIOS = FIXTURE_NAMES.filter((name) => name !== 'chromium-156');

/** The scope that Bun's file puts above SharedTarget leads to most of the program. */
const WIDE = { fixture: 'bun-1.4', target: 'class:SharedTarget', options: { depth: 1 } };

function optionsFor(fixture: string, target: string): CollectOptions {
  const isWide = fixture === WIDE.fixture && target === WIDE.target;
  return { ...WALK_OPTIONS, ...(isWide ? WIDE.options : {}) };
}

function select(view: HeapView, target: string): readonly NodeOrdinal[] {
  return selectTargets(view.facts, [parseTarget(target)], { nth: null, largest: false, all: true })
    .nodes;
}

describe.each(HOLDING_SCENARIOS)('in the heap of %s', (fixture) => {
  let view: HeapView;
  let checker: InvariantChecker;
  beforeAll(async () => {
    view = buildHeapView(await fixtureFacts(fixture), new FrameIndex([]));
    checker = new InvariantChecker(view);
  });

  it.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))(
    'draws %s',
    (...row) => {
      const { target, lines } = row[1];
      const difference = DIFFERENCES.find((d) => d.fixture === fixture && d.target === target);
      const expected = difference === undefined ? lines : difference.lines;
      if (expected === null) {
        expect(() => select(view, target)).toThrow(`Nothing in the heap matches "${target}"`);
        return;
      }
      const options = optionsFor(fixture, target);
      const nodes = select(view, target);
      expect(pictureLines(collectBackrefs(view, nodes, options, SOURCE))).toEqual(expected);
      expect(checker.violations(nodes, options)).toEqual([]);
    },
  );
});

it('knows a scenario for each difference', () => {
  const targets = new Set(SCENARIOS.map(({ target }) => target));
  expect(DIFFERENCES.filter(({ target }) => !targets.has(target))).toEqual([]);
  const keys = DIFFERENCES.map(({ fixture, target }) => `${fixture} ${target}`);
  expect(new Set(keys).size).toBe(keys.length);
});
