import { describe, expect, it } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import { collectPlaces } from '../../src/collect/picture/places.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import { parseTarget } from '../../src/question/target.js';
import { selectTargets } from '../../src/select/select-targets.js';
import { displayFile } from '../../src/util/display-file.js';
import { fixtureFacts, V8_SCENARIOS } from '../support/fixtures.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { SOURCE } from './invariants.js';

const ALL = { nth: null, largest: false, all: true };

describe('collectPlaces', () => {
  it.each(V8_SCENARIOS)('has the full name of every location in %s', async (fixture) => {
    const facts = await fixtureFacts(fixture);
    const [held] = selectTargets(facts, [parseTarget('class:C2')], ALL).nodes;
    const frame = {
      functionName: 'main',
      isTopLevel: false,
      file: '/app/main.js',
      line: 3,
      column: 7,
    };
    const locals = [{ name: 'x', node: held! }];
    const view = buildHeapView(facts, new FrameIndex([{ ...frame, locals }]));
    const texts = ['class:C2', 'class:Captured', 'class:ListenerPayload'];
    const targets = selectTargets(facts, texts.map(parseTarget), ALL).nodes;
    const subgraph = collectBackrefs(view, targets, WALK_OPTIONS, SOURCE);
    const places = collectPlaces(view, subgraph);
    const located = subgraph.nodes.filter(({ location }) => location !== null);
    expect(located.length).toBeGreaterThan(5);
    expect([...places.keys()].sort()).toEqual(located.map(({ id }) => id).sort());
    for (const { id, location } of located) {
      const { file, line, column } = places.get(id)!;
      expect(`${displayFile(file)}:${line}:${column}`).toBe(location);
      expect(file).toContain('/');
    }
    expect(places.get('frame:0')).toEqual({ file: '/app/main.js', line: 3, column: 7 });
  });
});
