import { describe, expect, it } from 'vitest';
import { computeTypeStats, type TypeStats } from '../../src/stats/type-stats.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { type DevToolsAggregate, openInDevTools } from './toolkit.js';

describe('Chrome DevTools lists the same classes', () => {
  it.for(FIXTURE_NAMES)('counts, shallow and retained sizes for %s', async (name, { skip }) => {
    const theirs = await openInDevTools(name, skip);
    if (theirs === null) return;
    const types = computeTypeStats(await fixtureFacts(name));
    const aggregates = Object.values(theirs.aggregatesWithFilter({}));
    expect(differences(aggregates.map(theirLine), types.map(ourLine))).toEqual([]);
  });
});

function ourLine({ name, count, shallowSize, retainedSize }: TypeStats): string {
  return `${name}: ${count}, ${shallowSize} B, retains ${retainedSize} B`;
}

function theirLine({ name, count, self, maxRet }: DevToolsAggregate): string {
  return `${name}: ${count}, ${self} B, retains ${maxRet} B`;
}

/** Lines that only one of them has: a diff of two thousand classes would be unreadable. */
function differences(theirs: readonly string[], ours: readonly string[]): readonly string[] {
  const missing = without(theirs, ours).map((line) => `DevTools: ${line}`);
  return [...missing, ...without(ours, theirs).map((line) => `showbackref: ${line}`)];
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
