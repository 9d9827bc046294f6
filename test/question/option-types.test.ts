import { expect, test } from 'vitest';
import { writeOptionTypes } from '../support/write-option-types.js';

test('the types of options are those of the table', async () => {
  await expect(writeOptionTypes()).toMatchFileSnapshot(
    '../../src/question/generated-option-types.ts',
  );
});
