import { describe, expect, it } from 'vitest';
import { notesOn } from '../../src/collect/picture/graph-notes.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { parseCut } from '../../src/question/cut-rule.js';
import type { GraphCommand } from '../../src/question/graph-question.js';
import { parsePattern } from '../../src/question/pattern.js';
import { toJson } from '../../src/report/json.js';
import { chainSentences } from '../../src/report/sentences.js';
import { describeLimits } from '../../src/report/summary.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { heapOf } from '../support/heap-of.js';
import { pictureLines } from './picture-lines.js';

/**
 *     globalThis ──.keep──> Keeper ──.holder──> Holder ──.x──> Only
 *         └────.other──> Other ──────.holder───────┘
 */
function heap(): HeapBuilder {
  const built = new HeapBuilder();
  const [keeper, other] = [built.node('object', 'Keeper'), built.node('object', 'Other')];
  const [holder, only] = [built.node('object', 'Holder'), built.node('object', 'Only')];
  built.edge(built.global, 'property', 'keep', keeper);
  built.edge(built.global, 'property', 'other', other);
  built.edge(keeper, 'property', 'holder', holder).edge(other, 'property', 'holder', holder);
  built.edge(holder, 'property', 'x', only);
  return built;
}

interface Asked {
  readonly hide?: readonly string[];
  readonly stop?: readonly string[];
  readonly cut?: readonly string[];
  readonly target?: string;
}

async function ask(
  command: GraphCommand,
  { hide = [], stop = [], cut = [], target = 'class:Only' }: Asked,
): Promise<Subgraph> {
  const opened = await heapOf(heap().bytes());
  return opened[command](target, {
    hide: hide.map(parsePattern),
    stop: stop.map(parsePattern),
    cut: cut.map(parseCut),
  }).subgraph;
}

describe.each(['backrefs', 'chain'] as const)('%s', (command) => {
  it('of an object whose only holder is hidden says so, and not that it is unreachable', async () => {
    const picture = await ask(command, { hide: ['Holder'] });
    expect(pictureLines(picture)).toEqual(['1 hidden by hide: 1 Holder --> Only']);
    expect(notesOn(picture, 0)).toEqual([]);
    expect(picture.nodes[0]?.state).toBeUndefined();
    expect(chainSentences(picture).join()).toContain('held by others that are left out here');
    expect(describeLimits(picture)).toBe('Left out by --hide.');
  });

  it('goes up to where all holders are hidden', async () => {
    const picture = await ask(command, { hide: ['Keeper', 'Other'] });
    expect(pictureLines(picture)).toEqual([
      '2 hidden by hide: 1 Keeper, 1 Other --> Holder',
      'Holder -.x-> Only',
    ]);
    expect(notesOn(picture, 0)).toEqual([]);
    expect(describeLimits(picture)).toBe('Left out by --hide.');
  });

  it('says that a holder is hidden if another one leads to a root', async () => {
    const picture = await ask(command, { hide: ['Keeper'] });
    expect(pictureLines(picture)).toEqual([
      'globalThis -.other-> Other',
      'Holder -.x-> Only',
      'Other -.holder-> Holder',
    ]);
    expect(describeLimits(picture)).toBe('Left out by --hide.');
  });

  it('says that a pattern of --stop ended the walk', async () => {
    const picture = await ask(command, { stop: ['Holder'] });
    expect(describeLimits(picture)).toBe('Left out by --stop.');
  });

  it('says that references were cut', async () => {
    const picture = await ask(command, { cut: ['Holder->Only'] });
    expect(describeLimits(picture)).toBe('Left out by --cut.');
    expect(notesOn(picture, 0).at(-1)).toMatch(/^Only @\d+ is not reachable .* any more\.$/);
  });

  it('says nothing of options that changed nothing', async () => {
    const picture = await ask(command, { hide: ['Elsewhere'], stop: ['Elsewhere'] });
    expect(describeLimits(picture)).toBe('Nothing was left out.');
  });
});

describe('refs', () => {
  it('of an object whose content is all hidden does not say that it holds nothing', async () => {
    const picture = await ask('refs', { hide: ['Only'], target: 'class:Holder' });
    expect(pictureLines(picture)).toEqual(['Holder --> 1 hidden by hide: 1 Only']);
    expect(picture.nodes[0]?.state).toBeUndefined();
    expect(describeLimits(picture)).toBe('Left out by --hide.');
  });
});

it('objects that are drawn as one are not called complete', async () => {
  const built = new HeapBuilder();
  for (let i = 0; i < 4; i++) {
    const session = built.node('object', 'Session');
    built.edge(built.global, 'property', `s${i}`, session);
  }
  const opened = await heapOf(built.bytes());
  const { subgraph } = opened.backrefs('class:Session', { all: true });
  expect(describeLimits(subgraph)).toBe('Objects that are alike are drawn as one.');
});

it('a picture of some of the matching objects is not called complete', async () => {
  const built = new HeapBuilder();
  for (let i = 0; i < 30; i++) {
    const session = built.node('object', 'Session');
    built.edge(built.global, 'property', `s${i}`, session);
  }
  const opened = await heapOf(built.bytes());
  const { subgraph } = opened.backrefs('class:Session', { all: true, group: false });
  expect(subgraph.limits.targets).toBe(true);
  expect(describeLimits({ ...subgraph, limits: { ...subgraph.limits, nodes: false } })).toBe(
    'Not all matching objects are drawn.',
  );
});

describe('prototypes, which carry the name of a class', () => {
  async function askFor(target: string, instances: number) {
    const built = new HeapBuilder();
    const hold = (name: string, node: NodeOrdinal) =>
      built.edge(built.global, 'property', name, node);
    for (let i = 0; i < instances; i++) hold(`base${i}`, built.node('object', 'Base'));
    const sub = built.closure('Sub', { file: '/srv/a.js', line: 1, column: 1 });
    hold('Sub', sub);
    built.edge(sub, 'property', 'prototype', built.node('object', 'Base'));
    const opened = await heapOf(built.bytes());
    return opened.backrefs(target);
  }

  it('are counted where a class target leaves them out', async () => {
    const { subgraph } = await askFor('class:Base', 1);
    expect(describeLimits(subgraph)).toBe('1 prototype left out.');
    expect(JSON.parse(toJson(subgraph)).limits.prototypes).toBe(1);
  });

  it('are drawn where there is nothing else, and it is said', async () => {
    const { subgraph, notes } = await askFor('class:Base', 0);
    expect(notes).toEqual([
      'The heap has no instance of the class, only a prototype of that name.',
    ]);
    expect(subgraph.targets).toHaveLength(1);
  });
});
