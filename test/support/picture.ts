import { expect } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { type BinOptions, runBin } from './run-bin.js';
import { programFile } from './running-program.js';

/**
 * Runs a program of test/programs to its end, which it must reach without help; parses its output.
 */
export async function runProgram<Answer>(
  name: string,
  argv: readonly string[],
  options: BinOptions = {},
): Promise<Answer> {
  const { code, stdout, stderr } = await runBin(argv, { ...options, bin: programFile(name) });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return (stdout === '' ? null : JSON.parse(stdout)) as Answer;
}

/** Every reference of a picture, sorted, with objects named by what they are instead of by id. */
export function referencesOf({ nodes, edges }: Subgraph): readonly string[] {
  const words = new Map(
    nodes.map(({ id, type, role, label, preview }) => {
      const name = label.replace(/ @\d+$/, '');
      if (role === 'target') return [id, 'target'];
      return [id, type === 'frame' ? 'frame' : `${name} ${preview}`.trim()];
    }),
  );
  return edges
    .map(({ from, to, label }) => `${words.get(from)} -${label}-> ${words.get(to)}`)
    .sort();
}

/** The picture of the contract, section 3, seen from a module. */
export const SEED = [
  'Array 1 element -[0]-> target',
  'Array 3 elements -[0]-> target',
  'Array 3 elements -[1]-> Array 1 element',
  'Array 3 elements -[2]-> Object {a}',
  'Object {a} -.a-> target',
  'frame -x-> target',
  'frame -y-> Array 3 elements',
];
