import { expect, test } from 'vitest';
import { total } from './total.ts';

test('lines of a function', async () => {
  const { lprun } = await import(String(process.env.SHOWBACKREF));
  const { text } = await lprun(() => total([{ n: 1 }, { n: 2 }, { n: 3 }]), [total]);
  expect(text).toMatch(/Function: total at line 5$/m);
  expect(text).toMatch(/^ +5 +export function total\(rows: readonly Row\[\]\): number \{$/m);
  expect(text).toMatch(/^ +8 +3 .* sum \+= n;$/m);
});
