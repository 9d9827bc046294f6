import { beforeAll, describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { referencesOf, runProgram } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

/** The answers of showBackrefs in each scene of library-scenes.cjs. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  'local variables of the callers': [
    'local',
    'Object {x} -.x-> target',
    'frame -local argument in inner()-> target',
    'frame -local holder in withLocal()-> Object {x}',
    'frame -local x in withLocal()-> target',
  ],
  'an async function that has waited before': [
    'async',
    'Array 1 element -[0]-> target',
    'frame -local list in withAwait()-> Array 1 element',
    'frame -local x in withAwait()-> target',
  ],
  'a method': ['method', 'frame -local other in draw()-> target'],
  'the object whose method it is': ['this', 'frame -local this in drawThis()-> target'],
  'a global': ['global', 'Object {foo} -.foo-> target', 'globalThis -.cache-> Object {foo}'],
  'an object that only the call holds': ['unheld'],
  'a list written in the call': [
    'literal',
    'frame -local bar in literal()-> target',
    'frame -local foo in literal()-> target',
  ],
  'a list that a variable holds': ['heldList', 'frame -local list in heldList()-> target'],
  'a list of numbers that only the call holds': ['unheldNumbers'],
  'an object that only the list in the call holds': ['literalOfUnheld'],
};

/**
 * All scenes, played in one program, where none may disturb the next; only the first from its
 * module.
 */
const SCENES = [
  'map',
  ...Object.values(PICTURES).map(([scene]) => scene as string),
  ...['timer', 'promise', 'suspended', 'filtered', 'twice', 'atOnce'],
];

describe.each(RUNTIMES)('showBackrefs on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    let answers: Readonly<Record<string, unknown>> = {};
    beforeAll(async () => {
      answers = await runProgram('library-scenes.cjs', SCENES, { execPath });
    });
    const answerOf = (scene: string) => answers[scene] as Subgraph;

    test.each(Object.entries(PICTURES))('%s', (_, [scene, ...references]) => {
      const graph = answerOf(scene!);
      expect(referencesOf(graph)).toEqual(references);
      expect(graph.targets).toHaveLength(scene === 'literal' ? 2 : 1);
    });

    test('says of an object that nothing held that there is no holder', () => {
      const { nodes } = answerOf('unheld');
      expect(nodes).toMatchObject([{ name: 'Foo', preview: 'no holder recorded' }]);
    });

    test('objects that only a Map in a module variable holds', () => {
      const references = referencesOf(answerOf('map'));
      expect(references).toContain('Object {foo} -.foo-> target');
      expect(references).toContain('Map 1 entry -Map["anna"] →-> Object {foo}');
      expect(references).toContain('frame -clients-> Map 1 entry');
      expect(references.join('\n')).not.toContain('stack');
    });

    test.each(['timer', 'promise'])(
      'called by a callback of a %s, away from the module',
      (scene) => {
        const references = referencesOf(answerOf(scene));
        expect(references).toContain('Object {foo} -.foo-> target');
        expect(references).toContain('Map 1 entry -Map["anna"] →-> Object {foo}');
        const holders = references.filter((line) => /-> (target|Map 1 entry)$/.test(line));
        expect(holders).toEqual([
          'Object {foo} -.foo-> target',
          expect.stringMatching(/^(module library-scenes.cjs|scope) -clients-> Map 1 entry$/),
        ]);
      },
    );

    test('objects that a suspended async function holds', () => {
      const references = referencesOf(answerOf('suspended'));
      expect(references.filter((line) => line.endsWith('-> target'))).toEqual([
        expect.stringContaining('-local of suspended async suspend()-> target'),
        expect.stringContaining('-WeakRef kept until end of job-> target'),
      ]);
    });

    test('the first twenty of a list made for the call', () => {
      const graph = answerOf('filtered');
      expect(graph.targets).toHaveLength(20);
      expect(new Set(graph.edges.map(({ from }) => from)).size).toBe(2);
    });

    test.each([
      ['one after the other', 'twice', 'twice', 2],
      ['at once', 'atOnce', 'atOnce', 3],
    ])('calls %s get the same answer', (_, scene, caller, count) => {
      const graphs = answers[scene] as readonly Subgraph[];
      expect(graphs.map(referencesOf)).toEqual(
        Array(count).fill([`frame -local x in ${caller}()-> target`]),
      );
    });
  });
});
