import { describe, expect, it } from 'vitest';
import type { HeapFacts } from '../../src/engine/heap-facts.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { SelectOptions } from '../../src/question/graph-question.js';
import { parseTarget } from '../../src/question/target.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { computeTypeStats } from '../../src/stats/type-stats.js';
import { caseStep } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts, V8_SCENARIOS } from '../support/fixtures.js';

const HOLDING_SCENARIOS = FIXTURE_NAMES.filter((name) => name !== 'chromium-156');

function select(
  facts: HeapFacts,
  target: string,
  options: Partial<SelectOptions> = {},
): readonly NodeOrdinal[] {
  const choice = { nth: null, largest: false, all: false, ...options };
  return selectTargets(facts, [parseTarget(target)], choice).nodes;
}

describe.each(HOLDING_SCENARIOS)('in the heap of %s', (fixture) => {
  it.each([
    ['class:SharedTarget', 1],
    ['class:Captured', 3],
    ['class:ListenerPayload', 3],
    ['class:Elem', 4],
    ['class:DomX', 6],
    ['class:/^Only(InMap|InSet|MapKey)$/', 3],
    ['fn:onEvent', 3],
    ['string:shared-target', 1],
    ['string:/^(first|second|third)-root$/', 3],
  ])('%s picks %i objects, in order of their ids', async (target, count) => {
    const facts = await fixtureFacts(fixture);
    const ids = select(facts, target).map((node) => facts.graph.idOf(node));
    expect(ids).toHaveLength(count);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const last = select(facts, target, { nth: count });
    expect(last.map((node) => facts.graph.idOf(node))).toEqual(ids.slice(-1));
  });

  it.each([
    ['reference1.target', 'class:SharedTarget'],
    ['globalThis.reference2["target"]', 'class:SharedTarget'],
    ['key2.a.b.c', 'class:Key2'],
    ["numericKey['a b\"c']", null],
    ['numericKey[""]', null],
    ['elems[2]', null],
    ['node6.a.a.b.b', null],
    ['priv', 'class:Priv'],
    ['emitter', 'class:Emitter'],
  ])('the path %s leads to one object', async (path, same) => {
    const facts = await fixtureFacts(fixture);
    const found = select(facts, path);
    expect(found).toHaveLength(1);
    if (same !== null && fixture !== 'bun-1.4') expect(found).toEqual(select(facts, same));
  });
});

describe.each(V8_SCENARIOS)('in the heap of %s', (fixture) => {
  it('a class that is not a variable is found by its plain name', async () => {
    const facts = await fixtureFacts(fixture);
    expect(select(facts, 'SharedTarget')).toEqual(select(facts, 'class:SharedTarget'));
  });

  it('a variable of a scope is found, and none in block scopes without names', async () => {
    const facts = await fixtureFacts(fixture);
    const [big] = select(facts, 'var:big');
    expect(facts.graph.nameOf(big)).toBe('Captured');
    expect(() => select(facts, 'var:reference1')).toThrow(/^Nothing in the heap matches/);
  });

  it('a wrong name brings the right one', async () => {
    const facts = await fixtureFacts(fixture);
    expect(() => select(facts, 'refrence1')).toThrow(/did you mean "reference1", /);
    expect(() => select(facts, 'class:SharedTargets')).toThrow(/"class:SharedTarget"/);
    expect(() => select(facts, 'reference1.tagret')).toThrow(
      /did you mean "reference1\.target"\?$/,
    );
  });
});

describe('in the heap of deno-2.9', () => {
  it('an export of an ES module is a variable', async () => {
    const facts = await fixtureFacts('deno-2.9');
    const [core] = select(facts, 'core');
    expect(facts.graph.nameOf(core)).toBe('Object');
    expect(() => select(facts, 'global:core')).toThrow(/^Nothing in the heap matches/);
  });
});

describe('in the heap of chromium-156', () => {
  it('detached picks the nodes that are detached from the document', async () => {
    const facts = await fixtureFacts('chromium-156');
    const names = select(facts, 'detached').map((node) => facts.graph.nameOf(node));
    expect(names).toEqual(['<div>']);
  });

  it('window is the global of the page', async () => {
    const facts = await fixtureFacts('chromium-156');
    const globals = select(facts, 'globalThis', { all: true });
    const [window, ...others] = select(facts, 'window');
    expect(globals).toContain(window);
    expect(others).toEqual([]);
  });
});

describe.each(FIXTURE_NAMES)('in the heap of %s', (fixture) => {
  it('each name of the table of classes can be asked for, with its place if it has one', async () => {
    const facts = await fixtureFacts(fixture);
    const types = computeTypeStats(facts);
    const names = new Set(
      types.flatMap(({ name, location }) =>
        location === null ? [name] : [name, `${name} ${location}`],
      ),
    );
    const asked = [...names].filter((_, i) => i % caseStep(1) === 0);
    const missing = asked.filter((name) => {
      try {
        return select(facts, `class:${name}`).length === 0;
      } catch {
        return true;
      }
    });
    expect(missing).toEqual([]);
  });
});
