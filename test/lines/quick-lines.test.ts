import { expect, test } from 'vitest';
import { QuickLines } from '../../src/lines/meter/quick-lines.js';

const COST = 50;

/**
 * Runs lines one after the other, repeatedly; a stay on each takes the time it gives for the turn.
 */
function run(lines: readonly ((turn: number) => number)[], turns: number) {
  const quick = new QuickLines(lines.length);
  const measured = lines.map(() => 0);
  const truths = lines.map(() => 0);
  let readings = 0;
  let since = 0;
  for (let step = 0; step < turns * lines.length; step++) {
    const line = step % lines.length;
    const next = (line + 1) % lines.length;
    const took = lines[line]?.(Math.floor(step / lines.length)) ?? 0;
    truths[line] = (truths[line] ?? 0) + took;
    since += took;
    if (quick.passes(line, next)) continue;
    readings += 1;
    const isCounted = quick.take(since + COST, line, COST);
    if (!isCounted) measured[line] = (measured[line] ?? 0) + since;
    since = 0;
  }
  const divided = quick.divided(COST);
  const found = measured.map((amount, line) => amount + (divided[line] ?? 0));
  return { found, truths, readings, steps: turns * lines.length };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

test('few stays on quick lines are read, and their time is divided in proportion', () => {
  const { found, truths, readings, steps } = run([() => 10, () => 30, () => 5], 100_000);
  expect(readings).toBeLessThan(steps * 0.03);
  for (const [line, truth] of truths.entries()) {
    expect(Math.abs((found[line] ?? 0) / truth - 1)).toBeLessThan(0.05);
  }
});

test('lines that take longer are read each time', () => {
  const { readings, steps, found, truths } = run([() => 1000, () => 2000], 5000);
  expect(readings).toBe(steps);
  expect(found).toEqual(truths);
});

test('a line that seldom takes long gets the time of that, and is then read', () => {
  const seldom = (turn: number) => (turn % 100 === 7 ? 300_000 : 10);
  const { found, truths } = run([() => 10, seldom, () => 30], 300_000);
  expect(total(found)).toBeGreaterThan(0.99 * total(truths));
  expect(total(found)).toBeLessThan(1.01 * total(truths));
  expect(Math.abs((found[1] ?? 0) / (truths[1] ?? 0) - 1)).toBeLessThan(0.02);
});

test('a stay that takes long very seldom gets most of it', () => {
  const seldom = (turn: number) => (turn % 2003 === 7 ? 300_000 : 10);
  const { found, truths } = run([() => 10, seldom, () => 30], 300_000);
  expect(Math.abs(total(found) / total(truths) - 1)).toBeLessThan(0.01);
  expect(Math.abs((found[1] ?? 0) / (truths[1] ?? 0) - 1)).toBeLessThan(0.1);
});

test('time that the system takes away once does not make a line slow', () => {
  const stopped = (turn: number) => (turn === 100 ? 4_000_000 : 10);
  const { readings, steps } = run([() => 10, stopped, () => 30], 100_000);
  expect(readings).toBeLessThan(steps * 0.05);
});

test('nothing was counted', () => {
  expect([...new QuickLines(2).divided(COST)]).toEqual([0, 0]);
});
