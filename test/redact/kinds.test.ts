import { describe, expect, it } from 'vitest';
import {
  type KindResult,
  measureHeldOut,
  measureIssued,
  measureLookAlikes,
  measureNames,
  measureSyntax,
  sumOf,
} from './kinds/measure.js';

const secrets: readonly (readonly [string, readonly KindResult[]])[] = [
  ['tokens by issuer', measureIssued()],
  ['secrets by what stands around them', measureSyntax()],
  ['names', measureNames()],
];
const lookAlikes = measureLookAlikes();
const heldOut = measureHeldOut();

const shareOf = (results: readonly KindResult[]) => {
  const { right, all } = sumOf(results);
  return right / all;
};

describe('invented secrets by kind', () => {
  it('there are more than 500 of them and 300 look-alikes, no two the same', () => {
    expect(sumOf(secrets.flatMap(([, results]) => results)).all).toBeGreaterThan(500);
    expect(sumOf(lookAlikes).all).toBeGreaterThan(300);
  });

  it.each(secrets)('%s: at least 95 of 100 are masked, and some of each kind', (_, results) => {
    const wrong = results.flatMap((result) => result.wrong);
    expect(shareOf(results), wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(results.filter(({ right }) => right === 0).map(({ kind }) => kind)).toEqual([]);
  });

  it('at least 98 of 100 look-alikes stay unmasked', () => {
    const wrong = lookAlikes.flatMap((result) => result.wrong);
    expect(shareOf(lookAlikes), wrong.join('\n')).toBeGreaterThanOrEqual(0.98);
  });

  it('some are masked of kinds without a rule, and their look-alikes stay unmasked', () => {
    expect(shareOf(heldOut.masked)).toBeGreaterThanOrEqual(0.5);
    expect(shareOf(heldOut.kept)).toBeGreaterThanOrEqual(0.98);
  });

  it('the measure detects unmasked secrets', () => {
    const { masked } = heldOut;
    expect(masked.some(({ wrong }) => wrong.length > 0)).toBe(true);
  });
});
